"""Actions of other plans on a plan's page: with this plan's number, and which plan they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.plans.choices import LABELS
from sightline.plans.models import Placement
from sightline.plans.pages.looks import ACTION_COLOURS
from sightline.plans.rules import addresses


@dataclass(frozen=True)
class PlacedRow:
    """One action that belongs to another plan and stands in this one too."""

    number: str
    href: str
    text: str
    home: str
    home_href: str
    priority: str
    owners: str
    when: str
    delivery: str
    impact: str
    state: str
    state_colour: str
    tiers: tuple[str, str]


def placed_rows(places: Sequence[Placement]) -> tuple[PlacedRow, ...]:
    """The rows in order."""
    return tuple(_row(place) for place in places)


def _row(place: Placement) -> PlacedRow:
    action = place.action
    return PlacedRow(
        number=place.number or action.reference,
        href=addresses.of_action(action.reference),
        text=action.text,
        home=action.plan.name,
        home_href=addresses.of_plan(action.plan.key),
        priority=place.priority.own_name if place.priority else "",
        owners=action.current_owner_label,
        when=action.current_timescale_label,
        delivery=action.current_delivery_rating,
        impact=action.current_impact_rating,
        state=LABELS[action.state_now],
        state_colour=ACTION_COLOURS[action.state_now],
        tiers=(action.tier, action.plan.tier),
    )
