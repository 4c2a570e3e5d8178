"""What attendance means: who is counted, what counts for a seat, for an agency, and when it is low.

Attended = present, remote or by a deputy, deputies also shown apart; apologies and absence count against; a vacant
seat, and one that did not stand yet or any more, leave the denominator; development days count only where the group
says so; an agency attends by any of its seats. Source: `decisions/0044`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sightline import definitions
from sightline.meetings.choices import ATTENDED, Attendance
from sightline.reading.interpreters.people import is_possible


class Mark(StrEnum):
    """How one place of a seat stands in the figures of one meeting."""

    PRESENT = "present"
    REMOTE = "remote"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    VACANT = "vacant"
    NO_SEAT = "no_seat"
    UNSAID = "unsaid"


MARK_LABELS: dict[Mark, str] = {
    Mark.PRESENT: "Present",
    Mark.REMOTE: "Remotely",
    Mark.DEPUTY: "Deputy",
    Mark.APOLOGIES: "Apologies",
    Mark.ABSENT: "Absent",
    Mark.VACANT: "Vacant",
    Mark.NO_SEAT: "Not a seat",
    Mark.UNSAID: "Not entered",
}
CAME = (Mark.PRESENT, Mark.REMOTE, Mark.DEPUTY)
AGAINST = (Mark.APOLOGIES, Mark.ABSENT)
# What tells most of an agency with several seats stands first.
ORDER = (*CAME, *AGAINST, Mark.UNSAID, Mark.VACANT, Mark.NO_SEAT)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of attendance. Each is explained in the definition file."""

    low_below_percent: int
    low_from_meetings: int
    year_begins_in_month: int


def numbers_from(definition: Any) -> Numbers:
    """The numbers of a definition that keeps to its schema."""
    return Numbers(**{name: entry["value"] for name, entry in definition["numbers"].items()})


@cache
def standard() -> Numbers:
    """The numbers that ship with Sightline (`definitions/attendance.yaml`)."""
    return numbers_from(definitions.load("attendance"))


def mark_of(said: Attendance | None, *, is_held: bool, stands: bool) -> Mark:
    """The mark of a place. Whoever came is counted, however the seat stood; nobody's absence is not."""
    if said in ATTENDED:
        return Mark(said.value)
    if not stands:
        return Mark.NO_SEAT
    if not is_held:
        return Mark.VACANT
    return Mark(said.value) if said else Mark.UNSAID


def combined(marks: Iterable[Mark]) -> Mark:
    """The mark of an agency at a meeting from all of its seats: it attends by any of them."""
    there = set(marks)
    return next((mark for mark in ORDER if mark in there), Mark.NO_SEAT)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a seat, an agency or a group was there. `counted`: the meetings, or seats at meetings, that count."""

    attended: int = 0
    deputies: int = 0
    apologies: int = 0
    absent: int = 0
    unsaid: int = 0
    vacant: int = 0

    @property
    def counted(self) -> int:
        """The denominator: attended, apologies and absent."""
        return self.attended + self.apologies + self.absent

    @property
    def percent(self) -> int | None:
        """Of those that count, whole per cent, halves upwards; None where nothing counts."""
        return (200 * self.attended + self.counted) // (2 * self.counted) if self.counted else None

    def is_low(self, numbers: Numbers) -> bool:
        """Whether it is below the threshold, over enough meetings to say so."""
        percent = self.percent
        return (
            percent is not None
            and self.counted >= numbers.low_from_meetings
            and percent < numbers.low_below_percent
        )

    @property
    def numbers(self) -> tuple[int, ...]:
        """The six of it, in their order."""
        return self.attended, self.deputies, self.apologies, self.absent, self.unsaid, self.vacant

    def __add__(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(*(one + another for one, another in zip(self.numbers, other.numbers, strict=True)))


def tally(marks: Sequence[Mark]) -> Tally:
    """The tally of a number of marks."""
    return Tally(
        attended=sum(marks.count(mark) for mark in CAME),
        deputies=marks.count(Mark.DEPUTY),
        apologies=marks.count(Mark.APOLOGIES),
        absent=marks.count(Mark.ABSENT),
        unsaid=marks.count(Mark.UNSAID),
        vacant=marks.count(Mark.VACANT),
    )


def counts(*, is_development: bool, group_counts_development: bool) -> bool:
    """Whether a meeting counts in figures of attendance."""
    return group_counts_development or not is_development


def year_of(day: date, numbers: Numbers) -> int:
    """The year of attendance that a day lies in, by the calendar year in which it begins."""
    return day.year if day.month >= numbers.year_begins_in_month else day.year - 1


def year_label(year: int, numbers: Numbers) -> str:
    """2026 where years begin in January; else 2026 to 2027."""
    return str(year) if numbers.year_begins_in_month == 1 else f"{year} to {year + 1}"


def printed_is_possible(value: float, unit: str, meetings: int | None) -> bool:
    """Whether a printed figure can be right for so many meetings; it can where nobody knows how many there were.

    A percentage has to be some number of meetings, rounded or cut off; a number of meetings no more than there were.
    """
    if not meetings:
        return True
    return is_possible(value, meetings) if unit == "%" else 0 <= value <= meetings
