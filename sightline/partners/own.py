"""What the list of partners holds about a person: their entry, and the other names they are written by."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from sightline.events.held import Held
from sightline.partners.choices import HOLDING_LABELS, POSITION_LABELS, HoldingKind, Position
from sightline.partners.models import Alias, Holding, Person


def _names(user: Any) -> QuerySet[Any, Any]:
    """The person, then each other name; one query."""
    nothing = Value("")
    person = _eight(
        Person.objects.filter(user_id=user.pk),
        *("name", "initials", "post", Coalesce("agency__name", nothing), "email", "starts_on", "ends_on"),
        nothing,
    )
    aliases = _eight(
        Alias.objects.filter(person__user_id=user.pk),
        *("text", nothing, nothing, nothing, nothing, Value(None), Value(None)),
        F("confirmed_by"),
    )
    return person.union(aliases, all=True).order_by("told_confirmed", "told_name")


def _eight(rows: Any, *columns: Any) -> QuerySet[Any, Any]:
    """The same eight columns of both tables."""
    names = ("name", "initials", "post", "agency", "email", "from", "until", "confirmed")
    told = {
        f"told_{name}": Cast(column, DateField() if name in ("from", "until") else CharField(max_length=300))
        for name, column in zip(names, columns, strict=True)
    }
    found: QuerySet[Any, Any] = rows.order_by().annotate(**told).values_list(*told)
    return found


def _seats(user: Any) -> QuerySet[Any, Any]:
    """Every seat the person holds or held; one query."""
    columns = ("seat__group__name", "seat__position", "seat__words", "kind", "starts_on", "ends_on")
    held: QuerySet[Any, Any] = Holding.objects.filter(person__user_id=user.pk, is_mistake=False)
    return held.order_by("-starts_on", "-pk").values_list(*columns, "end_reason")


def _seat_words(row: Any) -> list[Any]:
    group, position, words, kind, *days = row
    return [group, POSITION_LABELS[Position(position)], words, HOLDING_LABELS[HoldingKind(kind)], *days]


own = [
    Held(
        "person",
        "You among the partners",
        "So that actions, groups and papers can name you, however they write your name.",
        ("Name", "Initials", "Post", "Agency", "E-mail address", "From", "Until", "Other name confirmed by"),
        _names,
        list,
        20,
    ),
    Held(
        "seats",
        "Your seats on groups",
        "So that it is known who sits on a group, who stands in, and which seats nobody holds.",
        ("Group", "Position", "Role in words", "As", "From", "Until", "Why it ended"),
        _seats,
        _seat_words,
        20,
    ),
]
