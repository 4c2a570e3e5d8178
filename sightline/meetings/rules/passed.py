"""How far what a meeting said was passed on: who is asked, who told, and what samples found.

Everybody who held a seat on the day is asked, whether they came or not: papers go to all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sightline import definitions
from sightline.meetings.choices import Reach
from sightline.screens.words import count


@dataclass(frozen=True, slots=True)
class Asking:
    """When members are asked how they passed a meeting on, in days after it, and how far apart requests are."""

    ask_after_days: int
    asked_for_days: int
    days_apart: int


@cache
def asking() -> Asking:
    """The numbers that ship with Sightline (`definitions/attendance.yaml`)."""
    return Asking(**definitions.load("attendance")["passing_on"])


@dataclass(frozen=True, slots=True)
class Cascade:
    """Of the seats that were held, how many told; of the samples, how many found that it arrived."""

    asked: int = 0
    told: int = 0
    checked: int = 0
    arrived: int = 0

    @property
    def numbers(self) -> tuple[int, ...]:
        """The four of it, in their order."""
        return self.asked, self.told, self.checked, self.arrived

    def __add__(self, other: Cascade) -> Cascade:
        """Both together."""
        return Cascade(*(one + another for one, another in zip(self.numbers, other.numbers, strict=True)))

    @property
    def percent(self) -> int | None:
        """How many told, in whole per cent, halves upwards; None where nobody is asked."""
        return (200 * self.told + self.asked) // (2 * self.asked) if self.asked else None


def cascade(asked: Sequence[int], told: Sequence[int], samples: Sequence[Reach]) -> Cascade:
    """The figures of seats by their numbers; whoever told more than once is counted once."""
    held = set(asked)
    return Cascade(
        len(held), len(held & set(told)), len(samples), sum(each is Reach.ARRIVED for each in samples)
    )


def cascade_told(figures: Cascade) -> str:
    """The figures in words."""
    if figures.percent is None:
        return "No seat was held on this day."
    told = (
        f"{figures.told:,} of {count(figures.asked, 'seat')} told how they passed it on: {figures.percent}%."
    )
    if not figures.checked:
        return f"{told} Nobody has checked a sample yet."
    arrived = f"{figures.arrived:,}" if figures.arrived else "none"
    return f"{told} {count(figures.checked, 'sample')} checked: in {arrived} it had arrived."
