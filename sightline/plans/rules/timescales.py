"""Which day a printed timescale stands for (`documents.md` A4)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from sightline.plans.choices import FIRM_KINDS, REVIEW_KINDS, TimescaleKind

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def last_day(printed: str) -> date:
    """The last day of an ISO day, month or year: "2019-01" is 31 January 2019. Raises ValueError on anything else."""
    found = _ISO.fullmatch(printed)
    if not found:
        raise ValueError(f"“{printed}” is no day, month or year.")
    year, month = int(found[1]), int(found[2] or 12)
    if not 1 <= month <= 12:
        raise ValueError(f"“{printed}” is no month.")
    return date(year, month, int(found[3]) if found[3] else monthrange(year, month)[1])


def firm_date(kind: TimescaleKind, dates: Sequence[str]) -> date | None:
    """The day by which it must be done, that day included: the last of two; none for kinds that promise none."""
    return max(map(last_day, dates)) if dates and kind in FIRM_KINDS else None


def review_date(kind: TimescaleKind, dates: Sequence[str]) -> date | None:
    """The day somebody looks again (review, meeting, report to a board); the action itself may stay open."""
    return max(map(last_day, dates)) if dates and kind in REVIEW_KINDS else None
