"""Memberships: given and ended."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sightline.access.choices import SCOPE_LABELS, NobodyLeft, Permission, ScopeKind
from sightline.access.entries import AccessEntry
from sightline.access.models import Membership, User
from sightline.access.roles import role as role_named
from sightline.access.roles import roles
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record


@deed
def grant(
    user: User,
    role: str,
    scope_kind: ScopeKind | str,
    scope_key: str,
    starts_on: date,
    *,
    by: Actor,
    ends_on: date | None = None,
    reason: str = "",
) -> Membership:
    """Give a role over the partnership (empty key), a group or an agency, from and until two days that both count.

    Raises UnknownRole; ValueError where the role cannot be held over that; IntegrityError for a wrong key or dates.
    """
    given, kind = role_named(role), ScopeKind(scope_kind)
    if kind not in given.scopes:
        raise ValueError(f"{given.name} cannot be held over: {SCOPE_LABELS[kind].lower()}.")
    membership = Membership(
        user=user,
        role=role,
        scope_kind=kind.value,
        scope_key=scope_key,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    membership.save(force_insert=True)
    record(
        AccessEntry.MEMBERSHIP_GRANTED,
        by=by,
        subject=membership,
        after=_membership(membership),
        reason=reason,
    )
    return membership


@deed
def end_membership(
    membership: Membership, ends_on: date, *, version: int, by: Actor, reason: str = ""
) -> Membership:
    """End a membership with this day as its last.

    Raises StaleRecord; NobodyLeft where nobody else could give roles; IntegrityError before its first day.
    """
    current = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if current.version != version:
        raise StaleRecord
    refuse_nobody_left(Membership.objects.exclude(pk=current.pk))
    before = _membership(current)
    current.ends_on = ends_on
    current.version += 1
    current.save(update_fields=["ends_on", "version"])
    record(
        AccessEntry.MEMBERSHIP_ENDED,
        by=by,
        subject=current,
        before=before,
        after=_membership(current),
        reason=reason,
    )
    return current


def refuse_nobody_left(others: QuerySet[Membership]) -> None:
    """Once there is somebody who looks after accounts, there always is, and with no last day in sight."""
    managing = Q(
        role__in=[key for key, found in roles().items() if Permission.ACCESS_MANAGE in found.permissions]
    )
    managing &= Q(scope_kind=ScopeKind.PARTNERSHIP, user__is_active=True, ends_on__isnull=True)
    if Membership.objects.filter(managing).exists() and not others.filter(managing).exists():
        raise NobodyLeft


def _membership(membership: Membership) -> dict[str, object]:
    return {
        "user_id": membership.user_id,
        "role": membership.role,
        "scope_kind": membership.scope_kind,
        "scope_key": membership.scope_key,
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
    }
