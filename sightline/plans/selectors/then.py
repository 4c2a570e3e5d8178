"""Actions as they stood on a day: what was known by the end of it, by valid day and then by recorded moment.

The rows asked for are read once as they are now; edits made since are undone on them in memory, and everything that
has a history is taken from it. Never save a record that came from here. Source: design.md 4.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.plans.choices import WORK_STATES, PlanState
from sightline.plans.choices.plans import WORDS
from sightline.plans.models import Action, Edit, Outcome, Plan, PlanChange, Priority, StateChange, Strand
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules.dates import slips
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Moment
from sightline.plans.rules.owners import in_words, listed
from sightline.plans.selectors.history import facts_of
from sightline.plans.selectors.printed import PrintedRow, printed_then
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# How many actions one page or file looks at whole as they stood: their history is read in one query.
MOST_THEN = 1_000


def end_of(day: date) -> datetime:
    """The last moment of a day, where the partnership is."""
    after = datetime.combine(day + timedelta(days=1), time(), tzinfo=timezone.get_current_timezone())
    return after - timedelta(microseconds=1)


def moment_of(day: date) -> Moment:
    """What was known by the end of the day."""
    return Moment(day, end_of(day))


@dataclass(frozen=True, slots=True)
class Stood:
    """An action as it stood: the record with the day's values set on it, its facts, and its printed row.

    `owners` are those of the day, each as `OwnersChange` keeps them; empty where nobody was named.
    """

    action: Action
    facts: ActionFacts
    printed: PrintedRow
    owners: tuple[Mapping[str, Any], ...]


def there_by(actions: QuerySet[Action], moment: Moment) -> QuerySet[Action]:
    """The actions that had begun and were known by the moment: every action has the state it began with."""
    known = StateChange.objects.filter(action=OuterRef("pk"), recorded_at__lte=moment.known_by)
    return actions.filter(Exists(known), opened_on__lte=moment.on)


def actions_of_plan_then(user: Reader, plan: Plan, moment: Moment) -> QuerySet[Action]:
    """The plan's actions that had begun and were known by the moment, as the person may read them today."""
    wanted = there_by(actions_visible_to(user), moment).filter(plan=plan)
    return wanted.select_related("plan", "priority", "outcome", "strand").order_by("order", "pk")


class Leaves(Sequence[Action]):
    """Rows of a query that is too long to be read whole: how many there are is known, a slice is read when asked."""

    def __init__(self, rows: QuerySet[Action], length: int) -> None:
        self.rows, self.length = rows, length

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, place: Any) -> Any:
        return list(self.rows[place]) if isinstance(place, slice) else self.rows[place]


def stood(
    actions: Sequence[Action], moment: Moment, edits: Edits, plan_state: PlanState | None = None
) -> list[Stood]:
    """These actions as they stood, in their order; two queries up to a thousand. Load them with priority and outcome.

    `plan_state` is what their plan was then; without it the plan's state of today says whether exceptions count.
    """
    facts = facts_of(actions, moment.on, moment.known_by)
    for action in actions:
        undo(action, edits)
    printed = printed_then(actions, moment, facts, all_sources=edits.tells_sources)
    found = []
    for action in actions:
        row, owners = printed[action.pk]
        state = plan_state or PlanState(action.plan.state)
        set_then(action, facts[action.pk], owners, moment.on, counts=state in WORK_STATES)
        found.append(Stood(action, facts[action.pk], row, owners))
    return found


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits made after a moment, newest first, by the kind of record and its number."""

    of: Mapping[tuple[type[Model], int], tuple[Mapping[str, Any], ...]]
    # Edits keep what was answered in words, whatever the tier of a source: told to those alone who read all tiers.
    tells_sources: bool = False

    def before(self, kind: type[Model], pk: int) -> dict[str, Any]:
        """The values of a record as they were at the moment, where they have been edited since."""
        values: dict[str, Any] = {}
        for edit in self.of.get((kind, pk), ()):
            values |= edit
        return values


def edits_since(
    actions: Sequence[Action], moment: Moment, plan: Plan | None = None, reader: Reader | None = None
) -> Edits:
    """What has been edited since the moment of these actions and of their plans' heads, priorities and outcomes."""
    plans = {plan.pk} if plan else {action.plan_id for action in actions}
    structure = Q(plan__in=plans) | Q(priority__plan__in=plans) | Q(outcome__priority__plan__in=plans)
    found = edits_of(structure | Q(action__in=[action.pk for action in actions]), moment)
    return replace(found, tells_sources=reader is not None and reads_all_tiers(reader))


def edits_of(wanted: Q, moment: Moment) -> Edits:
    """The edits that fit and were made after the moment; one query."""
    found: defaultdict[tuple[type[Model], int], list[Mapping[str, Any]]] = defaultdict(list)
    rows = Edit.objects.filter(wanted, recorded_at__gt=moment.known_by).order_by("-recorded_at", "-pk")
    columns = (("action_id", Action), ("priority_id", Priority), ("outcome_id", Outcome), ("plan_id", Plan))
    for row in rows.values("before", *(name for name, _ in columns)):
        for name, kind in columns:
            if row[name]:
                found[kind, row[name]].append(row["before"])
    return Edits({key: tuple(values) for key, values in found.items()})


_PLAIN = ("text", "items", "kind", "order", "raw", "other", "outcome_inherited", "owners_inherited")
_TITLES = ("number", "title", "aim", "owners_raw", "timescale_raw", "order")


def undo(action: Action, edits: Edits) -> None:
    """Set what the action promised before the edits: words, numbers, sources, priority, outcome.

    Numbers and sources stand in `then_numbers` and `then_sources`, None where they are as of today.
    """
    before = edits.before(Action, action.pk)
    for name in _PLAIN:
        if name in before:
            setattr(action, name, before[name])
    if "gone_from_document_on" in before:
        gone = before["gone_from_document_on"]
        action.gone_from_document_on = date.fromisoformat(gone) if gone else None
    if "priority" in before:
        action.priority = _record(Priority, before["priority"], "title")
    if "outcome" in before:
        action.outcome = _record(Outcome, before["outcome"], "text")
    if "strand" in before:
        action.strand = _record(Strand, before["strand"], "title")
    action.then_numbers = before.get("numbers")  # type: ignore[attr-defined]  # read with the record
    action.then_sources = before.get("sources") if edits.tells_sources else None  # type: ignore[attr-defined]  # read with the record
    if "numbers" in before:
        action.current_number_label = ", ".join(before["numbers"])
    if action.priority:
        undo_titles(action.priority, edits)
    if action.outcome:
        told = edits.before(Outcome, action.outcome.pk)
        action.outcome.text = told.get("text", action.outcome.text)


def _record(kind: Any, kept: Mapping[str, Any] | None, words: str) -> Any:
    """A record as an edit names it: its number and name are all that is needed to print it."""
    if not kept:
        return None
    name = str(kept["name"])
    for own, word in WORDS.items():
        if kind is Priority and name.startswith(f"{word} "):
            number, _, title = name.removeprefix(f"{word} ").partition(": ")
            return Priority(pk=kept["id"], kind=own, number=number, title=title)
    return kind(pk=kept["id"], **{words: name})


def undo_titles(priority: Priority, edits: Edits) -> None:
    """Set the priority's number and words as they were before the edits."""
    for name, value in edits.before(Priority, priority.pk).items():
        if name in _TITLES:
            setattr(priority, name, value)


def undo_head(plan: Plan, edits: Edits) -> Plan:
    """The plan with what was printed over it before the edits; the group is today's where it was another."""
    before = edits.before(Plan, plan.pk)
    for name in ("name", "period_raw", "columns", "legend"):
        if name in before:
            setattr(plan, name, before[name])
    return plan


def set_then(
    action: Action, facts: ActionFacts, owners: Sequence[Mapping[str, Any]], on: date, *, counts: bool
) -> None:
    """Set on the record what lists and pages read of it, from the facts of the day."""
    found = exceptions(facts, on) if counts else []
    values = {
        "state": facts.state,
        "current_state_since": facts.state_since,
        "current_owner_label": in_words((str(o["name"]), str(o["role"])) for o in owners),
        "current_timescale_label": facts.timescale_label,
        "current_due_on": facts.due_on,
        "current_review_on": facts.review_on,
        "current_slips": slips(facts),
        "current_delivery_rating": facts.delivery.value,
        "current_impact_rating": facts.impact.value,
        "current_embedding": facts.embedding,
        "current_blocked_reason": facts.blocked_reason,
        "current_update_on": facts.last_update_on,
        "current_update_text": facts.last_update_text,
        "current_exceptions": listed(reason.kind for reason in found),
        "current_exception_count": len(found),
    }
    for name, value in values.items():
        setattr(action, name, value)


@dataclass(frozen=True, slots=True)
class PlanThen:
    """A plan's state on a day, and its last approval by then; `state` is None where it was not kept here yet."""

    state: PlanState | None
    approval: PlanChange | None


def plan_then(plan: Plan, moment: Moment) -> PlanThen:
    """What had been decided about the plan by the moment; one query."""
    changes = plan.changes.filter(as_at__lte=moment.on, recorded_at__lte=moment.known_by)
    told = list(changes.select_related("group").order_by("as_at", "recorded_at", "pk"))
    approvals = [change for change in told if change.to_state == PlanState.APPROVED]
    return PlanThen(PlanState(told[-1].to_state) if told else None, approvals[-1] if approvals else None)
