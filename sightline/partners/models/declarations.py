"""What members of groups declared and signed, each time in a row of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.choices import SIGNED_LABELS
from sightline.partners.models.parties import Person, choices_of


class Declaration(Entered):
    """That a person declared their interests and signed for confidentiality on a day. Never changed: signed anew.

    `words` are those that were signed, kept whole, whatever the definitions say later.
    """

    LOWEST_TIER = Tier.T2

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="declarations")
    wording = models.CharField(max_length=20)
    words = models.TextField()
    has_interests = models.BooleanField()
    interests = models.TextField(blank=True)
    signed_on = models.DateField()
    expires_on = models.DateField()
    how = models.CharField(max_length=10, choices=choices_of(SIGNED_LABELS))

    class Meta:
        ordering = ("-signed_on", "-id")
        indexes = [models.Index(fields=["person", "-signed_on", "-id"], name="partners_declared_last")]
        constraints = [
            models.CheckConstraint(
                condition=Q(has_interests=True) & ~Q(interests="") | Q(has_interests=False, interests=""),
                name="partners_interests_are_said",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("signed_on")), name="partners_declaration_dates"
            ),
        ]

    def __str__(self) -> str:
        # Without a name: the journal keeps this for longer than the name is kept.
        return f"Declaration {self.pk}"
