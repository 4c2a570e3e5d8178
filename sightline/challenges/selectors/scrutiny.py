"""The scrutiny log as far as a person may read it, and whom its entries wait for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects

from sightline.access.choices import Permission
from sightline.access.models import Membership, is_current
from sightline.access.permissions import scope_of
from sightline.access.roles import roles
from sightline.challenges.choices import ScrutinyState
from sightline.challenges.models import Scrutiny, ScrutinyAsked, ScrutinyStep
from sightline.events.choices import Tier

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

PARTNERS = Prefetch("partners", ScrutinyAsked.objects.select_related("agency", "group").order_by("pk"))


def scrutiny_visible_to(user: Reader) -> QuerySet[Scrutiny]:
    """The entries a person may read."""
    found = Scrutiny.objects.all()
    scope = scope_of(user)
    if not scope.holds(Permission.PLANS_VIEW):
        return found.none()
    if scope.reads_all_tiers:
        return found
    ours = Q(group__key__in=scope.group_keys) | Q(agency__key__in=scope.agency_keys)
    asked = ScrutinyAsked.objects.filter(ours).values("scrutiny")
    return found.filter(Q(tier=Tier.T1) | Q(pk__in=asked))


def get_scrutiny(user: Reader, number: int) -> Scrutiny:
    """One entry. Raises Scrutiny.DoesNotExist also where it may not be known to exist."""
    return scrutiny_visible_to(user).prefetch_related(PARTNERS).get(pk=number)


def scrutiny_steps(entry: Scrutiny) -> QuerySet[ScrutinyStep]:
    """All that was done about it, the newest last, with who answered."""
    found = ScrutinyStep.objects.filter(scrutiny=entry)
    return found.select_related("partner__agency", "partner__group").order_by("as_at", "pk")


def partners_asked(entry: Scrutiny) -> list[ScrutinyAsked]:
    """Who is asked, in the order they were named; one query, none where they were read with the entry."""
    prefetch_related_objects([entry], PARTNERS)
    return list(entry.partners.all())


def asked_anywhere(user: Reader) -> list[tuple[str, str]]:
    """The agencies and groups of whom the entries a person may read ask something, as key and name; one query."""
    names = ("agency__key", "agency__name", "group__key", "group__name")
    entries = scrutiny_visible_to(user).order_by().values("pk")
    rows = ScrutinyAsked.objects.filter(scrutiny__in=entries).order_by().values_list(*names).distinct()
    found = {
        (f"agency:{agency}", agency_name) if agency else (f"group:{group}", group_name)
        for agency, agency_name, group, group_name in rows
    }
    return sorted(found, key=lambda each: each[1].casefold())


def open_scrutiny() -> QuerySet[Scrutiny]:
    """Every entry that is not closed: for the daily look at whom it waits for."""
    return Scrutiny.objects.exclude(state=ScrutinyState.CLOSED).prefetch_related(PARTNERS).order_by("pk")


def there(keys: Collection[str], on: date) -> frozenset[str]:
    """Those of "agency:KEY" and "group:KEY" for which somebody could answer on the day; one query."""
    acting = [name for name, role in roles().items() if Permission.ACTION_UPDATE in role.allows]
    held = Membership.objects.filter(is_current(on), user__is_active=True, role__in=acting)
    parts = [key.partition(":") for key in keys]
    wanted = Q(pk__in=[])
    for kind in ("agency", "group"):
        wanted |= Q(scope_kind=kind, scope_key__in=[key for of, _, key in parts if of == kind])
    rows = held.filter(wanted).order_by().values_list("scope_kind", "scope_key").distinct()
    return frozenset(f"{kind}:{key}" for kind, key in rows)
