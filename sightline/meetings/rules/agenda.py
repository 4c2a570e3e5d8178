"""Places on an agenda: an item has the same number for every reader. Source: `decisions/0042`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
