"""Memberships as they are reviewed: those whose role opens confidential records, or gives roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.models import Membership, is_current
from sightline.access.reviewing import Grant, Offered
from sightline.access.roles import role, roles
from sightline.access.services import end_from, is_last_keeper
from sightline.events.choices import Actor, Tier


def _held(on: date, from_tier: Tier) -> list[Grant]:
    """Memberships that hold on the day and open the tier, or give roles that do; two queries. Those lent to a deputy
    end with their own, those of a support session within hours.
    """
    gives = Permission.ACCESS_MANAGE
    keys = [key for key, found in roles().items() if found.reads >= from_tier or gives in found.allows]
    held = Membership.objects.filter(
        is_current(on), role__in=keys, user__is_active=True, lent_from=None, until=None
    )
    return [
        Grant(
            number=each.pk,
            account_id=each.user_id,
            what=role(each.role).name,
            scope_kind=each.scope_kind,
            scope_key=each.scope_key,
            reads=role(each.role).reads,
            since=each.starts_on,
        )
        for each in held.order_by("user__name", "pk")
    ]


def _standing(numbers: Iterable[int], on: date) -> set[int]:
    held = Membership.objects.filter(is_current(on), pk__in=list(numbers), user__is_active=True)
    return set(held.values_list("pk", flat=True))


def _end(number: int, now: datetime, reason: str, by: Actor) -> None:
    end_from(number, timezone.localdate(now), by=by, reason=reason)


def _is_last(number: int, now: datetime) -> bool:
    return is_last_keeper(number)


MEMBERSHIPS = Offered("membership", _held, _standing, _end, _is_last)
