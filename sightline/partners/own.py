"""What the list of partners holds about a person: their entry, the other names they are written by, and their seats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, CharField, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from sightline.events.held import Held, five
from sightline.partners.choices import HOLDING_LABELS, POSITION_LABELS
from sightline.partners.models import Alias, Declaration, Holding, Person

NOTHING, NEVER = Value(""), Value(None)
COLUMNS = {
    "what": "What",
    "name": "Name or group",
    "initials": "Initials",
    "post": "Post or position",
    "agency": "Agency or role",
    "email": "E-mail address",
    "from": "From",
    "until": "Until",
    "confirmed": "Other name confirmed by",
}


def _rows(user: Any) -> QuerySet[Any, Any]:
    """The person, then each other name, then each seat they hold or held; one query."""
    agency = Coalesce("agency__name", NOTHING)
    person = _nine(
        Person.objects.filter(user_id=user.pk), 0, Value("Your entry"),
        "name", "initials", "post", agency, "email", "starts_on", "ends_on", NOTHING,
    )  # fmt: skip
    aliases = _nine(
        Alias.objects.filter(person__user_id=user.pk), 1, Value("Another name"),
        "text", NOTHING, NOTHING, NOTHING, NOTHING, NEVER, NEVER, F("confirmed_by"),
    )  # fmt: skip
    seats = _nine(
        Holding.objects.filter(person__user_id=user.pk, is_mistake=False), 2, _labelled("kind", HOLDING_LABELS),
        "seat__group__name", NOTHING, _labelled("seat__position", POSITION_LABELS), "seat__words", NOTHING,
        "starts_on", "ends_on", NOTHING,
    )  # fmt: skip
    return person.union(aliases, seats, all=True).order_by("told_place", "told_name")


def _labelled(field: str, labels: Any) -> Case:
    """What a choice is called on screens."""
    return Case(*(When(**{field: key.value}, then=Value(label)) for key, label in labels.items()))


def _nine(rows: Any, place: int, *columns: Any) -> QuerySet[Any, Any]:
    """The same columns of all three tables, and which of them comes first."""
    told: dict[str, Any] = {
        f"told_{name}": Cast(column, DateField() if name in ("from", "until") else CharField(max_length=300))
        for name, column in zip(COLUMNS, columns, strict=True)
    }
    told["told_place"] = Value(place, IntegerField())
    found: QuerySet[Any, Any] = rows.order_by().annotate(**told).values_list(*told)
    return found


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """What they declared, and what they entered of others, without its words."""
    theirs = Declaration.objects.filter(person__user_id=user.pk).order_by()
    yield five(theirs, "Declaration", F("wording"), F("signed_on"), F("recorded_at"), F("interests"))
    entered = Declaration.objects.filter(entered_by_id=user.pk).exclude(person__user_id=user.pk).order_by()
    yield five(entered, "Declaration entered", F("wording"), F("signed_on"), F("recorded_at"), NOTHING)


own = [
    Held(
        "person",
        "You among the partners",
        "So that actions, groups and papers can name you, however they write you, and who sits where is known.",
        tuple(COLUMNS.values()),
        _rows,
        lambda row: row[:-1],
        20,
    )
]
