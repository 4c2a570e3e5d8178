"""What the list of partners holds about a person: their entry, and the other names they are written by."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from sightline.events.held import Held
from sightline.partners.models import Alias, Person


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


own = [
    Held(
        "person",
        "You among the partners",
        "So that actions, groups and papers can name you, however they write your name.",
        ("Name", "Initials", "Post", "Agency", "E-mail address", "From", "Until", "Other name confirmed by"),
        _names,
        list,
        20,
    )
]
