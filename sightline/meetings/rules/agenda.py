"""Places and times on an agenda, and for which meeting an item waits. Source: `decisions/0042`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar

from sightline.screens.words import count

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """Something that may be read, at its place among all. `gap`: what stands before it and may not be, in words."""

    what: T
    place: int
    gap: str = ""


def placed(all_of: Iterable[T], may: Callable[[T], bool]) -> tuple[list[Placed[T]], str]:
    """What may be read, each at its place among all of them; and what stands behind the last that may not be."""
    found: list[Placed[T]] = []
    last, place = 0, 0
    for place, each in enumerate(all_of, 1):
        if may(each):
            found.append(Placed(each, place, gap(last + 1, place - 1)))
            last = place
    return found, gap(last + 1, place)


def gap(first: int, last: int) -> str:
    """The places that somebody may not read, in words: nothing but that they are there; empty for none."""
    if last < first:
        return ""
    if first == last:
        return f"{first}. One confidential item"
    return f"{first} to {last}. {count(last - first + 1, 'confidential item')}"


def next_for(day: date, days: Sequence[date], *, after: bool = False) -> int | None:
    """Which of these days, in their order, is the first from that day on, or `after` it; None where there is none."""
    fits = (at for at, each in enumerate(days) if each > day or (each == day and not after))
    return next(fits, None)


def begins(starts_at: time | None, lasts: Iterable[int | None]) -> Iterator[time | None]:
    """When each item begins, by the minutes of those before it; None from where one of them is not known."""
    now = datetime.combine(date.min, starts_at) if starts_at else None
    for minutes in lasts:
        yield now.time() if now else None
        now = now + timedelta(minutes=minutes) if now and minutes is not None else None


def minutes_over(starts_at: time | None, ends_at: time | None, lasts: Sequence[int | None]) -> int:
    """By how many minutes the items of which it is known take longer than the meeting; 0 where they do not."""
    if starts_at is None or ends_at is None:
        return 0
    room = (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute
    return max(0, sum(each or 0 for each in lasts) - room)
