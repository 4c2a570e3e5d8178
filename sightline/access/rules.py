"""What is true of signing in and of memberships. Plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

FAILURES_BEFORE_WAITING = 5
WINDOW = timedelta(minutes=15)
WAIT = timedelta(minutes=5)


def wait_left(failures: Sequence[datetime], now: datetime) -> timedelta:
    """How long this account must wait at this address; zero where it need not.

    Failures count per account and address together, so that nobody can lock somebody else out from elsewhere.
    """
    recent = [moment for moment in failures if now - moment < WINDOW]
    if len(recent) < FAILURES_BEFORE_WAITING:
        return timedelta(0)
    return max(max(recent) + WAIT - now, timedelta(0))


def is_current(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a membership holds on the day: both its first and its last day count."""
    return starts_on <= on and (ends_on is None or ends_on >= on)


def normal_email(email: str) -> str:
    """The one form in which an e-mail address is kept and compared."""
    return email.strip().lower()
