"""The printed structure above the actions: plan, priority, outcome."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import LABELS, PlanState, PriorityKind
from sightline.plans.choices.plans import WORDS
from sightline.plans.models.recorded import Recorded


class Plan(models.Model):
    """A plan as a group owns it.

    `columns` are the printed headings in order, each {"heading": str, "meaning": str}: meaning is one of number,
    source, outcome, owners, action, update, timescale, rating, impact, state, reference, or "other" for a column
    nobody knows. `legend` maps printed status words to ratings; a plan's own key always wins.
    """

    LOWEST_TIER = Tier.T1

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    group = models.ForeignKey(
        "partners.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    state = models.CharField(
        max_length=20, default=PlanState.DRAFT, choices=[(s.value, LABELS[s]) for s in PlanState]
    )
    period_raw = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    columns = models.JSONField(default=list)
    legend = models.JSONField(default=dict)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    tier = models.CharField(
        max_length=2, default=Tier.T1, choices=[(t.value, t.label) for t in (Tier.T1, Tier.T2)]
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="plan_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=[Tier.T1, Tier.T2]), name="plan_of_a_tier_plans_may_hold"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_now(self) -> PlanState:
        """The state as a word of our own."""
        return PlanState(self.state)


class PlanChange(Recorded):
    """A change of a plan's state: approved by which group, on which date, in which minute."""

    LOWEST_TIER = Tier.T1

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=[(s.value, LABELS[s]) for s in PlanState])
    as_at = models.DateField()
    group = models.ForeignKey("partners.Group", null=True, blank=True, on_delete=models.PROTECT)
    minute = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("plan", "as_at", "id")


class Priority(models.Model):
    """A priority of a plan, with its printed number and title; or a function that goes on beside the priorities."""

    LOWEST_TIER = Tier.T1

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="priorities")
    kind = models.CharField(
        max_length=10, default=PriorityKind.PRIORITY, choices=[(k.value, LABELS[k]) for k in PriorityKind]
    )
    number = models.CharField(max_length=20)
    title = models.TextField()
    aim = models.TextField(blank=True)
    owners_raw = models.TextField(blank=True)
    timescale_raw = models.TextField(blank=True)
    order = models.PositiveIntegerField(default=0)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("plan", "order", "id")
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return f"{self.own_name}: {self.title}"

    @property
    def own_name(self) -> str:
        """What it is called without its title: "Priority 3", "Function 3"."""
        return f"{WORDS[PriorityKind(self.kind)]} {self.number}".strip()

    @property
    def mark(self) -> str:
        """What a row of paper says it stands under: the number alone, for a function its name."""
        return self.number if self.kind == PriorityKind.PRIORITY else self.own_name

    @property
    def band(self) -> str:
        """Its title row as printed: "Priority 3: Neglect is seen early"."""
        return self.own_name if self.title in ("", self.own_name) else str(self)


class Outcome(models.Model):
    """What will be different for children."""

    LOWEST_TIER = Tier.T1

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="outcomes")
    text = models.TextField()
    order = models.PositiveIntegerField(default=0)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("priority", "order", "id")

    def __str__(self) -> str:
        return self.text


class Strand(models.Model):
    """A strand of work under a priority, with its printed number and title. An action may stand in one."""

    LOWEST_TIER = Tier.T1

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="strands")
    number = models.CharField(max_length=20, blank=True)
    title = models.TextField()
    order = models.PositiveIntegerField(default=0)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("priority", "order", "id")

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
