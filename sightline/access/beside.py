"""What other apps know of a record, shown on its own page: each app above offers its own, scoped to whoever looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Told:
    """One thing to show: where it was said, what, when, and where to read on."""

    title: str
    words: tuple[str, ...]
    on: date
    href: str


@dataclass(frozen=True)
class Beside:
    """What one app tells. `of` gives what it knows of a record, as far as somebody may read it, in one query.

    `tells`: whether it knows anything of this kind of record. `doing`: what somebody may begin with the record there,
    as words and address, without asking the database; None for whoever may not.
    """

    heading: str
    tells: Callable[[Model], bool]
    of: Callable[[Any, Model], Iterable[Told]]
    doing: Callable[[Any, Model], tuple[str, str] | None]


@dataclass(frozen=True)
class Shown:
    """What one app tells of one record."""

    heading: str
    told: tuple[Told, ...]
    doing: tuple[str, str] | None


_offered: dict[str, Beside] = {}


def offer(app_label: str, beside: Beside) -> None:
    """Let an app tell of the records of others. A second call replaces the first."""
    _offered[app_label] = beside


def told_of(user: Any, record: Model) -> list[Shown]:
    """What every app tells of the record; those that know nothing, and offer nothing, are left out."""
    found = [
        Shown(each.heading, tuple(each.of(user, record)), each.doing(user, record))
        for each in _offered.values()
        if each.tells(record)
    ]
    return [each for each in found if each.told or each.doing]
