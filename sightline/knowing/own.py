"""What case lists, conflicts of interest and break-glass hold about a person: never which record it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from sightline.events.held import Held
from sightline.knowing.models import Glass, Listed
from sightline.knowing.registry import kinds
from sightline.knowing.selectors import own_conflicts

ON_A_LIST, CONFLICT, BROKEN = "On a case list", "A conflict of interest", "Opened by break-glass"
KIND = Concat("app", Value("."), "model")


def noun(app: str, model: str) -> str:
    """What kind of record is meant."""
    kind = kinds().get((app, model))
    return kind.noun.capitalize() if kind else "Record"


def _rows(user: Any) -> Any:
    """Places on case lists, conflicts and uses of break-glass in one query; moments as days."""
    listed = Listed.objects.filter(user_id=user.pk)
    glass = Glass.objects.filter(user_id=user.pk)
    kept = (
        (
            ON_A_LIST,
            listed,
            KIND,
            F("added_by_label"),
            F("starts_on"),
            Coalesce(_day_of("ended_at"), _text(F("ends_on"))),
        ),
        (CONFLICT, own_conflicts(user.pk), F("reference"), F("reason"), F("starts_on"), _day_of("ended_at")),
        (
            BROKEN,
            glass,
            KIND,
            F("reason"),
            _day_of("opened_at"),
            Coalesce(_day_of("closed_at"), _day_of("closes_at")),
        ),
    )
    first, *others = (
        rows.order_by()
        .annotate(told=Value(what), about=_text(about), words=_text(words), since=_text(since), until=until)
        .values_list("told", "about", "words", "since", "until")
        for what, rows, about, words, since, until in kept
    )
    return first.union(*others, all=True).order_by("since", "told", "about")


def _text(value: Any) -> Cast:
    return Cast(value, TextField())


def _day_of(column: str) -> Cast:
    """The day of a moment, by the clock on the wall."""
    return _text(TruncDate(column))


def _cells(row: tuple[str, str, str, str, str | None]) -> list[Any]:
    told, about, words, since, until = row
    if told != CONFLICT:
        app, _, model = about.partition(".")
        about = noun(app, model)
    return [told, about, words, *(date.fromisoformat(day) if day else None for day in (since, until))]


own = [
    Held(
        "named-people",
        "Records for named people: case lists, conflicts of interest, break-glass",
        "So that a child-level or restricted record is read by few, each use is accounted for, and nobody reads of what"
        " they or somebody close to them have a part in.",
        ("What", "About", "Put on the list by, or why", "From", "Until"),
        _rows,
        _cells,
        20,
    ),
]
