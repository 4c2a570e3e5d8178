"""What lies ahead, offered by each app: the forward plan and calendars are made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something on a day. Of what every member reads (T1), and nothing else: calendars leave the house.

    `key` is the same whenever it is asked for, for calendars that update what they hold; `state` a word and its colour;
    `is_own`: it is of whoever asks, and told to nobody else.
    """

    key: str
    on: date
    kind: str
    title: str
    group: str
    group_key: str
    href: str = ""
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""
    state: tuple[str, str] = ("", "")
    is_own: bool = False


AheadOf = Callable[[Any, date, date], Iterable[Ahead]]
_offered: dict[str, AheadOf] = {}


def offer(app_label: str, of: AheadOf) -> None:
    """Let an app tell what somebody may know to lie between two days. A second call replaces the first."""
    _offered[app_label] = of


def ahead(user: Any, first: date, last: date) -> list[Ahead]:
    """All that lies between the days, both counted, in order; a query an app."""
    found = [each for of in _offered.values() for each in of(user, first, last)]
    return sorted(
        found, key=lambda each: (each.on, each.starts_at is None, each.starts_at, each.group, each.key)
    )
