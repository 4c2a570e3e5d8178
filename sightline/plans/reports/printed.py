"""A plan as its printed table: same columns in the same order, same numbers, bands and empty cells, its own key.

Every export carries three columns more (reference, impact rating, state), so that it can be read back in to the same
plan. Source: design.md 7, documents.md A6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.plans.choices import IMPACT_LABELS, LABELS, DeliveryRating
from sightline.plans.models import Placement, Plan, Priority
from sightline.plans.permissions import check_export_plan, reads_all_tiers
from sightline.plans.rules.columns import (
    OTHER_COLUMN,
    PrintedColumn,
    columns_to_print,
    heading_to_print,
    with_strands,
)
from sightline.plans.rules.importing import OTHER
from sightline.plans.rules.printing import KEY_RATINGS, key_in_order, list_in_cell
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.placed import placed_in, placed_then
from sightline.plans.selectors.printed import PrintedRow, printed_rows
from sightline.plans.selectors.then import (
    MOST_THEN,
    actions_of_plan_then,
    edits_since,
    moment_of,
    stood,
    undo_head,
)
from sightline.plans.selectors.visible import actions_visible_to
from sightline.plans.services.exporting import note_export
from sightline.reading.formats.delimited import APART
from sightline.rendering import MEDIA_TYPES, write
from sightline.rendering.document import Block, Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

JSON = "json"
EXPORTS = {**MEDIA_TYPES, JSON: "application/json"}
# Pale fills behind the printed word: the word alone must do on a grey printer.
FILLS = {"green": "CCE2D8", "amber": "FFF0B3", "red": "F8D7DA", "complete": "D2E2F1"}
_WIDTHS = {
    "number": 0.7, "source": 0.8, "outcome": 2.2, "owners": 1.4, "action": 3.0, "update": 3.0, "timescale": 1.2,
    "rating": 0.9, "impact": 0.9, "state": 0.9, "reference": 0.9,
}  # fmt: skip


class UnknownExport(ValueError):
    """Plans are not exported in the format asked for; the message is fit to show."""


class TooLong(ValueError):
    """More actions stood in the plan than are looked at whole; the message is fit to show."""


def export_plan(plan: Plan, format: str, *, user: Reader, by: Actor, on: date) -> bytes:
    """The plan as this person may read it, in one of `EXPORTS`, journalled. Raises Refused, UnknownExport."""
    check_export_plan(user, plan)
    if format not in EXPORTS:
        raise UnknownExport(f"Plans are exported as {', '.join(EXPORTS)}; not as “{format}”.")
    rows = printed_rows(plan, actions_visible_to(user), all_sources=reads_all_tiers(user))
    placed = placed_in(user, plan)
    if format == JSON:
        content = _as_json(plan, rows, on, placed=placed)
    else:
        content = write(printed_plan(plan, rows, on, placed=placed), format)
    note_export(plan, format, len(rows), by=by)
    return content


def export_plan_then(plan: Plan, format: str, *, user: Reader, by: Actor, on: date) -> bytes:
    """The plan as it stood by the end of a day, under today's permissions, in one of `EXPORTS`, journalled.

    Raises Refused, UnknownExport, TooLong.
    """
    check_export_plan(user, plan)
    if format not in EXPORTS:
        raise UnknownExport(f"Plans are exported as {', '.join(EXPORTS)}; not as “{format}”.")
    moment = moment_of(on)
    actions = list(actions_of_plan_then(user, plan, moment)[: MOST_THEN + 1])
    if len(actions) > MOST_THEN:
        raise TooLong(
            f"More than {MOST_THEN:,} actions stood in this plan: it is not taken away as it stood."
        )
    places = placed_then(user, plan, moment)
    whole = [*actions, *(place.action for place in places)]
    edits = edits_since(whole, moment, plan, user)
    undo_head(plan, edits)
    rows = [each.printed for each in stood(whole, moment, edits) if each.action.plan_id == plan.pk]
    under = {action.priority.pk: action.priority for action in actions if action.priority}
    priorities = sorted(under.values(), key=lambda priority: (priority.order, priority.pk))
    if format == JSON:
        content = _as_json(plan, rows, on, priorities, placed=places, as_it_stood=True)
    else:
        content = write(printed_plan(plan, rows, on, priorities, placed=places, as_it_stood=True), format)
    note_export(plan, format, len(rows), by=by, as_it_stood=on)
    return content


def export_name(plan: Plan, format: str, on: date, *, as_it_stood: bool = False) -> str:
    """The name of the exported file: "early-help-plan-2026-06-15.docx"; a past day is told apart."""
    then = "as-it-stood-" if as_it_stood else ""
    return f"{slugify(plan.name)[:80] or plan.key}-{then}{on.isoformat()}.{format}"


def printed_plan(
    plan: Plan,
    rows: Sequence[PrintedRow],
    on: date,
    priorities: Sequence[Priority] | None = None,
    *,
    placed: Sequence[Placement] = (),
    as_it_stood: bool = False,
) -> Document:
    """The plan as a document every writer takes. Actions that left the paper are named under the table, not in it.

    `priorities` are the plan's own where none are given; `as_it_stood` says in the title that the day is past.
    """
    bands = list(plan.priorities.order_by("order", "pk")) if priorities is None else priorities
    columns = columns_of(plan, stranded=any(row.strand for row in rows))
    standing = [row for row in rows if row.gone_on is None]
    table = Table(
        caption=plan.name,
        columns=tuple(Column(heading_to_print(c), _WIDTHS.get(c.meaning, 1.0)) for c in columns),
        rows=tuple(table_rows(bands, standing, columns)),
        caption_visible=False,
    )
    return Document(
        title=f"{plan.name}, as it stood on {day(on)}" if as_it_stood else plan.name,
        blocks=(*_key(plan.legend), table, *_gone(rows), *_placed(placed)),
        marking=Tier(highest([plan.tier, *(row.tier for row in rows), *_tiers(placed)])).marking,
        facts=_facts(plan, on),
        landscape=True,
    )


def columns_of(plan: Plan, *, stranded: bool) -> list[PrintedColumn]:
    """The columns that are printed; with one for strands where there are any."""
    printed = [PrintedColumn(c["heading"], c["meaning"]) for c in plan.columns]
    return with_strands(columns_to_print(printed), stranded)


def _facts(plan: Plan, on: date) -> tuple[tuple[str, str], ...]:
    facts = [("Period", plan.period_raw), ("As at", day(on)), ("Group", str(plan.group or ""))]
    return tuple((name, value) for name, value in facts if value)


def _key(legend: Mapping[str, str]) -> list[Block]:
    """The plan's own key, as its paper printed it."""
    words = "; ".join(f"{word} = {KEY_RATINGS.get(rating, rating)}" for word, rating in key_in_order(legend))
    return [Paragraph(f"Key: {words}")] if words else []


# Headings that no table of a plan has, so that these rows are never taken for the plan's own when it is read back.
_PLACED = (
    ("Also in this plan as", 1.0), ("Under", 1.4), ("What is promised there", 3.0), ("Kept in", 1.6),
    ("Reference in that plan", 0.9), ("How it stands there", 1.6),
)  # fmt: skip
PLACED_HEADINGS = tuple(heading for heading, _ in _PLACED)


def _placed(places: Sequence[Placement]) -> list[Block]:
    """Actions of other plans that stand in this one too, with this plan's numbers: a table of their own."""
    if not places:
        return []
    columns = tuple(Column(heading, width) for heading, width in _PLACED)
    rows = (TableRow(tuple(TableCell(text) for text in placed_cells(place))) for place in places)
    return [Table(caption=APART, columns=columns, rows=tuple(rows))]


def placed_cells(place: Placement) -> tuple[str, ...]:
    """What is printed of an action of another plan that stands in this one too, under `PLACED_HEADINGS`."""
    action = place.action
    ratings = f"{LABELS[action.state_now]}; delivery {_lowered(LABELS[DeliveryRating(action.current_delivery_rating)])}"
    ratings += f", impact {_lowered(IMPACT_LABELS[action.current_impact_rating])}"
    under = place.priority.own_name if place.priority else ""
    return (place.number, under, action.text, action.plan.name, action.reference, ratings)


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]


def _tiers(places: Sequence[Placement]) -> list[str]:
    return [tier for place in places for tier in (place.action.tier, place.action.plan.tier)]


def _gone(rows: Sequence[PrintedRow]) -> list[Block]:
    gone = [row for row in rows if row.gone_on]
    if not gone:
        return []
    words = ", ".join(row.reference for row in gone)
    return [
        Paragraph(
            f"{count(len(gone), 'action')} left the document and is not printed: {words}", style="small"
        )
    ]


def table_rows(
    priorities: Sequence[Priority], rows: Iterable[PrintedRow], columns: Sequence[PrintedColumn]
) -> Iterator[TableRow]:
    """Rows in printed order, a band wherever the priority changes; priorities without actions keep their band."""
    waiting = {priority.pk: priority for priority in priorities}
    above: PrintedRow | None = None
    for row in rows:
        if row.priority_id and (above is None or above.priority_id != row.priority_id):
            yield from _bands(waiting, row.priority_id, {p.pk: p for p in priorities})
        yield TableRow(tuple(_cell(row, column, above) for column in columns))
        above = row
    for priority in waiting.values():
        yield _band(priority)


def _bands(waiting: dict[int, Priority], until: int, every: Mapping[int, Priority]) -> Iterator[TableRow]:
    """The band of a priority, after those of the priorities before it that nothing stands under."""
    for pk in [pk for pk in waiting if waiting[pk].order < every[until].order]:
        yield _band(waiting.pop(pk))
    waiting.pop(until, None)
    yield _band(every[until])


def _band(priority: Priority) -> TableRow:
    return TableRow((TableCell(priority.band, bold=True),), band=True)


def _cell(row: PrintedRow, column: PrintedColumn, above: PrintedRow | None) -> TableCell:
    if column.meaning == OTHER_COLUMN:
        return TableCell(row.cells.get(f"{OTHER}{column.heading}", ""))
    if column.meaning == "action":
        return _action(row)
    if column.meaning == "reference":
        return TableCell(row.reference)
    if column.meaning in ("outcome", "owners") and _said_above(row, column.meaning, above):
        return TableCell()
    if column.meaning == "rating":
        return TableCell(row.cells["rating"], fill=FILLS.get(row.rating, "") if row.cells["rating"] else "")
    if column.meaning in row.cells and column.meaning != "priority":
        return TableCell(row.cells[column.meaning])
    return TableCell(_status_mark(row, column.meaning))


def _action(row: PrintedRow) -> TableCell:
    text, items = list_in_cell(row.text, row.items)
    bullet = "• " if row.kind == "bullet" and not text.startswith("•") else ""
    return TableCell(f"{bullet}{text}", items)


def _said_above(row: PrintedRow, meaning: str, above: PrintedRow | None) -> bool:
    """Whether paper leaves the cell to the row above, and it still says the same."""
    inherited = (
        row.outcome_inherited if meaning == "outcome" else row.owners_inherited and not row.raw.get("owners")
    )
    same = above is not None and above.priority_id == row.priority_id
    return inherited and same and above is not None and _names(above, meaning) == _names(row, meaning)


def _names(row: PrintedRow, meaning: str) -> Any:
    return row.owners if meaning == "owners" else row.cells[meaning]


def _status_mark(row: PrintedRow, meaning: str) -> str:
    """Columns that print a status as a tick or as yes and no. Priorities are printed as bands, not in cells."""
    shown = {
        "tick_complete": row.rating == "complete",
        "tick_on_track": row.rating == "green",
        "complete_yn": True,
    }
    return row.cells["rating"] if shown.get(meaning) else ""


def _as_json(
    plan: Plan,
    rows: Sequence[PrintedRow],
    on: date,
    priorities: Sequence[Priority] | None = None,
    *,
    placed: Sequence[Placement] = (),
    as_it_stood: bool = False,
) -> bytes:
    """Everything of the plan that an export may hold, under plain names."""
    bands = list(plan.priorities.order_by("order", "pk") if priorities is None else priorities)
    prefetch_related_objects(bands, "strands")
    data = {
        "plan": {
            "key": plan.key,
            "name": plan.name,
            "group": plan.group.key if plan.group else None,
            "state": LABELS[plan.state_now],
            "period": plan.period_raw,
            "columns": plan.columns,
            "legend": plan.legend,
            "as_at": on.isoformat(),
            **({"as_it_stood": True} if as_it_stood else {}),
        },
        "priorities": [_priority_json(p) for p in bands],
        "actions": [_action_json(row) for row in rows],
        "also_here": [
            {"number": p.number, "reference": p.action.reference, "belongs_to": p.action.plan.key}
            for p in placed
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _priority_json(priority: Priority) -> dict[str, Any]:
    return {
        "number": priority.number,
        "kind": priority.kind,
        "title": priority.title,
        "aim": priority.aim,
        "owners": priority.owners_raw,
        "timescale": priority.timescale_raw,
        "strands": [{"number": s.number, "title": s.title} for s in priority.strands.all()],
    }


def _action_json(row: PrintedRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "kind": row.kind,
        "numbers": list(row.numbers),
        "owners": list(row.owners),
        "items": list(row.items),
        "cells": row.cells,
        "gone_from_document_on": row.gone_on.isoformat() if row.gone_on else None,
    }
