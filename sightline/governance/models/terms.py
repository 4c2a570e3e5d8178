"""Terms of reference of groups, in versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.models import Group


class Terms(Entered):
    """A version of a group's terms of reference: a stored file, or a text. Only added to, never overwritten.

    It holds from `starts_on` until the next version does. `is_unchanged`: the group looked it over and left it as it
    was; then it has the file and the text of the version before.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveIntegerField()
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    starts_on = models.DateField()
    adopted_on = models.DateField(null=True, blank=True)
    adopted_where = models.CharField(max_length=300)
    review_due_on = models.DateField()
    is_unchanged = models.BooleanField(default=False)

    class Meta:
        ordering = ("group", "-number")
        verbose_name_plural = "terms"
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="governance_terms_numbered"),
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(text=""), name="governance_terms_say_something"
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__gte=F("starts_on")), name="governance_terms_reviewed_later"
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of reference, version {self.number}"
