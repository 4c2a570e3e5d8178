"""The list of plans, and a plan as its printed table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.plans import permissions
from sightline.plans.choices import LABELS
from sightline.plans.forms.plans import PlanFilter
from sightline.plans.models import Plan
from sightline.plans.pages.looks import PLAN_COLOURS
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
    """One plan of the list."""

    href: str
    name: str
    group: str
    period: str
    state: str
    state_colour: str
    figures: Figures


@dataclass(frozen=True)
class PlanListPage:
    """The list of plans."""

    listing: Listing[PlanRow]
    may_import: bool
    may_write: bool


def list_page(user: Reader, query: QueryDict) -> PlanListPage:
    """The plans that the address asks for, with their counts."""
    found = PLANS.read(query, plans_visible_to(user))
    figures = figures_of(user, found.rows)
    rows = found.with_rows(_row(plan, figures[plan.pk]) for plan in found.rows)
    return PlanListPage(rows, permissions.can_run_import(user), permissions.can_write_plan(user))


def _row(plan: Plan, figures: Figures) -> PlanRow:
    return PlanRow(
        href=addresses.of_plan(plan.key),
        name=plan.name,
        group=str(plan.group or ""),
        period=plan.period_raw,
        state=LABELS[plan.state_now],
        state_colour=PLAN_COLOURS[plan.state_now],
        figures=figures,
    )
