"""On which days the meetings of a series come: the same weekday of the month, or every so many weeks."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sightline.meetings.choices import Rhythm

MONTHS = {
    Rhythm.MONTH: 1,
    Rhythm.TWO_MONTHS: 2,
    Rhythm.QUARTER: 3,
    Rhythm.HALF_YEAR: 6,
    Rhythm.YEAR: 12,
}
WEEK, SIX_WEEKS = timedelta(weeks=1), timedelta(weeks=6)
# More than a month of two years has are a slip of the finger.
MOST = 24
IN_WORDS = ("first", "second", "third", "fourth", "last")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day on which a series may meet; `instead_of` is the bank holiday that it would have been, and its name."""

    day: date
    instead_of: date | None = None
    holiday: str = ""


def proposed(
    rhythm: Rhythm, first: date, until: date, holiday: Callable[[date], str]
) -> tuple[Proposed, ...]:
    """The days of a series from `first` to `until`, both included: at most `MOST`.

    A month asks for the same weekday as `first`: its second Tuesday, say; the fifth is the last. A bank holiday, by
    its name in `holiday`, gives way to the same weekday of the week after, but `first` is never moved. Where a group
    meets as needed, `first` alone is proposed.
    """
    found: list[Proposed] = []
    for day in _days(rhythm, first):
        if day > until or len(found) == MOST:
            break
        found.append(_free(day, holiday) if day != first else Proposed(day))
    return tuple(found)


def after(rhythm: Rhythm, last: date) -> date:
    """The day that follows `last` in this rhythm; `last` itself four weeks on where a group meets as needed."""
    days = _days(rhythm, last)
    next(days)
    return next(days, last + 4 * WEEK)


def in_words(rhythm: Rhythm, first: date) -> str:
    """ "on the second Tuesday of the month"; empty where the rhythm counts weeks, or there is none."""
    if rhythm not in MONTHS:
        return ""
    return f"on the {IN_WORDS[_which(first) - 1]} {first:%A} of the month"


def _days(rhythm: Rhythm, first: date) -> Iterator[date]:
    yield first
    day, count = first, 0
    while rhythm != Rhythm.AS_NEEDED:
        count += 1
        day = (
            first + count * SIX_WEEKS if rhythm == Rhythm.SIX_WEEKS else _later(first, count * MONTHS[rhythm])
        )
        yield day


def _later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    days = Calendar().itermonthdates(first.year + years, month + 1)
    same = [day for day in days if day.month == month + 1 and day.weekday() == first.weekday()]
    return same[min(_which(first), len(same)) - 1]


def _which(day: date) -> int:
    return (day.day - 1) // 7 + 1


def _free(day: date, holiday: Callable[[date], str]) -> Proposed:
    if not (name := holiday(day)):
        return Proposed(day)
    return Proposed(day + WEEK, day, name)
