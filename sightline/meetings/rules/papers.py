"""When papers of a meeting are due, and which are late. Numbers: `definitions/packs.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sightline import definitions


@dataclass(frozen=True, slots=True)
class PackNumbers:
    """Days, sizes and times. Each is explained in the definition file."""

    papers_due_days: int
    pack_most_megabytes: int
    paper_most_pages: int
    joining_seconds: int
    converting_seconds: int


def numbers_from(definition: Any) -> PackNumbers:
    """The numbers of a definition that keeps to its schema."""
    return PackNumbers(**{name: entry["value"] for name, entry in definition["numbers"].items()})


@cache
def standard() -> PackNumbers:
    """The numbers that ship with Sightline."""
    return numbers_from(definitions.load("packs"))


def papers_due_on(held_on: date, days: int) -> date:
    """The last day on which a paper of a meeting is in time, where papers are due so many days before it."""
    return held_on - timedelta(days=days)


def is_late(handed_in: date, due_on: date) -> bool:
    """Whether a paper, or a newer version of it, came after the day."""
    return handed_in > due_on
