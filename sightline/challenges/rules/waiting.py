"""How long challenges wait: whether an answer is late, how old one is, how many days answers took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

from sightline import definitions
from sightline.challenges.choices import ChallengeState, Chaser


@dataclass(frozen=True, slots=True)
class Age:
    """Open challenges of so many days, by the day they were raised; `most` is None for the last."""

    least: int
    most: int | None

    @property
    def label(self) -> str:
        """The age in words."""
        if self.most is None:
            return f"{self.least} days or more"
        return f"{self.least} to {self.most} days" if self.least else f"Up to {self.most} days"


def ages_from(definition: Any) -> tuple[Age, ...]:
    """The ages of a definition that keeps to its schema: every number of days falls into one."""
    starts = sorted(definition["ages_from_days"])
    return (*(Age(least, after - 1) for least, after in pairwise(starts)), Age(starts[-1], None))


@cache
def ages() -> tuple[Age, ...]:
    """The ages that ship with Sightline."""
    return ages_from(definitions.load("logs"))


@dataclass(frozen=True, slots=True)
class Ladder:
    """Days after which what is late is chased, beside whom it waits for: of answers, and of reviews of risks."""

    unit_after_days: int
    asker_after_days: int
    review_unit_after_days: int

    def chasers(self, due_on: date, on: date) -> frozenset[Chaser]:
        """Who chases an answer that was asked for by a day; nobody while it is not late."""
        waits = {Chaser.UNIT: self.unit_after_days, Chaser.ASKER: self.asker_after_days}
        return frozenset(chaser for chaser, days in waits.items() if (on - due_on).days >= days)

    def chases_review(self, due_on: date, on: date) -> bool:
        """Whether the unit chases a review that was due on a day."""
        return (on - due_on).days >= self.review_unit_after_days


@cache
def ladder() -> Ladder:
    """The days that ship with Sightline. Source: a local choice, see the definition."""
    return Ladder(**definitions.load("logs")["late"])


def is_late(state: ChallengeState, due_on: date, on: date) -> bool:
    """Whether an answer is waited for beyond the day it was asked for by."""
    return state == ChallengeState.RAISED and due_on < on


def days_open(raised_on: date, closed_on: date | None, on: date) -> int:
    """For how many days it has been open, or was."""
    return ((closed_on or on) - raised_on).days


def middle_of(number: int) -> slice:
    """Of so many in order, those between which the median lies: one, or two."""
    return slice(max(number - 1, 0) // 2, number // 2 + 1)


def median_days(middle: Sequence[tuple[date, date]]) -> float | None:
    """The median of days from raising to the first answer, of those in the middle; None where nothing was answered."""
    return median((answer - raised).days for raised, answer in middle) if middle else None
