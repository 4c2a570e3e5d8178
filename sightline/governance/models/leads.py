"""The register of named safeguarding leads."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.models import Agency, Person


class Lead(Entered):
    """Somebody to whom a worry about a child is taken at an agency, between two days. Ended, never overwritten.

    `department`, `school` and `district` say for what part of the agency, where not for all of it. Who stands in is a
    person, or told in words (a duty desk). A change makes a row of its own that `follows` this one.
    `current_confirmed_on` is kept by services from the confirmations.
    """

    LOWEST_TIER = Tier.T1

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="leads")
    department = models.CharField(max_length=200, blank=True)
    school = models.CharField(max_length=200, blank=True)
    district = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    telephone = models.CharField(max_length=50, blank=True)
    cover = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="covers_for"
    )
    cover_words = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    current_confirmed_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("agency__name", "department", "school", "district", "id")
        indexes = [models.Index(fields=["ends_on", "current_confirmed_on"], name="governance_lead_confirmed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="governance_lead_dates",
            ),
            models.CheckConstraint(condition=~Q(role=""), name="governance_lead_of_a_role"),
            models.UniqueConstraint(
                fields=["agency", "department", "school", "district", "role", "person"],
                condition=Q(ends_on__isnull=True),
                name="governance_lead_once",
            ),
        ]

    def __str__(self) -> str:
        # Without a name: the journal keeps this for longer than the name is kept.
        return ", ".join(part for part in (self.role, self.place, str(self.agency)) if part)

    @property
    def place(self) -> str:
        """For what part of the agency; empty for all of it."""
        return ", ".join(part for part in (self.department, self.school, self.district) if part)

    @property
    def stands_in(self) -> str:
        """Who stands in, in words."""
        return ", ".join(part for part in (self.cover.name if self.cover else "", self.cover_words) if part)


class LeadConfirmation(Entered):
    """That a row of the register is right, said on a day."""

    LOWEST_TIER = Tier.T1

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="confirmations")
    as_at = models.DateField()

    class Meta:
        ordering = ("lead", "-as_at", "-id")

    def __str__(self) -> str:
        return f"Confirmed: {self.lead}"
