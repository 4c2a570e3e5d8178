"""What can be found: each app offers its kinds of record, and says who may read the record that guards each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from sightline.events.choices import Tier
from sightline.events.floors import floor_of


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the index keeps of one record. `guard_id` is the record that is asked who may find this one."""

    kind: str
    record_id: int
    guard_id: int
    title: str
    url: str
    body: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told beside a result: where it stands, and ratings as (whose, value)."""

    place: str = ""
    ratings: tuple[tuple[str, str], ...] = ()
    title: str = ""


def _no_facts(user: Any, numbers: Collection[int]) -> Mapping[int, Facts]:
    return {}


@dataclass(frozen=True)
class Guard:
    """A kind of record that is asked who may read it.

    `visible` is the app's own scoped selector, None where the person may read none; `facts` says more of records
    already known to be visible, by number, in one query.
    """

    key: str
    visible: Callable[[Any], QuerySet[Any] | None]
    facts: Callable[[Any, Collection[int]], Mapping[int, Facts]] = _no_facts


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be found. `records` gives all of them and `indexed` what the index keeps of some.

    `of_guard`: its title says little by itself, and the guard's is shown before it.
    """

    key: str
    label: tuple[str, str]
    guard: str
    model: type[Model]
    records: Callable[[], QuerySet[Any]]
    indexed: Callable[[Iterable[Any]], Iterable[Indexed]]
    order: int = 50
    of_guard: bool = False


# Where a text names one record ("SL-00012"): its address, where the person may read it.
Jump = Callable[[Any, str], str | None]


@dataclass(frozen=True)
class Offer:
    """All that one app lets people find."""

    guards: tuple[Guard, ...]
    kinds: tuple[Kind, ...]
    jumps: tuple[Jump, ...] = ()


_offered: dict[str, Offer] = {}


def offer(app_label: str, offered: Offer) -> None:
    """Let an app's records be found. A second call for the same app replaces the first.

    Raises ValueError for a restricted kind: not even its words may lie in the index.
    """
    if closed := [kind.key for kind in offered.kinds if floor_of(kind.model) == Tier.T4]:
        raise ValueError(f"Restricted records are not found by searching: {', '.join(closed)}.")
    _offered[app_label] = offered


def kinds() -> dict[str, Kind]:
    """Every kind by key, in the order they are told in."""
    found = [kind for offered in _offered.values() for kind in offered.kinds]
    return {kind.key: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.key))}


def guards() -> dict[str, Guard]:
    """Every guard by key."""
    return {guard.key: guard for offered in _offered.values() for guard in offered.guards}


def jumps() -> list[Jump]:
    """Every way in which a text may name one record."""
    return [jump for offered in _offered.values() for jump in offered.jumps]
