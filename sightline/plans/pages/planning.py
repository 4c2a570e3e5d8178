"""Changing a plan by hand: what is printed over it, its priorities and outcomes, and adding actions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sightline.partners.selectors import match_owner
from sightline.plans.choices import LABELS, PriorityKind
from sightline.plans.forms.promises import ActionForm
from sightline.plans.models import Outcome, Plan, Priority, Strand
from sightline.plans.pages.looks import day_or_nothing
from sightline.plans.rules import addresses
from sightline.plans.rules.printing import KEY_RATINGS, key_in_order
from sightline.plans.selectors.naming import names_with
from sightline.plans.selectors.planning import priorities_with_parts
from sightline.plans.services import ActionGiven, OwnerGiven
from sightline.plans.services.timescales import timescale_given
from sightline.screens.elements import SummaryRow
from sightline.screens.words import count

FIELDS = ("name", "group", "period_raw", "starts_on", "ends_on", "tier")


@dataclass(frozen=True)
class PriorityShown:
    """A priority with its outcomes, and how many actions stand under it."""

    number: int
    title: str
    aim: str
    outcomes: tuple[tuple[int, str], ...]
    actions: str
    strands: tuple[tuple[int, str], ...] = ()
    is_function: bool = False


@dataclass(frozen=True)
class PlanningPage:
    """A plan as the unit changes it."""

    plan: Plan
    back: str
    facts: tuple[SummaryRow, ...]
    legend: tuple[SummaryRow, ...]
    priorities: tuple[PriorityShown, ...]


def planning_page(plan: Plan) -> PlanningPage:
    """The plan's head and its printed structure."""
    shown = tuple(
        PriorityShown(
            priority.pk,
            priority.band,
            priority.aim,
            tuple((outcome.pk, outcome.text) for outcome in priority.outcomes.all()),
            count(getattr(priority, "action_count", 0), "action"),
            tuple((strand.pk, str(strand)) for strand in priority.strands.all()),
            priority.kind == PriorityKind.FUNCTION,
        )
        for priority in priorities_with_parts(plan)
    )
    return PlanningPage(plan, addresses.of_plan(plan.key), plan_rows(plan), legend_rows(plan), shown)


def legend_rows(plan: Plan) -> tuple[SummaryRow, ...]:
    """The plan's own key, word by word."""
    return tuple(
        SummaryRow(word, KEY_RATINGS.get(r, r).capitalize()) for word, r in key_in_order(plan.legend)
    )


def plan_rows(plan: Plan) -> tuple[SummaryRow, ...]:
    """What is printed over a plan; what is not known is left out."""
    rows = (
        ("Name", plan.name),
        ("Group", str(plan.group or "")),
        ("Period", plan.period_raw),
        ("First day", day_or_nothing(plan.starts_on)),
        ("Last day", day_or_nothing(plan.ends_on)),
        ("State", LABELS[plan.state_now]),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def plan_initial(plan: Plan) -> dict[str, Any]:
    """The plan as its form begins."""
    return {name: getattr(plan, name) for name in FIELDS}


def priority_initial(priority: Priority) -> dict[str, Any]:
    """A priority as its form begins."""
    return {name: getattr(priority, name) for name in ("kind", "number", "title", "aim")}


def strand_rows(strand: Strand) -> tuple[SummaryRow, ...]:
    """A strand as it stands."""
    rows = (("Number", strand.number), ("Title", strand.title))
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def priority_rows(priority: Priority) -> tuple[SummaryRow, ...]:
    """A priority as it stands."""
    is_function = priority.kind == PriorityKind.FUNCTION
    rows = (
        ("It is", LABELS[PriorityKind.FUNCTION] if is_function else ""),
        ("Number", priority.number),
        ("Title", priority.title),
        ("Aim", priority.aim),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def outcome_rows(outcome: Outcome) -> tuple[SummaryRow, ...]:
    """An outcome as it stands."""
    return (SummaryRow("What will be different for children", outcome.text),)


def action_given(plan: Plan, form: ActionForm) -> ActionGiven:
    """A new action as the service takes it: owners matched by the names read with the plan, its dates as on paper."""
    said, names = form.cleaned_data, names_with(plan)
    lines = [line.strip() for line in said["owners"].splitlines() if line.strip()]
    return ActionGiven(
        text=said["text"],
        priority=said["priority"],
        outcome=said["outcome"],
        strand=said.get("strand"),
        numbers=form.numbers_given(),
        items=form.items_given(),
        owners=[OwnerGiven(line, match_owner(line, names)) for line in lines],
        timescale=timescale_given(said["timescale"]) if said["timescale"] else None,
    )
