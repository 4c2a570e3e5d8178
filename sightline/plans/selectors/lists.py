"""Lists of actions: filtered, sorted and paged by index, never counted beyond ten thousand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy

from sightline.plans.choices import OPEN_STATES
from sightline.plans.models import Action, Plan
from sightline.plans.rules.owners import as_listed
from sightline.plans.selectors.owned import (
    Numbers,
    is_owned_by,
    owned_by_agency,
    owned_by_group,
    without_holder,
)
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.visible import actions_visible_to
from sightline.plans.selectors.worded import MOST_SOUGHT, holding
from sightline.screens.counting import MOST_COUNTED, count_up_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


class Sort(StrEnum):
    """The orders a list of actions is offered in."""

    PRINTED = "printed"
    NUMBER = "number"
    DUE = "due"
    DELIVERY = "delivery"
    UPDATED = "updated"


_ORDERS: dict[Sort, tuple[str | OrderBy, ...]] = {
    Sort.PRINTED: ("order", "pk"),
    Sort.NUMBER: ("current_number_sort", "pk"),
    Sort.DUE: (F("current_due_on").asc(nulls_last=True), "pk"),
    Sort.DELIVERY: ("current_delivery_rating", "order", "pk"),
    Sort.UPDATED: (F("current_update_on").asc(nulls_first=True), "pk"),
}


@dataclass(frozen=True, slots=True)
class ActionFilter:
    """What a list shows: every empty field lets everything through. `words` must all stand in text, number or owner.

    `is_vacant`: only where nobody holds a post that answers for it. `walks`: the owner has so many actions that the
    list is walked in its order, each action asked whose it is (`walked`); what it lets through is the same.
    """

    plan: Plan | None = None
    state: str = ""
    is_open: bool | None = None
    delivery: str = ""
    impact: str = ""
    exception: str = ""
    owner_group: str = ""
    owner_agency: str = ""
    is_vacant: bool = False
    priority: int | None = None
    due_before: date | None = None
    words: str = ""
    theme: str = ""
    walks: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A count that stops at ten thousand."""

    number: int

    def __str__(self) -> str:
        return f"more than {MOST_COUNTED:,}" if self.number > MOST_COUNTED else f"{self.number:,}"


def bounded_count(rows: QuerySet[Any]) -> Counted:
    """How many rows, looking at no more than ten thousand and one."""
    return Counted(count_up_to(rows, MOST_COUNTED))


def list_actions(
    user: Reader, wanted: ActionFilter | None = None, sort: Sort = Sort.PRINTED
) -> QuerySet[Action]:
    """The actions a person may read that the filter lets through, in order; slice it for a page."""
    return with_parties(actions_listed(user, wanted, sort))


def actions_listed(
    user: Reader, wanted: ActionFilter | None = None, sort: Sort = Sort.PRINTED
) -> QuerySet[Action]:
    """The same without owners, sources and numbers, for whoever reads those by themselves or not at all."""
    chosen = wanted or ActionFilter()
    actions = actions_visible_to(user).filter(_columns(chosen), *_owners(chosen), holding(chosen.words))
    lead: Sequence[str] = () if chosen.plan or sort != Sort.PRINTED else ("plan__name", "plan_id")
    return actions.order_by(*lead, *_ORDERS[sort])


def walked(wanted: ActionFilter) -> ActionFilter:
    """The filter as the rows of a page are best read: walking the list where the owner has very many actions.

    A page of them is near in any order, but sorting them all is not; counting them all by walking would not be. Asks
    once where an owner is named; not where words are, for those narrow the list already.
    """
    owned = _owned(wanted)
    if owned is None or wanted.words.strip():
        return wanted
    some = owned.values_list("action", flat=True)[: MOST_SOUGHT + 1]
    return replace(wanted, walks=len(some) > MOST_SOUGHT)


def most_counted(wanted: ActionFilter) -> int | None:
    """How far a page of this list is counted; None for as far as any list."""
    return MOST_SOUGHT if wanted.walks or wanted.words.strip() else None


def _columns(wanted: ActionFilter) -> Q:
    given = {
        "plan": wanted.plan,
        "state": wanted.state,
        "current_delivery_rating": wanted.delivery,
        "current_impact_rating": wanted.impact,
        "priority_id": wanted.priority,
        "current_due_on__lt": wanted.due_before,
        "theme_marks__theme": wanted.theme,
    }
    found = Q(**{column: value for column, value in given.items() if value})
    if wanted.is_open is not None:
        found &= Q(state__in=OPEN_STATES) if wanted.is_open else ~Q(state__in=OPEN_STATES)
    if wanted.exception:
        found &= Q(current_exception_count__gt=0, current_exceptions__contains=as_listed(wanted.exception))
    return found


def _owners(wanted: ActionFilter) -> list[Q]:
    vacant = [Q(pk__in=without_holder())] if wanted.is_vacant else []
    owned = _owned(wanted)
    if owned is None:
        return vacant
    if not wanted.walks:
        return [*vacant, Q(pk__in=owned)]
    return [*vacant, Q(is_owned_by(wanted.owner_group, wanted.owner_agency))]


def _owned(wanted: ActionFilter) -> Numbers | None:
    """What the owner has, where one is named."""
    if wanted.owner_group:
        return owned_by_group(wanted.owner_group)
    return owned_by_agency(wanted.owner_agency) if wanted.owner_agency else None
