"""A risk, its controls, and everything that was done about it: each scoring is a row."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from sightline.challenges.choices import (
    CONTROL_LABELS,
    OUTCOME_LABELS,
    RISK_DEED_LABELS,
    RISK_STATE_LABELS,
    SCORED_LABELS,
    ControlState,
    RiskDeed,
    RiskState,
    Scored,
)
from sightline.challenges.models.told import Told
from sightline.challenges.rules.scoring import Score
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group, Person

TIERS = [(tier.value, tier.label) for tier in (Tier.T1, Tier.T2)]


def party(to: type[models.Model]) -> Any:
    """One of those a record may be tied to."""
    return models.ForeignKey(to, null=True, blank=True, on_delete=models.PROTECT, related_name="+")


def words_of(labels: dict[Any, str]) -> list[tuple[str, str]]:
    """The choices of a column."""
    return [(key.value, label) for key, label in labels.items()]


def _one_of(*names: str) -> Q:
    """Exactly one of these is given."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


class Risk(Told):
    """What may happen, why, and what it would mean for children; somebody owns it and looks at it in a cycle.

    Columns named `current_…` are kept by services: of the last scoring of each kind, and of the residual one before.
    """

    LOWEST_TIER = Tier.T1

    title = models.CharField(max_length=300)
    cause = models.TextField()
    event = models.TextField()
    effect = models.TextField()
    raised_on = models.DateField()
    owner_agency = party(Agency)
    owner_group = party(Group)
    owner_person = party(Person)
    review_months = models.PositiveSmallIntegerField()
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    state = models.CharField(max_length=10, default=RiskState.OPEN.value, choices=words_of(RISK_STATE_LABELS))
    current_inherent = models.PositiveSmallIntegerField()
    current_likelihood = models.PositiveSmallIntegerField()
    current_impact = models.PositiveSmallIntegerField()
    current_residual = models.PositiveSmallIntegerField()
    current_before = models.PositiveSmallIntegerField(null=True, blank=True)
    current_target = models.PositiveSmallIntegerField()
    current_scored_on = models.DateField()
    current_review_on = models.DateField(null=True, blank=True)
    current_closed_on = models.DateField(null=True, blank=True)
    current_outcome = models.CharField(max_length=10, blank=True, choices=words_of(OUTCOME_LABELS))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-current_residual", "id")
        indexes = [
            models.Index(fields=["state", "-current_residual", "id"], name="risk_state_residual"),
            models.Index(fields=["state", "current_review_on", "id"], name="risk_state_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=[Tier.T1.value, Tier.T2.value]), name="risk_of_a_tier_it_may_have"
            ),
            models.CheckConstraint(
                condition=_one_of("owner_agency", "owner_group", "owner_person"), name="risk_has_one_owner"
            ),
            models.CheckConstraint(
                condition=Q(state=RiskState.OPEN, current_review_on__isnull=False, current_closed_on=None)
                | (Q(state=RiskState.CLOSED, current_closed_on__isnull=False) & ~Q(current_outcome="")),
                name="risk_open_with_review_or_closed_with_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_now(self) -> RiskState:
        """Whether it is watched."""
        return RiskState(self.state)

    @property
    def owner(self) -> Agency | Group | Person:
        """Who owns it."""
        found: Agency | Group | Person | None = self.owner_agency or self.owner_group or self.owner_person
        if found is None:
            raise ValueError("A risk is owned by an agency, a group or a person")
        return found


class RiskControl(Told):
    """What keeps a risk from happening, or from doing harm. It ends with a reason, and stays."""

    LOWEST_TIER = Tier.T1

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="controls")
    text = models.TextField()
    state = models.CharField(max_length=10, choices=words_of(CONTROL_LABELS))
    as_at = models.DateField()

    class Meta:
        ordering = ("risk", "id")

    def __str__(self) -> str:
        return self.text

    @property
    def state_now(self) -> ControlState:
        """How it stands."""
        return ControlState(self.state)


class RiskStep(Told):
    """One thing done about a risk; a scoring has what it is `of`, a likelihood and an impact. Never overwritten.

    `review_on` is the day of the next review, where the deed sets one.
    """

    LOWEST_TIER = Tier.T1

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=12, choices=words_of(RISK_DEED_LABELS))
    text = models.TextField(blank=True)
    as_at = models.DateField()
    of = models.CharField(max_length=10, blank=True, choices=words_of(SCORED_LABELS))
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    control = models.ForeignKey(
        RiskControl, null=True, blank=True, on_delete=models.CASCADE, related_name="steps"
    )
    review_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, blank=True, choices=words_of(OUTCOME_LABELS))

    class Meta:
        ordering = ("risk", "as_at", "id")
        indexes = [models.Index(fields=["risk", "of", "as_at", "id"], name="risk_step_scored")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed__in=[RiskDeed.REVIEW, RiskDeed.SCORE], likelihood__gte=1, impact__gte=1)
                & ~Q(of="")
                | Q(of="", likelihood=None, impact=None) & ~Q(deed__in=[RiskDeed.REVIEW, RiskDeed.SCORE]),
                name="risk_step_scores_whole",
            ),
            models.CheckConstraint(
                condition=Q(deed=RiskDeed.CLOSE) & ~Q(outcome="") | ~Q(deed=RiskDeed.CLOSE) & Q(outcome=""),
                name="risk_step_closes_with_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk}: {RISK_DEED_LABELS[RiskDeed(self.deed)]}"

    @property
    def score(self) -> Score | None:
        """The score it gives, where it gives one."""
        if self.likelihood is None or self.impact is None:
            return None
        return Score(self.likelihood, self.impact)

    @property
    def scored(self) -> Scored | None:
        """What the score is of."""
        return Scored(self.of) if self.of else None
