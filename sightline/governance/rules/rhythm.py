"""When safeguarding leads are to be confirmed, and terms of reference reviewed.

Source: issue of the register (each quarter); the numbers stand in `definitions/governance.yaml`.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sightline import definitions


@dataclass(frozen=True, slots=True)
class Numbers:
    """Days and months of the rhythm. Each is explained in the definition file."""

    lead_confirmed_days: int
    terms_review_months: int
    terms_remind_days: int


def numbers_from(definition: Any) -> Numbers:
    """The numbers of a definition that keeps to its schema."""
    return Numbers(**{name: entry["value"] for name, entry in definition["numbers"].items()})


@cache
def standard() -> Numbers:
    """The numbers that ship with Sightline."""
    return numbers_from(definitions.load("governance"))


def confirm_by(confirmed_on: date, numbers: Numbers) -> date:
    """The last day of the quarter for which a lead is confirmed."""
    return confirmed_on + timedelta(days=numbers.lead_confirmed_days)


def last_confirmed_enough(on: date, numbers: Numbers) -> date:
    """Leads confirmed before this day wait to be confirmed."""
    return on - timedelta(days=numbers.lead_confirmed_days)


def awaits_confirmation(confirmed_on: date, on: date, numbers: Numbers) -> bool:
    """Whether the quarter for which a lead was confirmed is over."""
    return confirm_by(confirmed_on, numbers) < on


def next_review(starts_on: date, numbers: Numbers) -> date:
    """When terms of reference that hold from a day are to be reviewed; the last of the month where it is shorter."""
    years, month = divmod(starts_on.month - 1 + numbers.terms_review_months, 12)
    year, month = starts_on.year + years, month + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1]))


def review_is_near(review_due_on: date, on: date, numbers: Numbers) -> bool:
    """Whether the review is due, or so soon that it is to be put on an agenda."""
    return review_due_on - timedelta(days=numbers.terms_remind_days) <= on
