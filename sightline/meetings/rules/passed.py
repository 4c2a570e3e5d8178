"""How far what a meeting said was passed on: who is asked, who told, and what samples found.

Everybody who held a seat on the day is asked, whether they came or not: papers go to all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.meetings.choices import Reach


@dataclass(frozen=True, slots=True)
class Cascade:
    """Of the seats that were held, how many told; of the samples, how many found that it arrived."""

    asked: int = 0
    told: int = 0
    checked: int = 0
    arrived: int = 0

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
