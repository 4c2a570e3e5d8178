"""A plan's printed table as it stood on a day: the same headings and rows, nothing that can be changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import LABELS, DeliveryRating, ExceptionKind
from sightline.plans.forms.table import TableFilterThen
from sightline.plans.models import Action, Plan, Priority
from sightline.plans.pages.looks import PLAN_COLOURS
from sightline.plans.pages.placed import placed_rows
from sightline.plans.pages.rows import Bands, TableRow, table_rows
from sightline.plans.pages.table import (
    EXPORT_LABELS,
    PRINTED,
    Figure,
    PlanPage,
    approval_words,
    columns_on_screen,
    figures,
    keys_of,
    link_kind,
    list_page,
)
from sightline.plans.selectors.figures import Figures
from sightline.plans.selectors.placed import placed_then
from sightline.plans.selectors.then import (
    MOST_THEN,
    Leaves,
    PlanThen,
    Stood,
    actions_of_plan_then,
    edits_since,
    moment_of,
    plan_then,
    stood,
    undo_head,
)
from sightline.screens.counting import count_up_to
from sightline.screens.lists import Listing, ListPage
from sightline.screens.looking_back import LookingBack

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

TOO_LONG = (
    f"More than {MOST_THEN:,} actions stood in this plan. It can be leafed through as it stood, and not filtered, "
    "sorted, counted or taken away."
)
NOT_YET = "The plan was not kept here yet."


def plan_page_then(
    user: Reader, plan: Plan, query: QueryDict, looking: LookingBack, on: date
) -> tuple[PlanPage, LookingBack]:
    """The page of the plan's table as it stood by the end of the day, and what its banner says of it."""
    moment = moment_of(on)
    then = plan_then(plan, moment)
    there = actions_of_plan_then(user, plan, moment)
    length = count_up_to(there)
    is_short = length <= MOST_THEN
    actions: Sequence[Action] = list(there) if is_short else Leaves(there, length)
    places = placed_then(user, plan, moment)
    # Those of other plans are read together with the plan's own.
    placed = [place.action for place in places]
    edits = edits_since([*actions, *placed] if is_short else (), moment, plan, user)
    undo_head(plan, edits)
    whole = _own(stood([*actions, *placed], moment, edits, then.state), plan) if is_short else []
    found = _listing(plan, query, looking, actions, whole)
    if is_short:
        shown = whole
    else:
        leaf = [*found.rows, *placed]
        shown = _own(stood(leaf, moment, edits_since(leaf, moment, plan, user), then.state), plan)
    page = replace(_page(user, plan, found, shown, then), placed=placed_rows(places))
    told = [] if then.state else [NOT_YET]
    told += [] if is_short else [TOO_LONG]
    counted = replace(page, figures=figures(figures_then(whole)) if is_short else None)
    return _with_day(counted, looking), replace(looking, short_of=tuple(told))


def _own(whole: Iterable[Stood], plan: Plan) -> list[Stood]:
    return [each for each in whole if each.action.plan_id == plan.pk]


def _listing(
    plan: Plan, query: QueryDict, looking: LookingBack, actions: Sequence[Action], whole: Sequence[Stood]
) -> Listing[Action]:
    """The page that the address asks for; a plan too long for one look has neither filter nor other orders."""
    lists = list_page(columns_on_screen(plan))
    if isinstance(actions, Leaves):
        plain = tuple(replace(column, sort=()) for column in lists.columns)
        lists = ListPage(columns=plain, noun=lists.noun, order=PRINTED, size=lists.size)
        return lists.read(query, actions, kept=looking.in_address)
    form = TableFilterThen(query, priorities=_priorities(whole))
    return lists.read(query, actions, form=form, kept=looking.in_address)


def _page(
    user: Reader, plan: Plan, found: Listing[Action], shown: Iterable[Stood], then: PlanThen
) -> PlanPage:
    columns = columns_on_screen(plan)
    printed = {each.action.pk: each.printed for each in shown}
    in_order = found.order == PRINTED
    bands = Bands(_priorities(shown) if in_order else (), with_empty=False)
    rows = table_rows(found.rows, columns, bands, in_order, [printed[action.pk] for action in found.rows])
    state = then.state or plan.state_now
    return PlanPage(
        plan=plan,
        state=LABELS[state],
        state_colour=PLAN_COLOURS[state],
        approval=approval_words(then.approval),
        figures=None,
        counted_on="",
        legend=keys_of(plan),
        listing=found.with_rows(rows),
        is_printed_order=in_order,
        printed_address=found.address(sort=None),
        exports=_exports(user, plan),
        last_bands=(),
        may_write=False,
        may_import=False,
        may_report=False,
        moves=False,
        link_kind=link_kind(columns),
    )


def _exports(user: Reader, plan: Plan) -> tuple[tuple[str, str], ...]:
    if not permissions.can_export_plan(user, plan):
        return ()
    return tuple(
        (label, reverse("plans:export", args=[plan.key, format])) for format, label in EXPORT_LABELS.items()
    )


def _priorities(shown: Iterable[Stood]) -> list[Priority]:
    """The priorities that the actions stood under, in printed order."""
    found = {each.action.priority.pk: each.action.priority for each in shown if each.action.priority}
    return sorted(found.values(), key=lambda priority: (priority.order, priority.pk))


def figures_then(whole: Sequence[Stood]) -> Figures:
    """The counts a chair looks at first, of the day."""
    actions = [each.action for each in whole]
    is_open = [action for action in actions if action.is_open]
    return Figures(
        actions=len(actions),
        open=len(is_open),
        red=sum(action.current_delivery_rating == DeliveryRating.RED for action in is_open),
        overdue=sum(ExceptionKind.OVERDUE in action.exception_kinds for action in actions),
        silent=sum(ExceptionKind.SILENT in action.exception_kinds for action in actions),
        exceptions=sum(action.current_exception_count > 0 for action in actions),
    )


def _with_day(page: PlanPage, looking: LookingBack) -> PlanPage:
    """The page with the day kept in every link that stays on it or leads to one of its actions."""
    day = looking.query
    listing: Listing[TableRow] = page.listing.with_rows(
        replace(row, href=f"{row.href}{day}") for row in page.listing.rows
    )
    shown = page.figures or ()
    return replace(
        page,
        listing=listing,
        placed=tuple(
            replace(row, href=f"{row.href}{day}", home_href=f"{row.home_href}{day}") for row in page.placed
        ),
        figures=tuple(
            Figure(f.number, f.words, f"{day}&{f.href.removeprefix('?')}", f.is_pressing) for f in shown
        )
        or None,
        exports=tuple((label, f"{href}{day}") for label, href in page.exports),
    )
