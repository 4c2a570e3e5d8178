"""Who stands behind "unit", "group:KEY" and the like: offered from above, where accounts and roles are known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be told: what is `asked` of them by scope, and of which scopes they hear news."""

    user_id: int
    name: str
    email: str
    asked: frozenset[str]
    hears: frozenset[str]


Readers = Callable[[date], Iterable[Reader]]
_offered: list[Readers] = []


def offer(found: Readers) -> None:
    """Let it be known who may be told on a day. A second call replaces the first."""
    _offered[:] = [found]


def readers(on: date) -> list[Reader]:
    """Everybody with an open account and a current role, on this day."""
    return [reader for found in _offered for reader in found(on)]
