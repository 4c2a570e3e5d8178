"""Who has to declare and sign, and who did. Read by the person and by who keeps partners."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import DateField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners.choices import OWING, Signing
from sightline.partners.models import Declaration, Holding, Person
from sightline.partners.rules.declarations import numbers, wording_on, wordings
from sightline.partners.selectors.seats import standing

if TYPE_CHECKING:
    from sightline.partners.selectors import Who


# Stands for "never" where lists are ordered: databases differ in where they put what is empty.
BEFORE_ALL = date(1900, 1, 1)


def declarations_visible_to(user: Who) -> QuerySet[Declaration]:
    """Declarations somebody may read: their own; all of them for who keeps partners."""
    scope, found = scope_of(user), Declaration.objects.select_related("person__agency")
    if scope.holds(Permission.PARTNERS_WRITE):
        return found
    if not scope.holds(Permission.PARTNERS_VIEW) or scope.user_id is None:
        return found.none()
    return found.filter(person__user_id=scope.user_id)


def declarers(on: date) -> QuerySet[Person]:
    """Everybody who is in a seat on the day, as holder or deputy, with their last declaration. For who keeps partners.

    `last_signed`, `last_expires`, `last_words` (the version) and `last_says` are None for whoever never signed; `since`
    is the first day in a seat.
    """
    last = Declaration.objects.filter(person=OuterRef("pk")).order_by("-signed_on", "-pk")
    there = _held(on).filter(person=OuterRef("pk"))
    first = there.order_by().values("person").annotate(first=Min("starts_on")).values("first")
    return (
        Person.objects.filter(Exists(there))
        .select_related("agency")
        .annotate(
            last_signed=Subquery(last.values("signed_on")[:1]),
            last_expires=Subquery(last.values("expires_on")[:1]),
            last_words=Subquery(last.values("wording")[:1]),
            last_says=Subquery(last.values("has_interests")[:1]),
            since=Subquery(first),
        )
        .annotate(runs_out=Coalesce("last_expires", Value(BEFORE_ALL, DateField())))
        .order_by("name", "pk")
    )


def stands_so(state: Signing, on: date) -> Q:
    """The people of `declarers` whose last declaration stands so; as `rules.declarations.signing` has it."""
    current = wording_on(on, wordings())
    words = Q(last_words=current.version if current else "")
    soon = on + timedelta(days=numbers().remind_days_before)
    return {
        Signing.NEVER: Q(last_expires=None),
        Signing.OVER: Q(last_expires__lt=on),
        Signing.OLD_WORDS: Q(last_expires__gte=on) & ~words,
        Signing.SOON: words & Q(last_expires__gte=on, last_expires__lte=soon),
        Signing.SIGNED: words & Q(last_expires__gt=soon),
    }[state]


def owing(on: date) -> Q:
    """The people of `declarers` who have to sign."""
    found = Q()
    for state in sorted(OWING):
        found |= stands_so(state, on)
    return found


def sits_on(group: str, on: date) -> Q:
    """The people who are in a seat of the group of this key."""
    return Q(pk__in=_held(on).filter(seat__group__key=group).values("person"))


def groups_of(people: Iterable[int], on: date) -> dict[int, list[str]]:
    """The names of the groups that these people sit on; one query."""
    rows = _held(on).filter(person__in=list(people)).order_by("seat__group__name")
    found: dict[int, list[str]] = {}
    for person, name in rows.values_list("person", F("seat__group__name")).distinct():
        found.setdefault(person, []).append(name)
    return found


def _held(on: date) -> QuerySet[Holding]:
    return Holding.objects.filter(standing(on), is_mistake=False)
