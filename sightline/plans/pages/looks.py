"""How states, days and names are written on the pages of plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from sightline.plans.choices import (
    IN_THE_PLAN,
    LABELS,
    DeliveryState,
    Embedding,
    ImportState,
    PlanState,
    ReceivedHow,
    TimescaleKind,
)
from sightline.plans.rules import addresses
from sightline.plans.rules.themes import name_of
from sightline.screens.words import day as day

PLAN_COLOURS: Mapping[PlanState, str] = {
    PlanState.DRAFT: "yellow",
    PlanState.APPROVED: "blue",
    PlanState.IN_FORCE: "green",
    PlanState.CLOSED: "grey",
    PlanState.ROLLED_OVER: "grey",
}
ACTION_COLOURS: Mapping[DeliveryState, str] = {
    DeliveryState.NOT_STARTED: "grey",
    DeliveryState.IN_PROGRESS: "yellow",
    DeliveryState.COMPLETE: "blue",
    DeliveryState.CLOSED_OTHER: "grey",
    DeliveryState.SUPERSEDED: "grey",
}
EMBEDDING_COLOURS: Mapping[Embedding, str] = {
    Embedding.NONE_SET: "grey",
    Embedding.WAITING: "yellow",
    Embedding.PASSED: "green",
    Embedding.FAILED: "red",
}
# What an import is called where an action says where it came from.
KEPT_IMPORTS = IN_THE_PLAN | {ImportState.WITHDRAWN}
_RECURRING = "comes again and is never overdue, only silent"
TIMESCALE_WORDS: Mapping[TimescaleKind, str] = {
    TimescaleKind.RECURRING: _RECURRING,
    TimescaleKind.ONGOING: "goes on and is never overdue, only silent",
    TimescaleKind.IMMEDIATE: "at once: never overdue, only silent",
    TimescaleKind.REVIEW: "a review",
    TimescaleKind.MEETING: "a meeting",
    TimescaleKind.REPORT_TO_BOARD: "a report",
    TimescaleKind.UNKNOWN: "no day could be read from these words",
}


def label_of(labels: Mapping[StrEnum, str], word: str) -> str:
    """The label of a stored word; the word itself where nobody has named it."""
    return next((text for key, text in labels.items() if key.value == word), word)


def how_label(word: str) -> str:
    """How something was received, in words."""
    return LABELS[ReceivedHow(word)] if word in set(ReceivedHow) else word


def day_or_nothing(value: date | None) -> str:
    """A day in words; nothing for no day."""
    return day(value) if value else ""


def after(words: str, start: str) -> str:
    """ "{start} {words}" where there are words, else nothing."""
    return f"{start}{words}" if words else ""


def themes_shown(keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Name and address of each theme, by name."""
    return tuple(sorted((name_of(key), addresses.of_theme(key)) for key in keys))
