"""The rows of a plan's table as they are printed on a screen: cells, bands, flags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sightline.plans.choices import FLAGS, LABELS, OPEN_STATES, DeliveryState, PriorityKind
from sightline.plans.models import Action, Priority
from sightline.plans.rules import addresses
from sightline.plans.rules.columns import OTHER_COLUMN, PrintedColumn, heading_to_print
from sightline.plans.rules.importing import OTHER
from sightline.plans.selectors.printed import PrintedRow

# Names for columns over which the paper prints nothing.
NAMES = {"number": "Number", "rating": "Delivery", "owners": "Lead", "action": "Action"}
IMPACT = PrintedColumn("Impact rating", "impact")


@dataclass(frozen=True)
class Shown:
    """A cell: under which heading, what kind of cell, its words. `above`: the paper leaves it to the row above."""

    kind: str
    heading: str
    text: str
    above: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see: a card leaves such a cell out."""
        return not self.text and self.kind not in ("number", "action", "rating", "impact")


@dataclass(frozen=True)
class Band:
    """The title row of a priority."""

    title: str
    aim: str
    is_function: bool = False
    number: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class TableRow:
    """One action. `bands` stand before it; `label` is its printed number, or our reference where it has none."""

    href: str
    label: str
    text: str
    cells: tuple[Shown, ...]
    bands: tuple[Band, ...]
    items: tuple[str, ...]
    is_bullet: bool
    delivery: str
    printed_rating: str
    impact: str
    state: str
    is_complete: bool
    update_on: date | None
    update: str
    flags: tuple[str, ...]
    is_exception: bool
    gone_on: date | None
    priority: str
    outcome: int | None = None


def heading_on_screen(column: PrintedColumn) -> str:
    """The printed heading; a name of ours for a column of ours, and for one over which paper prints nothing."""
    if column == IMPACT:
        return "Impact"
    return heading_to_print(column) or NAMES.get(column.meaning, "Also printed")


class Bands:
    """The bands of a table as its rows pass by: one wherever the priority changes."""

    def __init__(self, priorities: Iterable[Priority], *, with_empty: bool) -> None:
        self.by_pk = {priority.pk: priority for priority in priorities}
        self.empty = [p for p in self.by_pk.values() if with_empty and not getattr(p, "has_actions", True)]
        self.last: int | None = None

    def before(self, priority_id: int | None) -> tuple[Band, ...]:
        """The bands before a row: empty priorities that come first, then its own where it is another one."""
        if priority_id is None or priority_id == self.last or priority_id not in self.by_pk:
            return ()
        self.last = priority_id
        own = self.by_pk[priority_id]
        first = [p for p in self.empty if p.order < own.order]
        self.empty = [p for p in self.empty if p not in first]
        return tuple(band(priority) for priority in [*first, own])

    def rest(self) -> tuple[Band, ...]:
        """Priorities under which nothing stands yet, behind the last row."""
        return tuple(band(priority) for priority in self.empty)


def band(priority: Priority) -> Band:
    """The title row of a priority, as printed."""
    return Band(priority.band, priority.aim, priority.kind == PriorityKind.FUNCTION, priority.pk)


def table_rows(
    actions: Sequence[Action],
    columns: Sequence[PrintedColumn],
    bands: Bands,
    printed_order: bool,
    printed_as: Sequence[PrintedRow],
) -> list[TableRow]:
    """The rows of one page; `printed_as` are the actions' printed rows, as their reader may see them."""
    rows: list[TableRow] = []
    above: PrintedRow | None = None
    for action, printed in zip(actions, printed_as, strict=True):
        cells = tuple(_cell(printed, column, above if printed_order else None) for column in columns)
        rows.append(_row(action, printed, cells, bands.before(action.priority_id)))
        above = printed
    return rows


def _row(action: Action, printed: PrintedRow, cells: tuple[Shown, ...], bands: tuple[Band, ...]) -> TableRow:
    label = LABELS.get(action.current_delivery_rating, "")  # type: ignore[call-overload]  # an unknown word has no label
    words = printed.cells["rating"]
    return TableRow(
        href=addresses.of_action(action.reference),
        label=printed.cells["number"] or action.reference,
        text=action.text,
        cells=cells,
        bands=bands,
        items=printed.items,
        is_bullet=printed.kind == "bullet",
        delivery=action.current_delivery_rating,
        printed_rating="" if words.casefold() in (label.casefold(), "complete") else words,
        impact=action.current_impact_rating,
        state=LABELS[action.state_now],
        is_complete=action.state == DeliveryState.COMPLETE,
        update_on=action.current_update_on,
        update=action.current_update_text,
        flags=tuple(FLAGS[kind] for kind in action.exception_kinds if kind in FLAGS),
        is_exception=action.current_exception_count > 0 and action.state in OPEN_STATES,
        gone_on=action.gone_from_document_on,
        priority=action.priority.own_name if action.priority else "",
        outcome=action.outcome_id,
    )


def _cell(row: PrintedRow, column: PrintedColumn, above: PrintedRow | None) -> Shown:
    name = f"{OTHER}{column.heading}" if column.meaning == OTHER_COLUMN else column.meaning
    heading = heading_on_screen(column)
    return Shown(column.meaning, heading, row.cells.get(name, ""), said_above(row, column.meaning, above))


def said_above(row: PrintedRow, meaning: str, above: PrintedRow | None) -> bool:
    """Whether paper leaves the cell to the row above, and the row shown above it still says the same."""
    if above is None or above.priority_id != row.priority_id:
        return False
    if meaning == "owners":
        return row.owners_inherited and above.owners == row.owners
    return meaning == "outcome" and row.outcome_inherited and above.cells["outcome"] == row.cells["outcome"]
