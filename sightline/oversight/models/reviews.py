"""Reviews of access: what was held when one was opened, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.access.choices import SCOPE_LABELS
from sightline.events.choices import TIER_LABELS, Tier
from sightline.oversight.choices import DECISION_LABELS, Decision
from sightline.oversight.rules.reviews import part_in_words, review_numbers

DECISIONS = [(decision.value, label) for decision, label in DECISION_LABELS.items()]


class AccessReview(models.Model):
    """One review: of the part of the year that begins with `first_day`. What waits after `due_on` lapses."""

    LOWEST_TIER = Tier.T2

    first_day = models.DateField(unique=True)
    opened_on = models.DateField()
    due_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "review of access"
        verbose_name_plural = "reviews of access"
        ordering = ("-first_day",)
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gt=models.F("opened_on")), name="oversight_review_has_time"
            )
        ]

    def __str__(self) -> str:
        return f"Review of access, {part_in_words(self.first_day, review_numbers())}"

    @property
    def key(self) -> str:
        """The month it begins with, as an address names it."""
        return f"{self.first_day:%Y-%m}"


class ReviewedGrant(models.Model):
    """One thing held when the review was opened, as it stood then. `kind` and `number` are the offering app's.

    `agency_key`: whose person it is. `current_decision` is kept from the decisions; empty: it waits.
    """

    LOWEST_TIER = Tier.T2

    review = models.ForeignKey(AccessReview, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=30)
    number = models.BigIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    over = models.CharField(max_length=200)
    scope_kind = models.CharField(
        max_length=20, choices=[(kind.value, label) for kind, label in SCOPE_LABELS.items()]
    )
    scope_key = models.CharField(max_length=100, blank=True)
    agency_key = models.CharField(max_length=100, blank=True)
    reads = models.CharField(
        max_length=2, choices=[(tier.value, label) for tier, label in TIER_LABELS.items()]
    )
    since = models.DateField()
    last_signed_in = models.DateTimeField(null=True, blank=True)
    has_second_step = models.BooleanField(default=False)
    current_decision = models.CharField(max_length=10, choices=DECISIONS, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("review", "account__name", "id")
        indexes = [models.Index(fields=["review", "current_decision"], name="oversight_grant_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["review", "kind", "number"], name="oversight_grant_once")
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.what}, {self.over}"


class GrantDecision(models.Model):
    """What somebody, or time, decided about something held. Added to, never changed."""

    LOWEST_TIER = Tier.T2

    grant = models.ForeignKey(ReviewedGrant, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=10, choices=DECISIONS)
    reason = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=200)
    moment = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="oversight_decision_says_why")]

    def __str__(self) -> str:
        return DECISION_LABELS[Decision(self.decision)]


class NamedReviewer(models.Model):
    """Somebody who confirms what the people of one agency hold, until they are named no more."""

    LOWEST_TIER = Tier.T1

    agency = models.ForeignKey("partners.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    named_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("agency__name", "account__name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "account"], condition=Q(ended_on=None), name="oversight_reviewer_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} for {self.agency}"
