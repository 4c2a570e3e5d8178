"""How long something is kept, and the day before which it must have happened to be over."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a period is counted in."""

    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True)
class Period:
    """A number of years, months or days."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number} {self.unit if self.number != 1 else self.unit.removesuffix('s')}"

    def told(self) -> dict[str, int]:
        """As definitions have it."""
        return {self.unit.value: self.number}

    def after(self, day: date) -> date:
        """The first day on which the period from this day is over. Raises OverflowError beyond the calendar."""
        if self.unit == Unit.DAYS:
            return day + timedelta(days=self.number)
        return _months_on(day, self.number * (12 if self.unit == Unit.YEARS else 1))

    def before(self, today: date) -> date:
        """The last day from which the period is over today: what happened then or earlier is due.

        It is looked for around the same day so many months back, since months differ in length.
        """
        if self.unit == Unit.DAYS:
            return today - timedelta(days=min(self.number, (today - date.min).days))
        found = _months_on(today, -self.number * (12 if self.unit == Unit.YEARS else 1))
        while found > date.min and self.after(found) > today:
            found -= timedelta(days=1)
        while self.after(found + timedelta(days=1)) <= today:
            found += timedelta(days=1)
        return found


def period_named(said: Mapping[str, int] | str) -> Period | None:
    """The period of a definition; None for "permanent"."""
    if isinstance(said, str):
        return None
    [(unit, number)] = said.items()
    return Period(number, Unit(unit))


def _months_on(day: date, months: int) -> date:
    """The same day so many months on (or back); where that month lacks it, the first of the next: never early."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        raise OverflowError("beyond the calendar")
    if year < date.min.year:
        return date.min
    last = monthrange(year, month + 1)[1]
    first = date(year, month + 1, 1)
    return first + timedelta(days=min(day.day, last + 1) - 1)
