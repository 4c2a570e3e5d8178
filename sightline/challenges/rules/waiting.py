"""How long challenges wait: whether an answer is late, how old one is, how many days answers took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import median

from sightline.challenges.choices import ChallengeState

# Ages that open challenges are counted by: up to so many days since they were raised. A local choice, not law.
AGES: tuple[tuple[str, int, int | None], ...] = (
    ("Up to 28 days", 0, 28),
    ("29 to 91 days", 29, 91),
    ("92 days or more", 92, None),
)


def is_late(state: ChallengeState, due_on: date, on: date) -> bool:
    """Whether an answer is waited for beyond the day it was asked for by."""
    return state == ChallengeState.RAISED and due_on < on


def days_open(raised_on: date, closed_on: date | None, on: date) -> int:
    """For how many days it has been open, or was."""
    return ((closed_on or on) - raised_on).days


def median_days(answered: Iterable[tuple[date, date]]) -> float | None:
    """The median of days from raising to the first answer; None where nothing was answered."""
    days = [(answer - raised).days for raised, answer in answered]
    return median(days) if days else None
