"""What the installation holds about one person: each app offers its part, and one page shows them all.

It stands this low, like the marks of views, so that every app can offer without knowing the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, DateField, DateTimeField, QuerySet, TextField, Value
from django.db.models.functions import Cast

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


Said = Callable[[Any], Iterable[QuerySet[Any, Any]]]
_said: dict[str, Said] = {}


def offer_said(app_label: str, rows: Said) -> None:
    """Let what a person said or entered in an app's tables be told: unordered querysets of `five` columns."""
    _said[app_label] = rows


def said(user: Any) -> QuerySet[Any, Any]:
    """What the person said or entered anywhere, the newest first, in one query however many apps there are."""
    first, *others = [rows for offered in _said.values() for rows in offered(user)]
    return first.union(*others, all=True).order_by("-told_moment")


def five(rows: Any, what: str, about: Any, day: Any, moment: Any, words: Any) -> QuerySet[Any, Any]:
    """The same five columns of every table: what it is, about which record, for which day, entered when, its words."""
    told: QuerySet[Any, Any] = rows.annotate(
        told_what=Value(what, CharField(max_length=50)),
        told_about=Cast(about, CharField(max_length=50)),
        told_day=Cast(day, DateField()),
        told_moment=Cast(moment, DateTimeField()),
        told_words=Cast(words, TextField()),
    ).values_list("told_what", "told_about", "told_day", "told_moment", "told_words")
    return told
