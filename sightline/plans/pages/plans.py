"""The list of plans, and a plan as its printed table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.plans import permissions
from sightline.plans.choices import LABELS
from sightline.plans.forms.plans import PlanFilter
from sightline.plans.models import Plan
from sightline.plans.pages.looks import PLAN_COLOURS, day
from sightline.plans.rules import addresses
from sightline.plans.selectors import plans_visible_to
from sightline.plans.selectors.figures import Figures, figures_of
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

PLANS = ListPage(
    noun=("plan", "plans"),
    columns=(
        Column("name", "Plan", sort=("name",)),
        Column("group", "Group", sort=("group__name",), empty_last=True),
        Column("period", "Period", sort=("starts_on",), empty_last=True),
        Column("state", "State", sort=("state", "name")),
        Column("open", "Open", numeric=True),
        Column("red", "Red", numeric=True),
        Column("overdue", "Overdue", numeric=True),
        Column("silent", "Silent", numeric=True),
    ),
    filter_form=PlanFilter,
    order="name",
)


@dataclass(frozen=True)
class PlanRow:
    """One plan of the list. `figures` is None where there are too many actions and no night has counted the plan."""

    href: str
    name: str
    group: str
    period: str
    state: str
    state_colour: str
    figures: Figures | None


@dataclass(frozen=True)
class PlanListPage:
    """The list of plans. `counted`: why the figures are not those of this moment, "" where they are."""

    listing: Listing[PlanRow]
    may_import: bool
    may_write: bool
    counted: str = ""


def list_page(user: Reader, query: QueryDict) -> PlanListPage:
    """The plans that the address asks for, with their counts."""
    found = PLANS.read(query, plans_visible_to(user))
    figures = figures_of(user, found.rows)
    rows = found.with_rows(_row(plan, figures.get(plan.pk)) for plan in found.rows)
    said = _counted([row.figures for row in rows.rows])
    return PlanListPage(rows, permissions.can_run_import(user), permissions.can_write_plan(user), said)


def _counted(figures: Sequence[Figures | None]) -> str:
    """Why figures are of another day or missing; nothing where all are of now."""
    on = next((each.on for each in figures if each and each.on), None)
    if on:
        return f"There are more than 10,000 actions here: the figures were counted on {day(on)}."
    return "" if all(figures) else "There are more than 10,000 actions here: they are counted in the night."


def _row(plan: Plan, figures: Figures | None) -> PlanRow:
    return PlanRow(
        href=addresses.of_plan(plan.key),
        name=plan.name,
        group=str(plan.group or ""),
        period=plan.period_raw,
        state=LABELS[plan.state_now],
        state_colour=PLAN_COLOURS[plan.state_now],
        figures=figures,
    )
