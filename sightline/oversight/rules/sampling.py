"""Drawing a sample that nobody could have chosen, and that anybody can draw again."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable
from datetime import date, timedelta


def draw(entries: Iterable[tuple[int, str]], head: str, size: int) -> list[int]:
    """The numbers of `size` of these (number, digest), by the lot that a head of the journal gives to each.

    The head and the digests are MACs under a key that no member holds, so that nobody can foresee which entries are
    drawn; with the head written beside the sample, anybody with the journal can draw it again.
    """
    drawn = heapq.nsmallest(size, ((lot(head, digest), number) for number, digest in entries))
    return [number for _, number in drawn]


def lot(head: str, digest: str) -> str:
    """The lot of one entry under a head."""
    return hashlib.sha256(f"{head}\n{digest}".encode()).hexdigest()


def month_before(day: date) -> date:
    """The first day of the month before the day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)
