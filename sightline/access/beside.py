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
    """What one app tells. `of` gives what it knows of a record, as far as somebody may read it, in one query."""

    heading: str
    models: frozenset[str]
    of: Callable[[Any, Model], Iterable[Told]]


_offered: dict[str, Beside] = {}


def offer(app_label: str, beside: Beside) -> None:
    """Let an app tell of the records of others; `models` as "plans.action". A second call replaces the first."""
    _offered[app_label] = beside


def told_of(user: Any, record: Model) -> list[tuple[str, list[Told]]]:
    """What every app tells of the record, under its heading; those that know nothing are left out."""
    found = [
        (each.heading, list(each.of(user, record))) for each in _offered.values() if _tells(each, record)
    ]
    return [(heading, told) for heading, told in found if told]


def _tells(each: Beside, record: Model) -> bool:
    return record._meta.label_lower in each.models
