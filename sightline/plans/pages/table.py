"""A plan as its printed table: the printed headings in their order, one page of rows at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import LABELS, PlanState
from sightline.plans.forms.table import TableFilter
from sightline.plans.models import Action, Plan, PlanChange
from sightline.plans.pages.answering import LogShown, logs_for
from sightline.plans.pages.looks import PLAN_COLOURS, day
from sightline.plans.pages.placed import PlacedRow, placed_rows
from sightline.plans.pages.rows import Band, Bands, TableRow, heading_on_screen, table_rows
from sightline.plans.rules import addresses
from sightline.plans.rules.columns import (
    AGAIN,
    PrintedColumn,
    columns_to_print,
    heading_to_print,
    with_strands,
)
from sightline.plans.rules.printing import key_in_order
from sightline.plans.rules.states import plan_moves_from
from sightline.plans.selectors.figures import Figures, figures_within
from sightline.plans.selectors.lists import most_counted, walked
from sightline.plans.selectors.placed import placed_in
from sightline.plans.selectors.printed import printed_page
from sightline.plans.selectors.rolling import roll_over_of
from sightline.plans.selectors.table import approval_of, owners_to_choose, priorities_of, table_actions
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

PRINTED = "printed"
SIZE = 100
SORTS = {
    "number": ("current_number_sort",),
    "timescale": ("current_due_on",),
    "rating": ("current_delivery_rating", "order"),
    "update": ("current_update_on",),
}
# Columns that only exports need: every row links to its action instead, and shows its state beside the rating.
NOT_ON_SCREEN = frozenset({"reference", "state"})
EXPORT_LABELS = {
    "docx": "Word", "xlsx": "Excel", "pdf": "PDF", "csv": "CSV", "md": "Markdown", "json": "JSON",
}  # fmt: skip


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
class Relative:
    """The plan before or after this one."""

    words: str
    name: str
    href: str


@dataclass(frozen=True)
class PlanPage:
    """A plan. `figures` is None where it is too long to be counted for a page and no night has counted it yet.

    `counted_on`: the day the figures are of, in words; "" for now.
    """

    plan: Plan
    state: str
    state_colour: str
    approval: str
    figures: tuple[Figure, ...] | None
    counted_on: str
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
    placed: tuple[PlacedRow, ...] = ()
    may_roll_over: bool = False
    relatives: tuple[Relative, ...] = ()
    logs: tuple[LogShown, ...] = ()


def plan_page(user: Reader, plan: Plan, query: QueryDict) -> PlanPage:
    """The page of the plan's table that the address asks for; its queries do not grow with the plan."""
    priorities = priorities_of(plan)
    form = TableFilter(query, priorities=priorities, owners=owners_to_choose(user))
    stranded = any(getattr(priority, "has_strands", False) for priority in priorities)
    columns = with_strands(columns_on_screen(plan), stranded)
    may_export = permissions.can_export_plan(user, plan)
    taken = {"CSV": reverse("plans:rows", args=[plan.key])} if may_export else {}
    found = _found(user, list_page(columns), form, plan, query, taken)
    printed_order = found.order == PRINTED
    whole = printed_order and not found.is_narrowed
    bands = Bands(priorities if printed_order else (), with_empty=whole)
    printed = printed_page(found.rows, all_sources=permissions.reads_all_tiers(user))
    rows = found.with_rows(table_rows(found.rows, columns, bands, printed_order, printed))
    ended, counted = not found.next, figures_within(user, plan)
    return PlanPage(
        plan=plan,
        state=LABELS[plan.state_now],
        state_colour=PLAN_COLOURS[plan.state_now],
        approval=approval_words(approval_of(plan)),
        figures=figures(counted),
        counted_on=day(counted.on) if counted and counted.on else "",
        legend=keys_of(plan),
        listing=rows,
        is_printed_order=printed_order,
        printed_address=found.address(sort=None),
        exports=exports_of(plan) if may_export else (),
        last_bands=bands.rest() if whole and ended else (),
        may_write=permissions.can_write_plan(user, plan),
        may_import=permissions.can_run_import(user),
        may_report=permissions.can_run_report(user),
        moves=may_move(user, plan),
        placed=placed_rows(placed_in(user, plan)),
        may_roll_over=may_roll_over(user, plan),
        relatives=relatives_of(user, plan),
        link_kind=link_kind(columns),
        logs=logs_for(user, plan),
    )


def _found(
    user: Reader, page: ListPage, form: TableFilter, plan: Plan, query: QueryDict, taken: dict[str, str]
) -> Listing[Action]:
    """The actions of the page; counted by looking them up also where they are read by walking."""
    wanted = form.wanted(plan)
    walks = walked(wanted)
    return page.read(
        query,
        table_actions(user, walks),
        form=form,
        exports=taken,
        counted=table_actions(user, wanted) if walks.walks else None,
        most_counted=most_counted(walks),
    )


def keys_of(plan: Plan) -> tuple[Key, ...]:
    """The plan's own key, as its paper printed it."""
    return tuple(Key(word, "blue" if r == "complete" else r) for word, r in key_in_order(plan.legend))


def may_roll_over(user: Reader, plan: Plan) -> bool:
    """Whether the person may roll the plan over, or look at how that went."""
    if plan.state not in (PlanState.IN_FORCE, PlanState.ROLLED_OVER):
        return False
    return permissions.can_write_plan(user, plan)


def relatives_of(user: Reader, plan: Plan) -> tuple[Relative, ...]:
    """The plan this one follows and the one that took over from it, where the person may read them."""
    found = [("Follows", plan.follows)]
    if plan.state == PlanState.ROLLED_OVER:
        roll = roll_over_of(plan)
        found.append(("Rolled over into", roll.next_plan if roll else None))
    return tuple(
        Relative(words, other.name, addresses.of_plan(other.key))
        for words, other in found
        if other and permissions.can_view_plan(user, other)
    )


def whole_table(user: Reader, plan: Plan, query: QueryDict) -> QuerySet[Action]:
    """Every row of the table that the address asks for, however many pages they fill."""
    form = TableFilter(query, priorities=priorities_of(plan), owners=owners_to_choose(user))
    rows: QuerySet[Action] = list_page(columns_on_screen(plan)).ordered(
        form.narrow(table_actions(user, form.wanted(plan))), query
    )
    return rows


def may_move(user: Reader, plan: Plan) -> bool:
    """Whether the person may bring the plan to any next state."""
    return any(
        permissions.can_change_plan_state(user, plan, move.to_state)
        for move in plan_moves_from(plan.state_now)
        if move.to_state != PlanState.ROLLED_OVER
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


def _column(place: int, column: PrintedColumn) -> Column:
    sort = SORTS.get(column.meaning, ())
    return Column(
        column.meaning if sort else f"column-{place}",
        heading_on_screen(column),
        sort=sort,
        empty_last=column.meaning == "timescale",
        hidden_label=not heading_to_print(column),
    )


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
