"""Kinds of round: each app offers what it asks about, and the page on which a personal link is answered.

It stands here so that requests know neither plans nor meetings: a round is about the record of a number, of a kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """A round of a kind, about the record of a number, that closes: `number` is its own."""

    kind: str
    record: int
    number: int
    opened_on: date
    closed_on: date


@dataclass(frozen=True)
class RoundKind:
    """A kind of round.

    `address`: the name of the page that a link opens, with the secret in it; `typed`: the name of the page on which the
    unit types what somebody told, with the number of whoever was asked; `home`: the address from which rounds about
    the record of this number are opened; `is_wanted`: whether anybody may still be written to about it; `closed`:
    keeps what the app needs of a round that closes at this moment, in the same transaction, with a fixed number of
    statements whatever the round's size.
    """

    key: str
    address: str
    typed: str
    home: Callable[[int], str]
    is_wanted: Callable[[int], bool]
    closed: Callable[[Closing, datetime], None]


_offered: dict[str, tuple[RoundKind, ...]] = {}


def offer(app_label: str, kinds: Iterable[RoundKind]) -> None:
    """Let rounds be opened about an app's records. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(kinds)


def kind_named(key: str) -> RoundKind:
    """The kind of this key. Raises LookupError."""
    for kind in (kind for kinds in _offered.values() for kind in kinds):
        if kind.key == key:
            return kind
    raise LookupError(f"No app offers a round called {key!r}.")
