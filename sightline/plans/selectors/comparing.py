"""What changed in a plan between two days: the actions of which anything was recorded, as they stood at both ends.

Only what a history holds is looked at, so that a page costs the same however long the plan. Source: design.md 4.3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.plans.choices import LABELS, EvidenceQuarter, LineKind
from sightline.plans.models import (
    Action,
    Block,
    Dependency,
    Edit,
    EmbeddingTest,
    Evidence,
    OwnersChange,
    Plan,
    Rating,
    StateChange,
    Timescale,
    Update,
)
from sightline.plans.rules.comparing import PROMISE, Change, Looked, changes
from sightline.plans.rules.history import Line, Moment, facts_from
from sightline.plans.selectors.history import lines_of
from sightline.plans.selectors.then import moment_of, there_by
from sightline.plans.selectors.visible import actions_visible_to
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# What is recorded of an action, and the column that holds the day it speaks of.
_HISTORY = (
    (StateChange, "as_at"),
    (Rating, "as_at"),
    (Timescale, "as_at"),
    (Update, "as_at"),
    (Evidence, "dated_on"),
    (OwnersChange, "as_at"),
    (EmbeddingTest, "as_at"),
    (Block, "as_at"),
    (Dependency, "as_at"),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """An action at both ends; `before` is None where it was not kept here yet on the first day."""

    action: Action
    before: Looked | None
    after: Looked
    changes: tuple[Change, ...]


def moved_between(user: Reader, plan: Plan, first: date, second: date) -> QuerySet[Action]:
    """The plan's readable actions of which anything was said or learned after the first day and by the second."""
    start, end = moment_of(first), moment_of(second)
    there = there_by(actions_visible_to(user), end).filter(plan=plan)
    told = Q(Exists(Edit.objects.filter(action=OuterRef("pk"), **_learned(start, end))))
    for model, column in _HISTORY:
        told |= Q(Exists(_rows(model, column, start, end)))
    for model, ended, learned in (
        (EmbeddingTest, "result_on", "result_recorded_at"),
        (Block, "ended_on", "ended_recorded_at"),
        (Dependency, "ended_on", "ended_recorded_at"),
    ):
        rows: Any = model._default_manager.filter(action=OuterRef("pk"))
        known = {f"{ended}__lte": end.on, f"{learned}__lte": end.known_by}
        after = Q(**{f"{ended}__gt": start.on}) | Q(**{f"{learned}__gt": start.known_by})
        told |= Q(Exists(rows.filter(after, **known)))
    return there.filter(told).select_related("plan", "priority", "outcome").order_by("order", "pk")


def _learned(start: Moment, end: Moment) -> dict[str, Any]:
    return {"recorded_at__gt": start.known_by, "recorded_at__lte": end.known_by}


def _rows(model: Any, column: str, start: Moment, end: Moment) -> QuerySet[Any]:
    """Rows that counted by the end and did not by the start: of a later day, or learned later."""
    by_end = {f"{column}__lte": end.on, "recorded_at__lte": end.known_by}
    after = Q(**{f"{column}__gt": start.on}) | Q(recorded_at__gt=start.known_by)
    rows: QuerySet[Any] = model.objects.filter(after, action=OuterRef("pk"), **by_end)
    return rows


def compared(actions: Sequence[Action], first: date, second: date) -> list[Compared]:
    """These actions at both ends; three queries up to a thousand. Load them with priority and outcome."""
    start, end = moment_of(first), moment_of(second)
    numbers = [action.pk for action in actions]
    # Once for each day: whether what an action waits for is still open is a matter of the day.
    first_lines, lines = _lines(numbers, start), _lines(numbers, end)
    edits: defaultdict[int, list[Edit]] = defaultdict(list)
    for edit in Edit.objects.filter(action__in=numbers, recorded_at__gt=start.known_by).order_by(
        "-recorded_at", "-pk"
    ):
        edits[edit.action_id or 0].append(edit)
    owners: defaultdict[int, list[OwnersChange]] = defaultdict(list)
    for change in OwnersChange.objects.filter(action__in=numbers).order_by("as_at", "recorded_at", "pk"):
        owners[change.action_id].append(change)
    return [
        _compared(each, (start, first_lines[each.pk]), (end, lines[each.pk]), edits[each.pk], owners[each.pk])
        for each in actions
    ]


def _lines(numbers: Sequence[int], moment: Moment) -> Mapping[int, list[Line]]:
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines_of(numbers, moment):
        found[line.action].append(line)
    return found


def _compared(
    action: Action,
    first: tuple[Moment, Sequence[Line]],
    second: tuple[Moment, Sequence[Line]],
    edits: Sequence[Edit],
    owners: Sequence[OwnersChange],
) -> Compared:
    before, after = (
        Looked(
            facts=facts_from(lines, moment, action.opened_on, action.reference),
            promise=_promise(
                action, [e for e in edits if moment.known_by and e.recorded_at > moment.known_by]
            ),
            owners=_owners(owners, moment),
        )
        for moment, lines in (first, second)
    )
    start, lines = first[0], second[1]
    there = action.opened_on <= start.on and any(
        line.kind == LineKind.STATE and start.known_by and line.recorded_at <= start.known_by
        for line in lines
    )
    came = [line for line in lines if not start.sees(line.as_at, line.recorded_at)]
    updates = [line.text for line in came if line.kind == LineKind.UPDATE]
    evidence = [LABELS[EvidenceQuarter(line.word)] for line in came if line.kind == LineKind.EVIDENCE]
    told = changes(before if there else None, after, updates, evidence)
    return Compared(action, before if there else None, after, tuple(told))


def _promise(action: Action, since: Sequence[Edit]) -> dict[str, str]:
    """What the action promised before these edits, newest first."""
    values: dict[str, Any] = {
        "text": action.text,
        "numbers": action.current_number_label.split(", ") if action.current_number_label else [],
        "priority": {"name": str(action.priority)} if action.priority else None,
        "outcome": {"name": str(action.outcome)} if action.outcome else None,
        "gone_from_document_on": action.gone_from_document_on,
    }
    for edit in since:
        values |= edit.before
    names = (
        ", ".join(values["numbers"]),
        values["text"],
        *(_name(values[each]) for each in ("priority", "outcome")),
    )
    gone = values["gone_from_document_on"]
    return dict(zip(PROMISE, (*names, day(_date(gone)) if gone else ""), strict=True))


def _name(kept: Mapping[str, Any] | None) -> str:
    return str(kept["name"]) if kept else ""


def _date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _owners(changes: Sequence[OwnersChange], moment: Moment) -> str:
    seen = [change for change in changes if moment.sees(change.as_at, change.recorded_at)]
    return seen[-1].label if seen else ""
