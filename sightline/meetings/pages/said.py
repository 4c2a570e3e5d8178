"""The log of decisions, and the log of what meetings asked people to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.meetings import permissions, reports
from sightline.meetings.forms.items import DecisionFilter, GroupActionFilter
from sightline.meetings.pages.meetings import FORMATS, list_table
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.pages.spoken import ActionShown, DecisionShown, action_shown, decision_shown
from sightline.meetings.selectors.items import actions_of_meetings, decisions_visible_to
from sightline.meetings.selectors.told import last_told
from sightline.partners.selectors import groups_among
from sightline.rendering.document import Document
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

DECISIONS = ListPage(
    noun=("decision", "decisions"),
    columns=(
        Column("number", "Number", sort=("pk",)),
        Column("text", "Decision", sort=("text", "pk")),
        Column("group", "Group", sort=("group__name", "decided_on")),
        Column("day", "Decided", sort=("decided_on", "pk")),
        Column("how", "How", sort=("how", "decided_on")),
        Column("standing", "Where it stands", sort=("ruling", "decided_on")),
    ),
    filter_form=DecisionFilter,
    order="-day",
)
ACTIONS = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "Number", sort=("pk",)),
        Column("text", "Action", sort=("text", "pk")),
        Column("owner", "Owner", sort=("owner", "due_on")),
        Column("group", "Group", sort=("group__name", "due_on")),
        Column("said", "Said on", sort=("meeting__held_on", "pk")),
        Column("due", "By", sort=("due_on", "pk"), empty_last=True),
        Column("done", "Where it stands", sort=("done_on", "due_on"), empty_last=True),
    ),
    filter_form=GroupActionFilter,
    order="due",
)


@dataclass(frozen=True)
class DecisionsPage:
    """The log of decisions."""

    sections: tuple[Section, ...]
    listing: Listing[DecisionShown]
    may_add: bool


@dataclass(frozen=True)
class ActionsPage:
    """The log of actions. `ask`: where the owners of the group that is chosen are asked how theirs stand."""

    sections: tuple[Section, ...]
    listing: Listing[ActionShown]
    ask: str


def decisions_page(user: Reader, query: QueryDict) -> DecisionsPage:
    """The decisions that the address asks for."""
    rows = decisions_visible_to(user)
    form = DecisionFilter(query, groups=groups_among(rows))
    found = DECISIONS.read(query, rows, form=form, exports=exports(user, "decisions"))
    shown = found.with_rows(
        decision_shown(each, keeps=permissions.can_keep(user, each.group)) for each in found.rows
    )
    return DecisionsPage(sections("meetings:decisions"), shown, permissions.keeps_any(user))


def actions_page(user: Reader, query: QueryDict, on: date) -> ActionsPage:
    """The actions of meetings that the address asks for."""
    rows = actions_of_meetings(user)
    form = GroupActionFilter(query, groups=groups_among(rows))
    found = ACTIONS.read(query, rows, form=form, exports=exports(user, "actions"))
    told = last_told(found.rows)
    shown = found.with_rows(
        action_shown(each, on, keeps=permissions.can_keep(user, each.group), told=told.get(each.pk))
        for each in found.rows
    )
    chosen = form.chosen.get("group", "")
    may_ask = chosen and scope_of(user).holds(Permission.PLAN_WRITE)
    ask = reverse("plans:group_rounds", args=[chosen]) if may_ask else ""
    return ActionsPage(sections("meetings:actions"), shown, ask)


def exports(user: Reader, which: str) -> dict[str, str] | None:
    """Where a list is taken away, by format; None for whoever takes none."""
    if not permissions.can_export(user):
        return None
    return {label: reverse("meetings:list_export", args=[which, name]) for label, name in FORMATS.items()}


def decision_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The decisions as they are narrowed and ordered, whole, as a table to take away."""
    found = decisions_visible_to(user)
    rows = DECISIONS.ordered(DecisionFilter(query, groups=groups_among(found)).narrow(found), query)
    cells = map(reports.decision_cells, rows.iterator(chunk_size=500))
    return reports.table("Decisions", reports.DECISION_COLUMNS, cells, marking)


def action_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The actions as they are narrowed and ordered, whole, as a table to take away."""
    found = actions_of_meetings(user)
    rows = ACTIONS.ordered(GroupActionFilter(query, groups=groups_among(found)).narrow(found), query)
    cells = map(reports.action_cells, rows.iterator(chunk_size=500))
    return reports.table("Actions of meetings", reports.ACTION_COLUMNS, cells, marking)


TABLES: dict[str, Callable[[Any, QueryDict, str], Document]] = {
    "meetings": list_table,
    "decisions": decision_table,
    "actions": action_table,
}
