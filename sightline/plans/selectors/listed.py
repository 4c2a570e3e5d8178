"""A list of actions as plain cells, read a part at a time: what is kept for lists, nothing that is looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from sightline.plans.choices import EXCEPTION_LABELS, IMPACT_LABELS, LABELS, DeliveryState
from sightline.plans.models import Action, Placement, Plan

AT_ONCE = 2_000
_LABELS: dict[str, str] = {str(word): label for word, label in LABELS.items()}
IMPACTS = {str(word): label for word, label in IMPACT_LABELS.items()}
STATES = {state.value: LABELS[state] for state in DeliveryState}
_KINDS = {kind.value: label for kind, label in EXCEPTION_LABELS.items()}

# Heading, and the column it shows.
COLUMNS = (
    ("Reference", "reference"),
    ("Number", "current_number_label"),
    ("Priority", "priority__number"),
    ("Action", "text"),
    ("Owners", "current_owner_label"),
    ("By when", "current_timescale_label"),
    ("Due", "current_due_on"),
    ("Times slipped", "current_slips"),
    ("State", "state"),
    ("Delivery", "current_delivery_rating"),
    ("Impact", "current_impact_rating"),
    ("Last update on", "current_update_on"),
    ("Last update", "current_update_text"),
    ("To look at", "current_exceptions"),
)
HEADINGS = tuple(heading for heading, _ in COLUMNS)


def listed_cells(actions: QuerySet[Action]) -> Iterator[tuple[str, ...]]:
    """The cells of each action under `HEADINGS`. Days are written 2026-06-15, so that they can be sorted."""
    read = actions.values_list(*(column for _, column in COLUMNS))
    for row in read.iterator(chunk_size=AT_ONCE):
        yield _cells(row)


# Of one plan: its own actions, and those of other plans that stand in it.
PLAN_HEADINGS = (*HEADINGS, "Belongs to")


def plan_cells(
    plan: Plan, actions: QuerySet[Action], places: Sequence[Placement]
) -> Iterator[tuple[str, ...]]:
    """The cells under `PLAN_HEADINGS`: the plan's own, then those placed in it, with its numbers and priorities."""
    for cells in listed_cells(actions):
        yield (*cells, plan.name)
    if not places:
        return
    placed = Action.objects.filter(pk__in=[place.action_id for place in places])
    told = {cells[0]: cells[3:] for cells in listed_cells(placed)}
    for place in places:
        reference = place.action.reference
        priority = place.priority.number if place.priority else ""
        yield (reference, place.number, priority, *told[reference], place.action.plan.name)


def _cells(row: tuple[Any, ...]) -> tuple[str, ...]:
    (
        reference,
        number,
        priority,
        text,
        owners,
        when,
        due,
        slips,
        state,
        delivery,
        impact,
        heard,
        update,
        kinds,
    ) = row
    return (
        reference,
        number,
        priority or "",
        text,
        owners,
        when,
        _day(due),
        str(slips),
        STATES.get(state, state),
        _LABELS.get(delivery, delivery),
        IMPACTS.get(impact, impact),
        _day(heard),
        update,
        "; ".join(_KINDS.get(kind, kind) for kind in kinds.split(",") if kind),
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
