"""What may be published of a plan, as a file: the agreed words alone, so that nothing private can go out with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.text import slugify

from sightline.plans.models import Plan
from sightline.rendering import write
from sightline.rendering.document import Block, Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.screens.words import day

CSV = "csv"
PUBLISHABLE_FORMATS = {"docx": "Word", "html": "Web page", CSV: "CSV"}
# More than anybody prints; the CSV has them all.
MOST = 2_000
NOTHING = "Nothing yet"
HEADINGS = ("Number", "What may be published", "Latest update", "Day of the update")
_COLUMNS = (Column("Number", 0.8), Column(HEADINGS[1], 3.5), Column(HEADINGS[2], 3.5))


def publishable_name(plan: Plan, on: date) -> str:
    """The name of the file without its ending: "children-first-publishable-2026-06-15"."""
    return f"{slugify(plan.key)}-publishable-{on.isoformat()}"


def publishable_paper(plan: Plan, actions: Sequence[Any], format: str, on: date) -> bytes:
    """The document of these actions, as `publishable_actions` gives them. Raises UnknownFormat."""
    return write(publishable_document(plan, actions, on), format)


def publishable_document(plan: Plan, actions: Sequence[Any], on: date) -> Document:
    """The document every writer takes: of each action its number and the words agreed, and none of the plan's own."""
    shown = actions[:MOST]
    rows = tuple(_row(action) for action in shown)
    blocks: list[Block] = [
        Table("What may be published of each action", _COLUMNS, rows, caption_visible=False)
    ]
    if not shown:
        blocks = [Paragraph("Nothing is agreed for publication yet.", style="lead")]
    if len(actions) > MOST:
        blocks.append(
            Paragraph(f"Only the first {MOST:,} actions are printed. The CSV has all.", style="warning")
        )
    return Document(title=plan.name, blocks=tuple(blocks), facts=(("As at", day(on)),))


def publishable_cells(actions: Iterable[Any]) -> Iterator[tuple[str, ...]]:
    """The cells of each action under `HEADINGS`; the day is written 2026-06-15, so that it can be sorted."""
    for action in actions:
        on = action.public_update_on.isoformat() if action.public_update_on else ""
        yield _number(action), action.public_text, action.public_update, on


def _row(action: Any) -> TableRow:
    said = action.public_update
    dated = f"{day(action.public_update_on)}: {said}" if said else NOTHING
    return TableRow(
        tuple(TableCell(text) for text in (_number(action), action.public_text or NOTHING, dated))
    )


def _number(action: Any) -> str:
    return str(action.current_number_label or action.reference)
