"""What may be published: of one action, beside its promise, and of a whole plan on a page of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.forms.publishable import PublishableFilter
from sightline.plans.models import Action, Plan
from sightline.plans.pages.looks import after, day, day_or_nothing
from sightline.plans.pages.said import Lines
from sightline.plans.reports.publishable import PUBLISHABLE_FORMATS
from sightline.plans.rules import addresses
from sightline.plans.rules.tiers import may_be_published
from sightline.plans.selectors.action import Told
from sightline.plans.selectors.publishable import publishable_actions
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

PUBLISHABLE = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("action", "Action, in the words of the plan"),
        Column("text", "What may be published"),
        Column("update", "Latest update that may be published"),
    ),
    filter_form=PublishableFilter,
    size=50,
)


@dataclass(frozen=True)
class PublishableShown:
    """What may be published of an action. `says`: who agreed, or why there is nothing; `mark` stands over updates."""

    text: str
    says: str
    mark: str
    may_edit: bool


@dataclass(frozen=True)
class PublishableRow:
    """One action of the page. `edit`: where its words are written, for those who may."""

    href: str
    label: str
    action: str
    text: str
    agreed: str
    update: str
    update_on: date | None
    edit: str


@dataclass(frozen=True)
class PublishablePage:
    """What may be published of a plan. `is_closed`: nothing may, for not every member reads the plan."""

    plan: Plan
    listing: Listing[PublishableRow]
    is_closed: bool


def publishable_of(action: Action, lines: Lines, may_edit: bool) -> PublishableShown:
    """What may be published of an action, from the lines of its history."""
    last = lines[Told.PUBLISHABLE][-1] if lines[Told.PUBLISHABLE] else None
    text = last.text if last else ""
    if not may_be_published(action.tier, action.plan.tier):
        says = "Nothing: this action is read only by those it concerns."
        return PublishableShown("", says, "Held back: not read by every member", may_edit and bool(text))
    says = "Nothing is agreed yet."
    if last:
        agreed = after(last.said_by, " by ")
        on = day_or_nothing(last.as_at)
        says = f"Agreed{agreed}, {on}" if text else f"Nothing any more: withdrawn{agreed}, {on}."
    return PublishableShown(text, says, "May be published", may_edit)


def publishable_page(user: Reader, plan: Plan, query: QueryDict) -> PublishablePage:
    """The page that the address asks for; its queries do not grow with the plan."""
    is_closed = not may_be_published(plan.tier)
    exports = {} if is_closed or not permissions.can_export_plan(user, plan) else exports_of(plan)
    found = PUBLISHABLE.read(query, publishable_actions(user, plan), exports=exports)
    may_write = permissions.can_write_plan(user, plan)
    return PublishablePage(plan, found.with_rows(_rows(found.rows, may_write)), is_closed)


def whole_publishable(user: Reader, plan: Plan, query: QueryDict) -> Any:
    """All the actions that the page lists, filtered as it is, for taking away."""
    return PublishableFilter(query).narrow(publishable_actions(user, plan))


def exports_of(plan: Plan) -> dict[str, str]:
    """The formats the page can be taken away in."""
    return {
        label: reverse("plans:publishable_download", args=[plan.key, format])
        for format, label in PUBLISHABLE_FORMATS.items()
    }


def publishable_initial(action: Action) -> dict[str, Any]:
    """What may be published of an action as its form begins; who agreed is said anew."""
    last = action.publishable_texts.last()
    return {"text": last.text if last else ""}


def publishable_standing(action: Action) -> tuple[SummaryRow, ...]:
    """What may be published now, for somebody who had seen something else."""
    last = action.publishable_texts.last()
    text = last.text if last else ""
    return (SummaryRow("What may be published", text or "Nothing"), SummaryRow("The action", action.text))


def _rows(actions: Iterable[Any], may_write: bool) -> list[PublishableRow]:
    return [_row(action, may_write) for action in actions]


def _row(action: Any, may_write: bool) -> PublishableRow:
    return PublishableRow(
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        action=action.text,
        text=action.public_text,
        agreed=f"Agreed by {action.public_agreed_by}, {day(action.public_as_at)}"
        if action.public_text
        else "",
        update=action.public_update,
        update_on=action.public_update_on,
        edit=reverse("plans:publishable_edit", args=[action.reference]) if may_write else "",
    )
