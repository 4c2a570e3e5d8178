"""The scrutiny log: what the independent scrutineer looked at and found, what partners answered, what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.challenges.choices import (
    LOOKED_LABELS,
    SCRUTINY_DEED_LABELS,
    SCRUTINY_STATE_LABELS,
    VERDICT_LABELS,
    ScrutinyDeed,
    ScrutinyState,
    Verdict,
)
from sightline.challenges.models.risks import TIERS, party, words_of
from sightline.challenges.models.told import Told
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group


class Scrutiny(Told):
    """One entry: written by the scrutineer, answered by partners, judged by the scrutineer.

    `current_due_on` is the day by which partners are asked to answer; empty where nothing is asked of any.
    """

    LOWEST_TIER = Tier.T1

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=15, choices=words_of(LOOKED_LABELS))
    seen_on = models.DateField()
    looked_at = models.TextField()
    found = models.TextField()
    asked = models.TextField(blank=True)
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    state = models.CharField(max_length=10, choices=words_of(SCRUTINY_STATE_LABELS))
    current_due_on = models.DateField(null=True, blank=True)
    current_verdict = models.CharField(max_length=10, blank=True, choices=words_of(VERDICT_LABELS))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-seen_on", "-id")
        verbose_name = "scrutiny entry"
        indexes = [
            models.Index(fields=["seen_on", "id"], name="scrutiny_seen"),
            models.Index(fields=["state", "current_due_on", "id"], name="scrutiny_state_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(tier__in=[Tier.T1.value, Tier.T2.value]), name="scrutiny_of_a_tier_it_may_have"
            ),
            models.CheckConstraint(
                condition=Q(asked="", current_due_on=None) | ~Q(asked="") & Q(current_due_on__isnull=False),
                name="scrutiny_asks_by_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=ScrutinyState.CLOSED) & ~Q(current_verdict="")
                | ~Q(state=ScrutinyState.CLOSED) & Q(current_verdict=""),
                name="scrutiny_closed_with_a_verdict",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def state_now(self) -> ScrutinyState:
        """Where it stands."""
        return ScrutinyState(self.state)

    @property
    def verdict_label(self) -> str:
        """What the scrutineer concluded; nothing before that."""
        return VERDICT_LABELS[Verdict(self.current_verdict)] if self.current_verdict else ""


class ScrutinyAsked(models.Model):
    """A partner of whom an entry asks something. `current_answered_on`: since they were asked last."""

    LOWEST_TIER = Tier.T1

    scrutiny = models.ForeignKey(Scrutiny, on_delete=models.CASCADE, related_name="partners")
    agency = party(Agency)
    group = party(Group)
    current_answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("scrutiny", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, group=None) | Q(agency=None, group__isnull=False),
                name="scrutiny_asks_one",
            ),
            models.UniqueConstraint(fields=["scrutiny", "agency"], name="scrutiny_asks_an_agency_once"),
            models.UniqueConstraint(fields=["scrutiny", "group"], name="scrutiny_asks_a_group_once"),
        ]

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def partner(self) -> Agency | Group:
        """Who is asked."""
        found: Agency | Group | None = self.agency or self.group
        if found is None:
            raise ValueError("An agency or a group is asked")
        return found


class ScrutinyStep(Told):
    """One thing done about an entry. Never overwritten. `partner`: who answers; `due_on`: a new day to answer by."""

    LOWEST_TIER = Tier.T1

    scrutiny = models.ForeignKey(Scrutiny, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(max_length=10, choices=words_of(SCRUTINY_DEED_LABELS))
    text = models.TextField()
    as_at = models.DateField()
    partner = models.ForeignKey(
        ScrutinyAsked, null=True, blank=True, on_delete=models.CASCADE, related_name="steps"
    )
    verdict = models.CharField(max_length=10, blank=True, choices=words_of(VERDICT_LABELS))
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("scrutiny", "as_at", "id")
        indexes = [models.Index(fields=["scrutiny", "as_at", "id"], name="scrutiny_step_as_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(deed=ScrutinyDeed.RESPOND, partner__isnull=False)
                | ~Q(deed=ScrutinyDeed.RESPOND) & Q(partner=None),
                name="scrutiny_answered_by_a_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scrutiny}: {SCRUTINY_DEED_LABELS[ScrutinyDeed(self.deed)]}"
