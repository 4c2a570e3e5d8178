"""Which days are counted: the ends of the last months, and the day itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

MONTHS_COUNTED = 12


def month_ends_before(on: date, months: int = MONTHS_COUNTED) -> list[date]:
    """The last days of so many months before the day, oldest first. The day itself is none of them."""
    found: list[date] = []
    day = on
    while len(found) < months:
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]


def days_to_count(on: date) -> list[date]:
    """The ends of the last twelve months, then the day."""
    return [*month_ends_before(on), on]


def no_longer_counted(days: Iterable[date], on: date) -> list[date]:
    """Days counted before that are no month's end: yesterday's count gives way to today's; month ends stay."""
    return [day for day in days if day != on and (day + timedelta(days=1)).day != 1]
