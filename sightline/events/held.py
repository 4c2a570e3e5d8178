"""What the installation holds about one person: each app offers its part, and one page shows them all.

It stands this low, like the marks of views, so that every app can offer without knowing the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

Cell = str | int | bool | date | datetime | None


@dataclass(frozen=True)
class Held:
    """One part. `rows` gives the records about an account's person in one query, in a fixed order; `cells` one row.

    A row tells the person's own words and what is about them, never what others wrote in confidence.
    """

    key: str
    title: str
    why: str
    columns: tuple[str, ...]
    rows: Callable[[Any], QuerySet[Any, Any] | list[Any]]
    cells: Callable[[Any], Sequence[Cell]]
    order: int = 50


_offered: dict[str, tuple[Held, ...]] = {}


def offer(app_label: str, parts: Iterable[Held]) -> None:
    """Let an app's part be shown. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(parts)


def parts() -> dict[str, Held]:
    """Every part by key, in the order they are told in."""
    found = [part for offered in _offered.values() for part in offered]
    return {part.key: part for part in sorted(found, key=lambda part: (part.order, part.key))}
