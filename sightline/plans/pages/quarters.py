"""A plan quarter by quarter: what falls due when, how it stands, and the actions of the quarter asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.plans.choices import LABELS, DeliveryRating, ImpactRating
from sightline.plans.forms.quarters import QuarterFilter
from sightline.plans.models import Action, Plan
from sightline.plans.pages.looks import ACTION_COLOURS
from sightline.plans.rules import addresses
from sightline.plans.rules.quarters import Quarter, quarter_of
from sightline.plans.selectors import list_actions
from sightline.plans.selectors.quarters import RECURRING, UNDATED, Falling, falling, with_days
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

WITHOUT = {RECURRING: "Recurring, ongoing or immediate", UNDATED: "No day is given"}


QUARTERLY = ListPage(
    noun=("action", "actions"),
    columns=(
        Column("number", "Number"),
        Column("action", "Action"),
        Column("when", "By when", sort=("falls_on",), empty_last=True),
        Column("state", "State"),
        Column("delivery", "Delivery"),
        Column("impact", "Impact"),
    ),
    filter_form=QuarterFilter,
    order="when",
    size=100,
)


@dataclass(frozen=True)
class QuarterRow:
    """One quarter counted; each count leads to its actions."""

    label: str
    href: str
    is_now: bool
    actions: int
    open: int
    complete: int
    delivery: tuple[tuple[str, int, str], ...]
    impact: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True)
class DueRow:
    """One action of the list."""

    href: str
    label: str
    text: str
    owners: str
    when: str
    slips: int
    state: str
    state_colour: str
    delivery: str
    impact: str


@dataclass(frozen=True)
class QuartersPage:
    """A plan by quarters. `rows` is None where it is too long to be counted for a page."""

    plan: Plan
    rows: tuple[QuarterRow, ...] | None
    listing: Listing[DueRow]


def quarters_page(user: Reader, plan: Plan, query: QueryDict, on: date) -> QuartersPage:
    """The page that the address asks for; its queries do not grow with the plan."""
    counted = falling(user, plan)
    form = QuarterFilter(query, quarters=to_choose(counted, plan, on))
    found = QUARTERLY.read(query, with_days(list_actions(user, form.wanted(plan))), form=form)
    rows = None if counted is None else tuple(_quarter_row(line, on) for line in counted)
    return QuartersPage(plan, rows, found.with_rows(_due_row(action) for action in found.rows))


def to_choose(counted: Sequence[Falling] | None, plan: Plan, on: date) -> list[tuple[str, str]]:
    """The quarters there are; for a plan too long to count, those of its years and what has no day."""
    if counted is not None:
        return [(_key(line), _label(line)) for line in counted]
    first = quarter_of(min(plan.starts_on or on, on))
    last = max(plan.ends_on or on, on)
    found: list[Quarter] = [first]
    while found[-1].next.first_day <= last and len(found) < 40:
        found.append(found[-1].next)
    return [*((quarter.key, quarter.label) for quarter in found), *WITHOUT.items()]


def _key(line: Falling) -> str:
    return line.quarter.key if line.quarter else line.kind


def _label(line: Falling) -> str:
    return line.quarter.label if line.quarter else WITHOUT[line.kind]


def _quarter_row(line: Falling, on: date) -> QuarterRow:
    href = f"?quarter={_key(line)}"
    return QuarterRow(
        label=_label(line),
        href=href,
        is_now=line.quarter == quarter_of(on),
        actions=line.actions,
        open=line.counts["open"],
        complete=line.counts["complete"],
        delivery=tuple(
            (r.value, line.counts[f"delivery_{r.value}"], f"{href}&delivery={r.value}")
            for r in DeliveryRating
        ),
        impact=tuple(
            (r.value, line.counts[f"impact_{r.value}"], f"{href}&impact={r.value}") for r in ImpactRating
        ),
    )


def _due_row(action: Action) -> DueRow:
    return DueRow(
        href=addresses.of_action(action.reference),
        label=action.current_number_label or action.reference,
        text=action.text,
        owners=action.current_owner_label,
        when=action.current_timescale_label,
        slips=action.current_slips,
        state=LABELS[action.state_now],
        state_colour=ACTION_COLOURS[action.state_now],
        delivery=action.current_delivery_rating,
        impact=action.current_impact_rating,
    )
