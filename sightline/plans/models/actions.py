"""Actions, their printed numbers, owners, sources, timescales and references."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.partners.models import Party
from sightline.plans.choices import (
    LABELS,
    OPEN_STATES,
    DeliveryRating,
    DeliveryState,
    Embedding,
    ExceptionKind,
    ImpactRating,
    OwnerRole,
    ReferenceKind,
    RowKind,
    TimescaleKind,
)
from sightline.plans.models.plans import Outcome, Plan, Priority, Strand
from sightline.plans.models.recorded import Recorded
from sightline.plans.rules.owners import vacancy_in, vacant_in_words


class Action(models.Model):
    """Something promised. Its identity is `reference` (ours, stable, printed in exports); numbers are only text.

    `raw` keeps every printed cell as it stood ({"number": …, "owners": …, "timescale": …, "rating": …}), `other`
    the columns nobody knows. The `current_…` columns are kept by services from the history rows, so that lists
    filter and sort by index; history rows are the truth.
    """

    LOWEST_TIER = Tier.T1

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    strand = models.ForeignKey(
        Strand, null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, default=RowKind.NUMBERED)
    order = models.PositiveIntegerField(default=0)
    text = models.TextField()
    items = models.JSONField(default=list)
    outcome_inherited = models.BooleanField(default=False)
    owners_inherited = models.BooleanField(default=False)
    raw = models.JSONField(default=dict)
    other = models.JSONField(default=dict)
    tier = models.CharField(
        max_length=2, default=Tier.T1, choices=[(t.value, t.label) for t in (Tier.T1, Tier.T2)]
    )
    state = models.CharField(
        max_length=20,
        default=DeliveryState.NOT_STARTED,
        choices=[(s.value, LABELS[s]) for s in DeliveryState],
    )
    gone_from_document_on = models.DateField(null=True, blank=True)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="actions"
    )

    current_state_since = models.DateField(null=True, blank=True)
    current_blocked_reason = models.TextField(blank=True)
    current_number_label = models.CharField(max_length=200, blank=True)
    current_number_sort = models.CharField(max_length=100, blank=True)
    current_owner_label = models.TextField(blank=True)
    current_timescale_label = models.TextField(blank=True)
    current_due_on = models.DateField(null=True, blank=True)
    current_review_on = models.DateField(null=True, blank=True)
    current_slips = models.PositiveSmallIntegerField(default=0)
    current_delivery_rating = models.CharField(max_length=20, default=DeliveryRating.NOT_RATED)
    current_delivery_since = models.DateField(null=True, blank=True)
    current_impact_rating = models.CharField(max_length=20, default=ImpactRating.NOT_YET_KNOWN)
    current_embedding = models.CharField(max_length=20, default=Embedding.NONE_SET)
    current_update_on = models.DateField(null=True, blank=True)
    current_update_text = models.TextField(blank=True)
    # Kinds of exception with a comma on both sides, ",overdue,silent,": found alike on both databases.
    current_exceptions = models.CharField(max_length=200, blank=True)
    current_exception_count = models.PositiveSmallIntegerField(default=0)
    # A mark of the words that search holds, so that an update that changes none of them writes nothing there.
    current_words = models.CharField(max_length=16, blank=True)
    # Quarters with evidence, as kinds of exception are kept; and how many embedding tests were ever failed.
    current_quarters = models.CharField(max_length=60, blank=True)
    current_failed_tests = models.PositiveSmallIntegerField(default=0)
    opened_on = models.DateField()
    version = models.PositiveIntegerField(default=1)
    # Whether its words are still to be gathered, so that like ones are found by them.
    words_due = models.BooleanField(default=True)

    class Meta:
        ordering = ("plan", "order", "id")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(words_due=True), name="action_words_due"),
            # Of the few that were carried: in the index that makes it unique SQLite counts the rest as one value, and
            # reads every action instead.
            models.Index(
                fields=["carried_from"],
                condition=models.Q(carried_from__isnull=False),
                name="action_carried_from",
            ),
            models.Index(fields=["plan", "order", "id"], name="action_plan_order"),
            models.Index(fields=["plan", "current_due_on", "id"], name="action_plan_due"),
            models.Index(fields=["plan", "current_delivery_rating", "order"], name="action_plan_rating"),
            models.Index(fields=["plan", "state", "order"], name="action_plan_state"),
            models.Index(fields=["plan", "current_update_on", "id"], name="action_plan_updated"),
            models.Index(fields=["plan", "current_number_sort", "id"], name="action_plan_number"),
            models.Index(fields=["plan", "current_exception_count", "id"], name="action_plan_exceptions"),
            # All that the figures of a plan are counted from, so that counting reads no action.
            models.Index(
                fields=[
                    "plan",
                    "state",
                    "current_delivery_rating",
                    "current_exception_count",
                    "current_exceptions",
                    "tier",
                    "id",
                ],
                name="action_plan_figures",
            ),
            models.Index(fields=["state", "current_due_on", "id"], name="action_state_due"),
            models.Index(fields=["current_due_on", "id"], name="action_due"),
            models.Index(fields=["current_update_on", "id"], name="action_updated"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tier__in=[Tier.T1, Tier.T2]), name="action_of_a_tier_plans_may_hold"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text[:60]}"

    @property
    def state_now(self) -> DeliveryState:
        """The delivery state as a word of our own."""
        return DeliveryState(self.state)

    @property
    def exception_kinds(self) -> tuple[ExceptionKind, ...]:
        """Why the business group must look at it, as last refreshed."""
        return tuple(ExceptionKind(kind) for kind in self.current_exceptions.split(",") if kind)

    @property
    def is_open(self) -> bool:
        """Not started or in progress."""
        return self.state_now in OPEN_STATES


class ActionNumber(models.Model):
    """A printed number of an action. "1.1c" twice in a plan and "2.11 & 3.2" on one action are normal."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="numbers")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=60)
    sort_key = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("action", "order")
        indexes = [models.Index(fields=["plan", "text"], name="number_plan_text")]

    def __str__(self) -> str:
        return self.text


class ActionOwner(models.Model):
    """Who answers for an action: an agency, a group, a person, or text kept until somebody matches it."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners")
    # The indexes of these three stand in Meta: they hold the action as well.
    agency = models.ForeignKey(
        "partners.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    group = models.ForeignKey(
        "partners.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "partners.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    raw = models.CharField(max_length=300)
    role = models.CharField(max_length=10, default=OwnerRole.LEAD)
    # A post that nobody has held since this day; its words are in `raw`, and the party is whose post it is.
    vacant_since = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("action", "order")
        indexes = [
            models.Index(fields=["agency", "action"], name="owner_agency_actions"),
            models.Index(fields=["group", "action"], name="owner_group_actions"),
            models.Index(fields=["person", "action"], name="owner_person_actions"),
            models.Index(
                fields=["action"], name="owner_vacant", condition=models.Q(vacant_since__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agency__isnull=True, group__isnull=True)
                | models.Q(agency__isnull=True, person__isnull=True)
                | models.Q(group__isnull=True, person__isnull=True),
                name="an_owner_is_one_party",
            )
        ]

    def __str__(self) -> str:
        if self.vacant_since:
            said = vacancy_in(self.raw)
            return vacant_in_words(said.post if said else self.raw, self.vacant_since)
        return str(self.party or self.raw)

    @property
    def party(self) -> Party | None:
        """Who it is, where the printed words were matched."""
        return self.agency or self.group or self.person


class OwnersChange(Recorded):
    """Who answered for an action from a day on: `owners` holds every owner of that day, so that history can be read.

    Each owner is {"raw", "role", "kind": agency, group, person or "", "key": of the agency or group, "id", "name"};
    a vacant post has the day as "vacant_since" as well.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="owners_changes")
    owners = models.JSONField(default=list)
    label = models.TextField(blank=True)
    # Keys of the owning groups with a comma on both sides, so that a group's past actions are found by a query.
    groups = models.TextField(blank=True)
    as_at = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "as_at", "id")
        indexes = [models.Index(fields=["action", "as_at", "id"], name="owners_action_as_at")]


class ActionSource(models.Model):
    """What an action answers: a source, one of its recommendations, or printed text ("106") not yet matched."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="sources")
    source = models.ForeignKey(
        "plans.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="action_links"
    )
    recommendation = models.ForeignKey(
        "plans.Recommendation", null=True, blank=True, on_delete=models.PROTECT, related_name="action_links"
    )
    raw = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("action", "order")

    def __str__(self) -> str:
        return str(self.recommendation or self.source or self.raw)


class Timescale(Recorded):
    """A date, or what stands for one. The original and every revision are kept: `revises` points at the one before.

    `due_on` is the last day of what was printed (month end for a month) and is empty where no date was said.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="timescales")
    raw = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in TimescaleKind])
    dates = models.JSONField(default=list)
    label = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    as_at = models.DateField(help_text="The day from which this timescale counts.")
    reason = models.TextField(blank=True)
    revises = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by"
    )

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__isnull=True)
                | models.Q(due_on__isnull=True)
                | models.Q(due_on__gte=models.F("starts_on")),
                name="timescale_ends_after_it_starts",
            )
        ]

    @property
    def printed(self) -> str:
        """Its words as printed, or what they mean where nothing was."""
        return self.raw or self.label


class ReferenceSequence(models.Model):
    """The last reference number given out. A row, because both databases lock rows alike; numbers never return."""

    LOWEST_TIER = Tier.T1

    name = models.CharField(max_length=20, unique=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class Reference(models.Model):
    """An action pointing at another one, resolved only when the target exists; the words are always kept.

    `by_hand`: a person decided at what it points, or, without a target, that it stays words.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in ReferenceKind])
    plan_text = models.CharField(max_length=200, blank=True)
    number = models.CharField(max_length=60)
    target = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="referred_from"
    )
    by_hand = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("action", "id")
        indexes = [
            # What still waits for its target is looked for by its number each time a number appears.
            models.Index(fields=["number"], condition=models.Q(target=None), name="reference_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.plan_text} {self.number}".strip()
