"""Work on whole plans that is chosen first and then done all at once, and actions that stand in several plans."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import LABELS, BulkKind, Fate, WorkingState
from sightline.plans.models.accounts import Ending, ends_after_it_starts
from sightline.plans.models.actions import Action
from sightline.plans.models.plans import Outcome, Plan, Priority
from sightline.plans.models.recorded import Recorded

_STATES = [(state.value, LABELS[state]) for state in WorkingState]


class Placement(Ending):
    """An action that stands in another plan than its own as well, under that plan's number.

    `as_at` is the day from which it stands there, `ended_on` the day from which it does no more.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="placements")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="placements")
    number = models.CharField(max_length=60, blank=True)
    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="placements"
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("plan", "order", "id")
        constraints = [
            ends_after_it_starts("placement_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["action", "plan"],
                condition=models.Q(ended_on__isnull=True),
                name="one_open_placement_in_a_plan",
            ),
        ]
        indexes = [models.Index(fields=["plan", "ended_on", "order"], name="placement_plan_order")]

    def __str__(self) -> str:
        return f"{self.number} in {self.plan}".strip()


class RollOver(Recorded):
    """A plan's actions being chosen, one by one, for the next plan. The next plan is made when all is done.

    `next_plan` is a plan that is there already; where it is empty, one of the name given is started.
    """

    LOWEST_TIER = Tier.T1

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="roll_overs")
    next_plan = models.ForeignKey(
        Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="rolled_into"
    )
    next_name = models.CharField(max_length=200, blank=True)
    period_raw = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    as_at = models.DateField()
    state = models.CharField(max_length=10, default=WorkingState.CHOOSING, choices=_STATES)
    trouble = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("plan", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state__in=[WorkingState.CHOOSING, WorkingState.WAITING]),
                name="one_roll_over_of_a_plan_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} into {self.next_plan or self.next_name}"


class RollOverChoice(models.Model):
    """What becomes of one action, and why where it is not carried."""

    LOWEST_TIER = Tier.T1

    roll_over = models.ForeignKey(RollOver, on_delete=models.CASCADE, related_name="choices")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    fate = models.CharField(max_length=10, choices=[(f.value, LABELS[f]) for f in Fate])
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("roll_over", "id")
        constraints = [
            models.UniqueConstraint(fields=["roll_over", "action"], name="one_choice_for_an_action")
        ]

    def __str__(self) -> str:
        return f"{self.action_id}: {self.fate}"


class BulkChange(Recorded):
    """One change of many actions for one reason: chosen, looked at, then done all at once.

    `values` holds what is wanted, by kind: {"from", "to"} parties as "kind:number"; {"raw"} of a timescale;
    {"priority", "strand"} by number; {"group"} by number.
    """

    LOWEST_TIER = Tier.T1

    kind = models.CharField(max_length=10, blank=True, choices=[(k.value, LABELS[k]) for k in BulkKind])
    values = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    as_at = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=WorkingState.CHOOSING, choices=_STATES)
    trouble = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Change {self.pk} of many actions"


class BulkRow(models.Model):
    """One action of such a change, with the version that was looked at."""

    LOWEST_TIER = Tier.T1

    change = models.ForeignKey(BulkChange, on_delete=models.CASCADE, related_name="rows")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="+")
    seen = models.PositiveIntegerField()

    class Meta:
        ordering = ("change", "id")
        constraints = [models.UniqueConstraint(fields=["change", "action"], name="one_row_for_an_action")]

    def __str__(self) -> str:
        return f"{self.action_id} of change {self.change_id}"
