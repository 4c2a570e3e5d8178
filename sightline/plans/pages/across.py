"""The list of actions across plans, and the list of exceptions with the sentence why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import FLAGS, LABELS, OPEN_STATES, DeliveryState, Embedding, ExceptionKind
from sightline.plans.forms.lists import ActionListFilter, ExceptionFilter
from sightline.plans.models import Action, Standing
from sightline.plans.reports.lists import ListedAction, cells_now, cells_then
from sightline.plans.rules import addresses
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.selectors import facts_of
from sightline.plans.selectors.across import (
    ANY,
    actions_across,
    plans_to_choose,
    priorities_to_choose,
    reports_to_choose,
    standings_across,
)
from sightline.plans.selectors.standings import counted_days
from sightline.plans.selectors.table import owners_to_choose
from sightline.plans.selectors.worded import most_counted
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_NUMBER = Column("number", "No.", sort=("current_number_sort",))
_ACTION = Column("action", "Action")
_PLAN = Column("plan", "Plan")
_OWNERS = Column("owners", "Owners")
ACTIONS = ListPage(
    noun=("action", "actions"),
    columns=(
        _NUMBER,
        _ACTION,
        _PLAN,
        _OWNERS,
        Column("due", "By when", sort=("current_due_on",), empty_last=True),
        Column("delivery", "Delivery", sort=("current_delivery_rating",)),
        Column("impact", "Impact", sort=("current_impact_rating",)),
        Column("update", "Last update", sort=("current_update_on",)),
    ),
    filter_form=ActionListFilter,
    order="due",
)
ACTIONS_THEN = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "No.", sort=("action__current_number_sort",)),
        _ACTION,
        _PLAN,
        _OWNERS,
        Column("due", "By when", sort=("due_on",), empty_last=True),
        Column("delivery", "Delivery", sort=("delivery",)),
        Column("impact", "Impact", sort=("impact",)),
        Column("update", "Last update", sort=("update_on",)),
    ),
    filter_form=ActionListFilter,
    order="due",
)
EXCEPTIONS = ListPage(
    noun=("exception", "exceptions"),
    columns=(
        _NUMBER,
        _ACTION,
        _PLAN,
        _OWNERS,
        Column("due", "By when", sort=("current_due_on",), empty_last=True),
        Column("why", "Why it is here", sort=("-current_exception_count",)),
    ),
    filter_form=ExceptionFilter,
    order="due",
)


@dataclass(frozen=True)
class AcrossPage:
    """The list. `as_at`: the counted day it shows, in words; "" for now."""

    listing: Listing[ListedAction]
    as_at: str
    today_address: str
    may_report: bool


def actions_page(user: Reader, query: QueryDict) -> AcrossPage:
    """The actions that the address asks for."""
    form = action_filter(user, query)
    exports = _exports(user, "plans:actions_export")
    if form.day:
        then = ACTIONS_THEN.read(
            query,
            standings_across(user, form.chosen, form.day),
            exports=exports,
            form=form,
            most_counted=most_counted(form.chosen),
        )
        return _page(user, then.with_rows(row_then(standing) for standing in then.rows), day(form.day))
    found = ACTIONS.read(
        query,
        actions_across(user, form.chosen),
        exports=exports,
        form=form,
        most_counted=most_counted(form.chosen),
    )
    return _page(user, found.with_rows(row_now(action) for action in found.rows))


def exceptions_page(user: Reader, query: QueryDict, on: date) -> AcrossPage:
    """The exceptions of all plans that the address asks for, each with every reason why."""
    form = exception_filter(user, query)
    found = EXCEPTIONS.read(
        query,
        exceptions_across(user, form),
        exports=_exports(user, "plans:exceptions_export"),
        form=form,
        most_counted=most_counted(form.chosen),
    )
    facts = facts_of(found.rows, on)
    rows = [row_now(a, tuple(r.sentence for r in exceptions(facts[a.pk], on))) for a in found.rows]
    return _page(user, found.with_rows(rows))


def exceptions_across(user: Reader, form: ExceptionFilter) -> Any:
    """The actions with any exception that the filter lets through."""
    return actions_across(user, {"exception": ANY, **form.chosen})


def action_filter(user: Reader, query: QueryDict) -> ActionListFilter:
    """The filter of the list of actions, with what this person may choose from."""
    return ActionListFilter(
        query,
        plans=plans_to_choose(user),
        owners=owners_to_choose(user),
        priorities=priorities_to_choose(user, query.get("plan", "")),
        days=counted_days(),
    )


def exception_filter(user: Reader, query: QueryDict) -> ExceptionFilter:
    """The filter of the list of exceptions."""
    return ExceptionFilter(
        query, plans=plans_to_choose(user), owners=owners_to_choose(user), reports=reports_to_choose(user)
    )


def cells_to_export(user: Reader, query: QueryDict, *, only_exceptions: bool) -> Iterator[tuple[str, ...]]:
    """The cells of every row that the address asks for, in its order, read a part at a time."""
    if only_exceptions:
        chosen = exception_filter(user, query)
        narrowed = EXCEPTIONS.ordered(exceptions_across(user, chosen), query)
        return cells_now(narrowed)
    form = action_filter(user, query)
    if form.day:
        then = ACTIONS_THEN.ordered(standings_across(user, form.chosen, form.day), query)
        return cells_then(then)
    return cells_now(ACTIONS.ordered(actions_across(user, form.chosen), query))


def row_now(action: Action, why: tuple[str, ...] = ()) -> ListedAction:
    """An action as it stands."""
    return _row(
        action,
        action,
        action.current_delivery_rating,
        action.current_impact_rating,
        action.current_embedding,
        action.current_exceptions,
        action.current_due_on or action.current_review_on,
        action.current_update_on,
        why=why,
    )


def row_then(standing: Standing) -> ListedAction:
    """An action as it stood on a counted day."""
    return _row(
        standing.action,
        standing,
        standing.delivery,
        standing.impact,
        standing.embedding,
        standing.exceptions,
        standing.due_on,
        standing.update_on,
    )


def _row(
    action: Action,
    stood: Action | Standing,
    delivery: str,
    impact: str,
    embedding: str,
    kinds: str,
    due_on: date | None,
    update_on: date | None,
    why: tuple[str, ...] = (),
) -> ListedAction:
    state = DeliveryState(stood.state)
    return ListedAction(
        href=addresses.of_action(action.reference),
        reference=action.reference,
        number=action.current_number_label,
        text=action.text,
        plan=action.plan.name,
        plan_href=addresses.of_plan(action.plan.key),
        priority=f"Priority {action.priority.number}" if action.priority else "",
        owners=action.current_owner_label,
        timescale=action.current_timescale_label if stood is action else "",
        due_on=due_on,
        state="" if state in OPEN_STATES and state != DeliveryState.NOT_STARTED else LABELS[state],
        delivery=delivery,
        impact=impact,
        embedding=LABELS[Embedding(embedding)],
        is_complete=state == DeliveryState.COMPLETE,
        update_on=update_on,
        update=action.current_update_text if stood is action else "",
        flags=tuple(FLAGS[ExceptionKind(kind)] for kind in kinds.split(",") if kind and kind in FLAGS),
        why=why,
    )


def _page(user: Reader, listing: Listing[ListedAction], as_at: str = "") -> AcrossPage:
    return AcrossPage(listing, as_at, listing.address(as_at=None), permissions.can_run_report(user))


def _exports(user: Reader, name: str) -> dict[str, str]:
    return {"CSV": reverse(name)} if permissions.can_export(user) else {}
