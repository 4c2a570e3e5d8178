"""A list of actions: each as a page shows it, and all of them as cells of a file, read a part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, QuerySet, TextField, Value

from sightline.plans.choices import (
    FLAGS,
    LABELS,
    DeliveryRating,
    Embedding,
)
from sightline.plans.models import Action, Standing
from sightline.plans.selectors.listed import AT_ONCE, IMPACTS, STATES

HEADINGS = (
    "Reference", "No.", "Action", "Plan", "Priority", "Owners", "Timescale", "Due", "State", "Delivery", "Impact",
    "Embedding", "To look at", "Last update on", "Last update",
)  # fmt: skip
_RATINGS = {rating.value: LABELS[rating] for rating in DeliveryRating}
_TESTS = {test.value: LABELS[test] for test in Embedding}
_FLAGS = {kind.value: label for kind, label in FLAGS.items()}
# The columns that cells are made of: of an action as it stands, and of one as it stood on a counted day.
_WORDS = (
    "reference", "current_number_label", "text", "plan__name", "priority", "priority__number", "current_owner_label",
)  # fmt: skip
_NOW = (
    *_WORDS,
    "current_timescale_label", "current_due_on", "current_review_on", "state", "current_delivery_rating",
    "current_impact_rating", "current_embedding", "current_exceptions", "current_update_on", "current_update_text",
)  # fmt: skip
_THEN: tuple[Any, ...] = (
    *(f"action__{name}" for name in _WORDS),
    Value("", TextField()), "due_on", Value(None, DateField()), "state", "delivery", "impact", "embedding",
    "exceptions", "update_on", Value("", TextField()),
)  # fmt: skip


@dataclass(frozen=True)
class ListedAction:
    """One action of the list, as it stands now or stood on a counted day."""

    href: str
    reference: str
    number: str
    text: str
    plan: str
    plan_href: str
    priority: str
    owners: str
    timescale: str
    due_on: date | None
    state: str
    delivery: str
    impact: str
    embedding: str
    is_complete: bool
    update_on: date | None
    update: str
    flags: tuple[str, ...]
    why: tuple[str, ...] = ()


def cells_now(actions: QuerySet[Action]) -> Iterator[tuple[str, ...]]:
    """The cells under `HEADINGS` of actions as they stand."""
    return map(_cells, actions.values_list(*_NOW).iterator(chunk_size=AT_ONCE))


def cells_then(standings: QuerySet[Standing]) -> Iterator[tuple[str, ...]]:
    """The same of actions as they stood on a counted day: ratings, state and exceptions are the day's."""
    return map(_cells, standings.values_list(*_THEN).iterator(chunk_size=AT_ONCE))


def _cells(row: tuple[Any, ...]) -> tuple[str, ...]:
    reference, number, text, plan, priority, priority_number, owners, timescale, due, review, *stood = row
    state, delivery, impact, embedding, kinds, heard, update = stood
    on = due or review
    return (
        reference,
        number,
        text,
        plan,
        f"Priority {priority_number}" if priority else "",
        owners,
        timescale,
        on.isoformat() if on else "",
        STATES[state],
        _RATINGS[delivery],
        IMPACTS[impact],
        _TESTS[embedding],
        "; ".join(_FLAGS[kind] for kind in kinds.split(",") if kind in _FLAGS),
        heard.isoformat() if heard else "",
        update,
    )
