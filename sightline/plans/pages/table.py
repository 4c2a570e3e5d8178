"""A plan as its printed table: the printed headings in their order, one page of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import LABELS, OPEN_STATES, DeliveryState, ExceptionKind
from sightline.plans.forms.table import TableFilter
from sightline.plans.models import Action, Plan, PlanChange, Priority
from sightline.plans.pages.looks import PLAN_COLOURS, day
from sightline.plans.rules import addresses
from sightline.plans.rules.columns import (
    AGAIN,
    OTHER_COLUMN,
    PrintedColumn,
    columns_to_print,
    heading_to_print,
)
from sightline.plans.rules.importing import OTHER
from sightline.plans.rules.states import plan_moves_from
from sightline.plans.selectors.figures import Figures, figures_within
from sightline.plans.selectors.printed import PrintedRow, printed_page
from sightline.plans.selectors.table import approval_of, owners_to_choose, priorities_of, table_actions
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

PRINTED = "printed"
SIZE = 100
# What is looked at on the row itself: a red rating shows in its own column.
FLAGS = {
    ExceptionKind.OVERDUE: "Overdue",
    ExceptionKind.REVIEW_MISSED: "Review missed",
    ExceptionKind.SILENT: "Silent",
    ExceptionKind.SLIPPED_TWICE: "Slipped twice",
    ExceptionKind.BLOCKED: "Blocked",
    ExceptionKind.ASSERTED_BETTER: "Said better than suggested",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Green without evidence",
    ExceptionKind.NOT_EMBEDDED: "Not yet embedded",
}
SORTS = {
    "number": ("current_number_sort",),
    "timescale": ("current_due_on",),
    "rating": ("current_delivery_rating", "order"),
    "update": ("current_update_on",),
}
# Names for columns over which the paper prints nothing.
NAMES = {"number": "Number", "rating": "Delivery", "owners": "Lead", "action": "Action"}
# Columns that only exports need: every row links to its action instead, and shows its state beside the rating.
NOT_ON_SCREEN = frozenset({"reference", "state"})
IMPACT = PrintedColumn("Impact rating", "impact")
EXPORT_LABELS = {
    "docx": "Word", "xlsx": "Excel", "pdf": "PDF", "csv": "CSV", "md": "Markdown", "json": "JSON",
}  # fmt: skip


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


@dataclass(frozen=True)
class Figure:
    """A count over the plan, and the table narrowed to what is counted."""

    number: int
    words: str
    href: str
    is_pressing: bool = False


@dataclass(frozen=True)
class Key:
    """One word of the plan's own key, and the rating it stands for."""

    word: str
    rating: str


@dataclass(frozen=True)
class PlanPage:
    """A plan. `figures` is None where it is too long to be counted for a page."""

    plan: Plan
    state: str
    state_colour: str
    approval: str
    figures: tuple[Figure, ...] | None
    legend: tuple[Key, ...]
    listing: Listing[TableRow]
    is_printed_order: bool
    printed_address: str
    exports: tuple[tuple[str, str], ...]
    last_bands: tuple[Band, ...]
    may_write: bool
    may_import: bool
    may_report: bool
    moves: bool
    link_kind: str


def plan_page(user: Reader, plan: Plan, query: QueryDict) -> PlanPage:
    """The page of the plan's table that the address asks for; its queries do not grow with the plan."""
    priorities = priorities_of(plan)
    form = TableFilter(query, priorities=priorities, owners=owners_to_choose(user))
    columns = columns_on_screen(plan)
    found = list_page(columns).read(query, table_actions(user, form.wanted(plan)), form=form)
    printed_order = found.order == PRINTED
    whole = printed_order and not found.is_narrowed
    bands = Bands(priorities if printed_order else (), with_empty=whole)
    rows = found.with_rows(table_rows(found.rows, columns, bands, printed_order))
    ended = not found.next
    return PlanPage(
        plan=plan,
        state=LABELS[plan.state_now],
        state_colour=PLAN_COLOURS[plan.state_now],
        approval=approval_words(approval_of(plan)),
        figures=figures(figures_within(user, plan)),
        legend=tuple(Key(word, "blue" if r == "complete" else r) for word, r in plan.legend.items()),
        listing=rows,
        is_printed_order=printed_order,
        printed_address=found.address(sort=None),
        exports=exports_of(plan) if permissions.can_export_plan(user, plan) else (),
        last_bands=bands.rest() if whole and ended else (),
        may_write=permissions.can_write_plan(user, plan),
        may_import=permissions.can_run_import(user),
        may_report=permissions.can_run_report(user),
        moves=may_move(user, plan),
        link_kind=link_kind(columns),
    )


def may_move(user: Reader, plan: Plan) -> bool:
    """Whether the person may bring the plan to any next state."""
    return any(
        permissions.can_change_plan_state(user, plan, move.to_state)
        for move in plan_moves_from(plan.state_now)
    )


def columns_on_screen(plan: Plan) -> list[PrintedColumn]:
    """The printed columns in printed order, then the impact rating where paper has none."""
    printed = [PrintedColumn(column["heading"], column["meaning"]) for column in plan.columns]
    kept = {column.meaning for column in printed} - {AGAIN}
    return [c for c in columns_to_print(printed) if c.meaning in kept or c.meaning not in NOT_ON_SCREEN]


def link_kind(columns: Sequence[PrintedColumn]) -> str:
    """The kind of cell in which a row links to its action: the number, else the action's words, else the first."""
    kinds = [column.meaning for column in columns]
    return next(kind for kind in ("number", "action", *kinds) if kind in kinds)


def list_page(columns: Sequence[PrintedColumn]) -> ListPage:
    """The table as a list that can be filtered, sorted and leafed through."""
    return ListPage(
        noun=("action", "actions"),
        columns=tuple(_column(place, column) for place, column in enumerate(columns)),
        filter_form=TableFilter,
        order=PRINTED,
        size=SIZE,
    )


def heading_on_screen(column: PrintedColumn) -> str:
    """The printed heading; a name of ours for a column of ours, and for one over which paper prints nothing."""
    if column == IMPACT:
        return "Impact"
    return heading_to_print(column) or NAMES.get(column.meaning, "Also printed")


def _column(place: int, column: PrintedColumn) -> Column:
    sort = SORTS.get(column.meaning, ())
    return Column(
        column.meaning if sort else f"column-{place}",
        heading_on_screen(column),
        sort=sort,
        empty_last=column.meaning == "timescale",
        hidden_label=not heading_to_print(column),
    )


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
    own = f"Priority {priority.number}".strip()
    return Band(own if priority.title in ("", own) else f"{own}: {priority.title}", priority.aim)


def table_rows(
    actions: Sequence[Action], columns: Sequence[PrintedColumn], bands: Bands, printed_order: bool
) -> list[TableRow]:
    """The rows of one page."""
    rows: list[TableRow] = []
    above: PrintedRow | None = None
    for action, printed in zip(actions, printed_page(actions), strict=True):
        cells = tuple(_cell(printed, column, above if printed_order else None) for column in columns)
        rows.append(_row(action, printed, cells, bands.before(action.priority_id)))
        above = printed
    return rows


def _row(action: Action, printed: PrintedRow, cells: tuple[Shown, ...], bands: tuple[Band, ...]) -> TableRow:
    label = LABELS.get(action.current_delivery_rating, "")  # type: ignore[call-overload]
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
        priority=f"Priority {action.priority.number}" if action.priority else "",
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


def approval_words(approval: PlanChange | None) -> str:
    """ "Approved by the Executive on 4 March 2025 (minute 25/12)"; empty where nobody approved it."""
    if approval is None:
        return ""
    by = f" by {approval.group}" if approval.group else ""
    minute = f" ({approval.minute})" if approval.minute else ""
    return f"Approved{by} on {day(approval.as_at)}{minute}"


def figures(found: Figures | None) -> tuple[Figure, ...] | None:
    """The counts a chair looks at first."""
    if found is None:
        return None
    return (
        Figure(found.open, f"open of {found.actions:,}", "?state=open"),
        Figure(found.red, "rated red", "?state=open&delivery=red", found.red > 0),
        Figure(found.overdue, "overdue", "?exception=overdue", found.overdue > 0),
        Figure(found.silent, "silent", "?exception=silent", found.silent > 0),
    )


def exports_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """The formats the whole plan can be taken away in."""
    return tuple(
        (label, reverse("plans:export", args=[plan.key, format])) for format, label in EXPORT_LABELS.items()
    )
