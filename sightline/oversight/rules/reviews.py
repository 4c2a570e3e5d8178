"""When access is reviewed. Plain values only; the numbers are a definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sightline import definitions


@dataclass(frozen=True)
class ReviewNumbers:
    """How far apart reviews are, in which month the partnership's year begins, and how long one may wait."""

    every_months: int
    first_month: int
    grace: timedelta
    remind_every: timedelta
    from_tier: str


@cache
def review_numbers() -> ReviewNumbers:
    """The numbers of sightline/definitions/oversight.yaml."""
    said = definitions.load("oversight")["review"]
    return ReviewNumbers(
        said["every_months"],
        said["first_month"],
        timedelta(days=said["grace_days"]),
        timedelta(days=said["remind_every_days"]),
        said["from_tier"],
    )


def first_day_of_part(day: date, numbers: ReviewNumbers) -> date:
    """The first day of the part of the partnership's year that the day lies in."""
    since = (day.month - numbers.first_month) % numbers.every_months
    months = day.year * 12 + day.month - 1 - since
    return date(months // 12, months % 12 + 1, 1)


def part_in_words(first_day: date, numbers: ReviewNumbers) -> str:
    """The part of the year that begins with this day: “October to December 2026”, or its one month."""
    months = first_day.year * 12 + first_day.month - 1 + numbers.every_months - 1
    last = date(months // 12, months % 12 + 1, 1)
    if last == first_day:
        return f"{last:%B %Y}"
    return f"{first_day:{'%B' if first_day.year == last.year else '%B %Y'}} to {last:%B %Y}"


def reminder_number(opened_on: date, today: date, numbers: ReviewNumbers) -> int:
    """Which reminder is due: 0 with the opening, then one for each full wait since."""
    return (today - opened_on).days // numbers.remind_every.days
