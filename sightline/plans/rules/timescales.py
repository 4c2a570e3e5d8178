"""Which day a printed timescale stands for (`documents.md` A4)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from sightline.plans.choices import FIRM_KINDS, REVIEW_KINDS, TimescaleKind

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _parts(printed: str) -> tuple[int, int | None, int | None]:
    found = _ISO.fullmatch(printed)
    if not found:
        raise ValueError(f"“{printed}” is no day, month or year.")
    return int(found[1]), int(found[2]) if found[2] else None, int(found[3]) if found[3] else None


def _day(printed: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{printed}” is not in the calendar.") from None


def last_day(printed: str) -> date:
    """The last day of an ISO day, month or year: "2019-01" is 31 January 2019. Raises ValueError on anything else."""
    year, month, day = _parts(printed)
    last_month = 12 if month is None else month
    whole = monthrange(year, last_month)[1] if 1 <= last_month <= 12 else 31
    return _day(printed, year, last_month, whole if day is None else day)


def first_day_of(printed: str) -> date:
    """The first day of an ISO day, month or year. Raises ValueError on anything else."""
    year, month, day = _parts(printed)
    return _day(printed, year, 1 if month is None else month, 1 if day is None else day)


def latest_day(dates: Sequence[str]) -> date | None:
    """The last of several printed dates, each to its last day; None where there is none. Raises ValueError."""
    return max(map(last_day, dates), default=None)


def first_day(dates: Sequence[str]) -> date | None:
    """The first of several printed dates, each from its first day; None where there is none. Raises ValueError."""
    return min(map(first_day_of, dates), default=None)


def firm_date(kind: TimescaleKind, dates: Sequence[str]) -> date | None:
    """The day by which it must be done, that day included: the last of two; none for kinds that promise none."""
    return latest_day(dates) if kind in FIRM_KINDS else None


def review_date(kind: TimescaleKind, dates: Sequence[str]) -> date | None:
    """The day somebody looks again (review, meeting, report to a board); the action itself may stay open."""
    return latest_day(dates) if kind in REVIEW_KINDS else None
