"""Places on case lists as they are reviewed. Whoever reviews them is told nothing of the record, not what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sightline.access.choices import NobodyLeft, ScopeKind
from sightline.access.reviewing import Grant, Offered
from sightline.events.choices import Actor, Tier
from sightline.knowing.choices import NotPossible
from sightline.knowing.models import Listed
from sightline.knowing.registry import kinds
from sightline.knowing.selectors import keepers
from sightline.knowing.services import end_line


class NobodyKeepsIt(NobodyLeft):
    """Nobody would be left who keeps a case list."""

    sentence = "Nobody would be left who keeps that case list. Ask them to put somebody on it first who does."


def _standing_on(day: date) -> QuerySet[Listed]:
    return Listed.objects.filter(ended_at=None, starts_on__lte=day, ends_on__gte=day, user__is_active=True)


def _held(on: date, from_tier: Tier) -> list[Grant]:
    """The places that stand on the day, of records of this tier or above; a query for each kind of record, and one."""
    lines = _standing_on(on).order_by("user__name", "pk")
    return [_grant(line, tier) for line, tier in _places(lines) if tier >= from_tier]


def _places(lines: Iterable[Listed]) -> list[tuple[Listed, Tier]]:
    """Each line with the tier of its record; one whose record, or kind, is there no more is no place."""
    lines, tiers = list(lines), dict[tuple[str, str, int | None], Tier]()
    for (app, model), kind in kinds().items():
        numbers = [line.number for line in lines if (line.app, line.model) == (app, model)]
        found = kind.model._base_manager.filter(pk__in=numbers).values_list("pk", "tier") if numbers else ()
        tiers |= {(app, model, number): Tier.named(tier) for number, tier in found}
    keys = [(line, (line.app, line.model, line.number)) for line in lines]
    return [(line, tiers[key]) for line, key in keys if key in tiers]


def _grant(line: Listed, tier: Tier) -> Grant:
    return Grant(
        number=line.pk,
        account_id=line.user_id,
        what="Place on a case list",
        scope_kind=ScopeKind.PARTNERSHIP,
        scope_key="",
        reads=tier,
        since=line.starts_on,
        over=f"One record (place {line.pk})",
    )


def _standing(numbers: Iterable[int], on: date) -> set[int]:
    return {line.pk for line, _ in _places(_standing_on(on).filter(pk__in=list(numbers)))}


def _end(number: int, now: datetime, reason: str, by: Actor) -> None:
    line = Listed.objects.select_related("user").get(pk=number)
    try:
        end_line(line, _about(line), reason=reason, by=by, now=now)
    except NotPossible:
        raise NobodyKeepsIt from None


def _is_last(number: int, now: datetime) -> bool:
    """Whether a place stands that cannot be ended, because its person alone keeps the list."""
    today = timezone.localdate(now)
    places = _places(_standing_on(today).filter(pk=number))
    if not places:
        return False
    ((line, _),) = places
    same = _standing_on(today).filter(app=line.app, model=line.model, number=line.number)
    there = set(same.values_list("user_id", flat=True))
    return keepers(_about(line), there, now) == {line.user_id}


def _about(line: Listed) -> Any:
    return kinds()[line.app, line.model].model._base_manager.get(pk=line.number)


PLACES = Offered("case list", _held, _standing, _end, _is_last)
