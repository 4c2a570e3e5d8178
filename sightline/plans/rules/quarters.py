"""Quarters of the financial year, which begins in April: April to June 2026 is the first of 2026/27."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("April to June", "July to September", "October to December", "January to March")


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter: the year in which its financial year begins, and its number there, 1 to 4."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """As an address writes it: "2026-1"."""
        return f"{self.year}-{self.number}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(*_begins(self), 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def label(self) -> str:
        """In words: "April to June 2026 (quarter 1 of 2026/27)"."""
        year = f"{self.year}/{(self.year + 1) % 100:02d}"
        return f"{_MONTHS[self.number - 1]} {self.first_day.year} (quarter {self.number} of {year})"


def _begins(quarter: Quarter) -> tuple[int, int]:
    return (quarter.year + 1, 1) if quarter.number == 4 else (quarter.year, 1 + 3 * quarter.number)


def quarter_of(day: date) -> Quarter:
    """The quarter a day lies in."""
    if day.month < 4:
        return Quarter(day.year - 1, 4)
    return Quarter(day.year, (day.month - 1) // 3)


def quarter_named(key: str) -> Quarter | None:
    """The quarter that an address names; None for anything else."""
    year, _, number = key.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")):
        return None
    return Quarter(int(year), int(number)) if 1 < int(year) < 9_998 else None
