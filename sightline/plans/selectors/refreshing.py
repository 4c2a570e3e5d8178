"""All that the `current_…` columns and work items of actions are made of, read with one query.

The columns are made again with every update, so this is read at every update: history, owners, numbers, what stands on
the first pages, and whether other actions of their plans are exceptions, each as lines of one shape (a union).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    Exists,
    F,
    Field,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from sightline.messages.selectors import StandingItem, standing_items
from sightline.plans.choices import LineKind
from sightline.plans.models import Action, CompletionClaim, Plan
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Line, Moment, facts_from
from sightline.plans.selectors.gathering import Belonging
from sightline.plans.selectors.history import COLUMNS, history_parts, line_of_row
from sightline.plans.selectors.parties import NUMBERS, OWNERS

APP = "plans"
_HISTORY = frozenset(LineKind)
_ITEMS = {"items_of_action": "action", "items_of_plan": "plan"}
_OTHERS = "others"


@dataclass(slots=True)
class Read:
    """What was read. `plans_with_others`: those with an exception among the actions that were not read.

    `claims`: those that wait for an answer, as far as they are in hand, by action.
    """

    lines: defaultdict[int, list[Line]] = field(default_factory=lambda: defaultdict(list))
    rows: defaultdict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    items: list[StandingItem] = field(default_factory=list)
    plans_with_others: set[int] = field(default_factory=set)
    claims: dict[int, CompletionClaim] = field(default_factory=dict)

    def facts(self, action: Action, on: date) -> ActionFacts:
        """The facts of one of the actions as at a day, not after the day up to which was read."""
        return facts_from(self.lines[action.pk], Moment(on), action.opened_on, action.reference)

    def give_parties(self, action: Action) -> None:
        """Give the action its owners and numbers as they stand."""
        for each in (OWNERS, NUMBERS):
            each.give(action, self.rows[each.name, action.pk])

    def add(self, action: Action, row: Any) -> None:
        """Know of a row of the action's history that was written after reading."""
        self.lines[action.pk].append(line_of_row(row))

    def of_kind(self, action: Action, kind: LineKind) -> list[Line]:
        """The lines of one kind, in the order of their days."""
        return sorted(
            (line for line in self.lines[action.pk] if line.kind == kind), key=lambda line: line.place
        )

    def end(self, line: Line, on: date, now: datetime) -> None:
        """Know that what a line tells of has ended since."""
        lines = self.lines[line.action]
        lines[lines.index(line)] = replace(line, ended_on=on, ended_recorded_at=now)


def read_for(actions: Sequence[Action], on: date) -> Read:
    """Read all of it up to a day for these actions."""
    read = Read()
    if not actions:
        return read
    ids = [action.pk for action in actions]
    first, *others = _parts(ids, sorted({action.plan_id for action in actions}), Moment(on))
    for row in first.union(*others, all=True):
        _take(read, row)
    return read


def _take(read: Read, row: tuple[Any, ...]) -> None:
    about, kind, *_ = row
    if kind in _HISTORY:
        read.lines[about].append(Line(about, LineKind(kind), *row[2:]))
    elif kind == _OTHERS:
        read.plans_with_others.add(about)
    elif kind in _ITEMS:
        item = dict(zip(COLUMNS, row, strict=True))
        place = (item["line_who"], item["line_word"], APP, _ITEMS[kind], str(about))
        says = (item["line_text"], item["line_day"])
        read.items.append(StandingItem(place, says, item["line_recorded_at"]))
    else:
        read.rows[kind, about].append(row[COLUMNS.index("line_text")])


def _parts(ids: Sequence[int], plans: Sequence[int], moment: Moment) -> Iterable[QuerySet[Any, Any]]:
    yield from history_parts(ids, moment)
    for each in (OWNERS, NUMBERS):
        yield _belonging(each, ids)
    for kind, model in _ITEMS.items():
        yield _standing(kind, model, ids if model == "action" else plans)
    yield _exceptions(plans, ids)


def _belonging(each: Belonging, ids: Sequence[int]) -> QuerySet[Any, Any]:
    rows = each.whole.model._default_manager.filter(**{f"{each.link}__in": ids})
    return _part(rows, F(f"{each.link}_id"), each.name, text=each.whole.as_json())


def _standing(kind: str, model: str, ids: Sequence[int]) -> QuerySet[Any, Any]:
    columns = {"word": F("kind"), "who": F("for_scope"), "text": F("says"), "day": F("due_on")}
    columns["recorded_at"] = F("created_at")
    return _part(standing_items(APP, model, ids), F("subject_id"), kind, **columns)


def _exceptions(plans: Sequence[int], ids: Sequence[int]) -> QuerySet[Any, Any]:
    """A line for each plan that has one; the database stops looking at the first."""
    other = Action.objects.filter(plan=OuterRef("pk"), current_exception_count__gt=0).exclude(pk__in=ids)
    return _part(Plan.objects.filter(Exists(other), pk__in=plans), F("pk"), _OTHERS)


def _part(rows: QuerySet[Any, Any], about: F, kind: str, **given: Any) -> QuerySet[Any, Any]:
    """Lines in the shape of history's, so that one query reads both. Cast, for the parts agree on PostgreSQL."""
    nothing: dict[str, Any] = {
        **dict.fromkeys(("word", "who", "text"), Value("")),
        **dict.fromkeys(
            ("day", "as_at", "ended_on", "recorded_at", "ended_recorded_at", "import"), Value(None)
        ),
    }
    told = {**nothing, "row": F("pk"), "action": about, "kind": Value(kind), **given}
    named = {f"line_{name}": Cast(told[name], kind_of()) for name, kind_of in _TYPES.items()}
    lines: QuerySet[Any, Any] = rows.order_by().annotate(**named).values_list(*COLUMNS)
    return lines


_TYPES: dict[str, type[Field[Any, Any]]] = {
    **dict.fromkeys(("action", "row", "import"), BigIntegerField),
    **dict.fromkeys(("kind", "word", "who"), CharField),
    "text": TextField,
    **dict.fromkeys(("day", "as_at", "ended_on"), DateField),
    **dict.fromkeys(("recorded_at", "ended_recorded_at"), DateTimeField),
}
