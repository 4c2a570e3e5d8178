"""How sentences write days, counts and lists, on screens, in rules and in the journal: no Django, no records."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day(value: date | None) -> str:
    """30 September 2018; nothing for no day."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else ""


def count(number: int, one: str, many: str = "") -> str:
    """1 day; 3 days."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(words: list[str]) -> str:
    """a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
