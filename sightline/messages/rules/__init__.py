"""When a mail is tried again. Plain values only."""

from __future__ import annotations

from datetime import timedelta

# About two and a half days of tries: a mail server that is down over a weekend loses nothing.
MOST_ATTEMPTS = 20
LONGEST_WAIT = timedelta(hours=4)
FORGOTTEN = "The text of this mail was a key, and was forgotten when it was sent."


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many failed tries: a minute, doubling up to four hours."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


def is_given_up(attempts: int) -> bool:
    """Whether no further try is made by itself."""
    return attempts >= MOST_ATTEMPTS
