"""A plan as its printed table: every action with its cells as text, as paper had them or as they are now.

The one place that says how an action is printed: exports print it, and the merge of a new document compares with it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    DateField,
    Expression,
    F,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf

from sightline.events.choices import Tier
from sightline.plans.choices import IMPACT_LABELS, LABELS, DeliveryState
from sightline.plans.models import (
    Action,
    ActionNumber,
    ActionOwner,
    ActionSource,
    OwnersChange,
    Plan,
    Timescale,
    Update,
)
from sightline.plans.rules import printing
from sightline.plans.rules.columns import STRAND
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Moment
from sightline.plans.rules.importing import OTHER
from sightline.plans.rules.tiers import EVERY_MEMBER


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One action as a row. `cells` are filled in; the two flags say what the paper left to the row above."""

    action_id: int
    reference: str
    kind: str
    priority_id: int | None
    cells: dict[str, str]
    text: str
    items: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    rating: str = ""
    strand: str = ""
    tier: str = Tier.T1
    outcome_inherited: bool = False
    owners_inherited: bool = False
    gone_on: date | None = None
    raw: dict[str, Any] = field(default_factory=dict)


class _Line(NamedTuple):
    """A number, owner, source, timescale or update of an action, in the one shape that a union wants."""

    action: int
    kind: str
    place: int
    text: str
    label: str
    day: date | None
    as_at: date | None
    link: int | None


_Lines = dict[str, list[_Line]]
AT_ONCE = 1_000
# What an action answers as every member may read it: open sources, and words that stand beside it on paper.
OPEN_SOURCES = (
    ~Q(raw="")
    | Q(recommendation__source__tier__in=EVERY_MEMBER)
    | Q(recommendation=None, source__tier__in=EVERY_MEMBER)
)


def printed_rows(
    plan: Plan, actions: QuerySet[Action] | None = None, *, all_sources: bool = True
) -> list[PrintedRow]:
    """The rows of a plan in printed order; two queries however long the plan. `actions`: those a person may read.

    Without `all_sources`, restricted sources are not named; words that were printed beside an action are its own.
    """
    wanted = plan.actions.all() if actions is None else actions.filter(plan=plan)
    whole = wanted.select_related("priority", "outcome", "strand").order_by("order", "pk")
    return _printed_all(whole, {"action__plan": plan}, all_sources)


def printed_in_parts(
    plan: Plan, actions: QuerySet[Action], *, all_sources: bool = True
) -> Iterator[PrintedRow]:
    """The same rows, a thousand in hand at once: two queries for each thousand, memory as for one."""
    wanted = actions.filter(plan=plan).select_related("priority", "outcome", "strand").order_by("order", "pk")
    part = list(wanted[:AT_ONCE])
    while part:
        yield from printed_page(part, all_sources=all_sources)
        last = part[-1]
        behind = wanted.filter(order__gte=last.order).exclude(order=last.order, pk__lte=last.pk)
        part = list(behind[:AT_ONCE])


def printed_page(actions: Sequence[Action], *, all_sources: bool = True) -> list[PrintedRow]:
    """The rows of these actions alone, in their order; one query however long their plan.

    Load them with priority, outcome and strand.
    """
    return _printed_all(actions, {"action__in": [action.pk for action in actions]}, all_sources)


def printed_then(
    actions: Sequence[Action], moment: Moment, facts: Mapping[int, ActionFacts], *, all_sources: bool = True
) -> dict[int, tuple[PrintedRow, tuple[Mapping[str, Any], ...]]]:
    """The rows of these actions as they stood, each with its owners of the day; one query.

    Undo their edits first (`selectors.then`): words, numbers and sources are taken from the records.
    """
    lines: defaultdict[int, _Lines] = defaultdict(lambda: defaultdict(list))
    for line in _lines_of({"action__in": [action.pk for action in actions]}, moment, all_sources):
        lines[line.action][line.kind].append(line)
    return {action.pk: _then(action, lines[action.pk], facts[action.pk]) for action in actions}


def _then(
    action: Action, lines: _Lines, facts: ActionFacts
) -> tuple[PrintedRow, tuple[Mapping[str, Any], ...]]:
    """The row from the day's facts; owners and numbers as they were, where that is kept."""
    changes = sorted(lines.pop("owners_then", ()), key=lambda line: (line.as_at or date.min, line.place))
    owners = tuple(json.loads(changes[-1].text or "[]")) if changes else ()
    if changes:
        lines["owner"] = [
            _Line(action.pk, "owner", place, str(owner["raw"] or owner["name"]), "", None, None, None)
            for place, owner in enumerate(owners)
        ]
    for kind, texts in (("number", action.then_numbers), ("source", action.then_sources)):  # type: ignore[attr-defined]  # read with the record
        if texts is not None:
            lines[kind] = [
                _Line(action.pk, kind, n, text, "", None, None, None) for n, text in enumerate(texts)
            ]
    action.state, action.current_delivery_rating = facts.state, facts.delivery.value
    action.current_impact_rating = facts.impact.value
    return _printed(action, lines), owners


def _printed_all(actions: Iterable[Action], wanted: Mapping[str, Any], all_sources: bool) -> list[PrintedRow]:
    lines: defaultdict[int, _Lines] = defaultdict(lambda: defaultdict(list))
    for line in _lines_of(wanted, None, all_sources):
        lines[line.action][line.kind].append(line)
    return [_printed(action, lines[action.pk]) for action in actions]


def _lines_of(wanted: Mapping[str, Any], moment: Moment | None, all_sources: bool) -> list[_Line]:
    """Every line; with a moment, updates and timescales of the time up to it only, and the owners' history."""
    told = {**wanted, **_by(moment)}
    parts: tuple[QuerySet[Any, tuple[Any, ...]], ...] = (
        _lines(ActionNumber, wanted, "number", "order", F("text")),
        _lines(ActionOwner, wanted, "owner", "order", _words("agency__name", "group__name", "person__name")),
        _lines(
            ActionSource, wanted, "source", "order", _words("recommendation__number", "source__title")
        ).filter(Q() if all_sources else OPEN_SOURCES),
        _lines(
            Timescale,
            told,
            "timescale",
            "pk",
            F("raw"),
            label="label",
            day="due_on",
            as_at="as_at",
            link="revises_id",
        ),
        _lines(Update, told, "update", "pk", F("text"), day="dated_on", as_at="as_at", link="import_of_id"),
    )
    if moment:
        parts += (_lines(OwnersChange, told, "owners_then", "pk", F("owners"), as_at="as_at"),)
    first, *others = parts
    return [_Line(*row) for row in first.union(*others, all=True)]


def _by(moment: Moment | None) -> dict[str, Any]:
    return {"as_at__lte": moment.on, "recorded_at__lte": moment.known_by} if moment else {}


def _words(*names: str) -> Coalesce:
    """The printed words, else the name of whoever or whatever they were matched to."""
    return Coalesce(NullIf(F("raw"), Value("")), *(F(name) for name in names), Value(""))


def _lines(
    model: type[Model],
    wanted: Mapping[str, Any],
    kind: str,
    place: str,
    text: F | Expression,
    *,
    label: str = "",
    day: str = "",
    as_at: str = "",
    link: str = "",
) -> QuerySet[Any, tuple[Any, ...]]:
    """One table as lines. Every column is cast, so that the parts of the union agree on PostgreSQL too."""
    columns = {
        "line_action": F("action_id"),
        "line_kind": Cast(Value(kind), CharField()),
        "line_place": Cast(F(place), BigIntegerField()),
        "line_text": Cast(text, TextField()),
        "line_label": Cast(F(label) if label else Value(""), TextField()),
        "line_day": Cast(F(day) if day else Value(None), DateField()),
        "line_as_at": Cast(F(as_at) if as_at else Value(None), DateField()),
        "line_link": Cast(F(link) if link else Value(None), BigIntegerField()),
    }
    rows: QuerySet[Any, Any] = model._default_manager.filter(**wanted).order_by()
    found: QuerySet[Any, tuple[Any, ...]] = rows.annotate(**columns).values_list(*columns)
    return found


def _printed(action: Action, lines: _Lines) -> PrintedRow:
    numbers = _in_order(lines["number"])
    complete = action.state == DeliveryState.COMPLETE
    return PrintedRow(
        action_id=action.pk,
        reference=action.reference,
        kind=action.kind,
        priority_id=action.priority_id,
        cells=_cells(action, numbers, lines),
        text=action.text,
        items=tuple(action.items),
        numbers=tuple(numbers),
        owners=tuple(_in_order(lines["owner"])),
        rating="complete" if complete else action.current_delivery_rating,
        strand=str(action.strand or ""),
        tier=action.tier,
        outcome_inherited=action.outcome_inherited,
        owners_inherited=action.owners_inherited,
        gone_on=action.gone_from_document_on,
        raw=action.raw,
    )


def _cells(action: Action, numbers: list[str], lines: _Lines) -> dict[str, str]:
    raw: dict[str, Any] = action.raw
    cells = {
        "priority": action.priority.mark if action.priority else "",
        "number": printing.number_cell(raw, numbers),
        "source": printing.source_cell(raw, _in_order(lines["source"])),
        "outcome": action.outcome.text if action.outcome else _unplaced_outcome(action),
        "owners": printing.owners_cell(raw, _in_order(lines["owner"])),
        "action": printing.action_cell(action.text, action.items),
        "update": printing.update_cell(_updates(lines["update"])),
        "timescale": _timescale_words(lines["timescale"]),
        "rating": printing.rating_cell(raw, action.current_delivery_rating, action.state),
        "impact": IMPACT_LABELS[action.current_impact_rating],
        "state": LABELS[DeliveryState(action.state)],
    }
    own = {f"{OTHER}{STRAND}": str(action.strand)} if action.strand else {}
    return cells | {f"{OTHER}{heading}": text for heading, text in action.other.items()} | own


def _in_order(lines: Sequence[_Line]) -> list[str]:
    return [line.text for line in sorted(lines, key=lambda line: line.place)]


def _updates(lines: Sequence[_Line]) -> list[tuple[str, date | None]]:
    """Updates oldest first; those of paper without a day of ours, as paper prints them."""
    said = sorted(lines, key=lambda line: (line.as_at or date.min, line.place))
    return [(line.text, None if line.link else line.day or line.as_at) for line in said]


def _timescale_words(lines: Sequence[_Line]) -> str:
    """The timescale in force: the one that no other revises."""
    revised = {line.link for line in lines}
    last = [line for line in lines if line.place not in revised]
    return printing.timescale_cell(last[-1].text, last[-1].label, last[-1].day) if last else ""


def _unplaced_outcome(action: Action) -> str:
    """An outcome printed where no priority is: it is kept with the action's own words."""
    return "" if action.priority_id else str(action.raw.get("outcome", ""))
