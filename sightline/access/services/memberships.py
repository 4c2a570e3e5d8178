"""Memberships: given and ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sightline.access.choices import SCOPE_LABELS, NobodyLeft, NotTogether, ScopeKind
from sightline.access.entries import AccessEntry
from sightline.access.models import SCOPE_COLUMNS, Membership, User, is_current, lasts
from sightline.access.permissions import Refused, check_give, check_take_away
from sightline.access.roles import apart_from, roles
from sightline.access.roles import role as role_named
from sightline.access.scope import Scope, scope_of_rows
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail

NO_STANDING_ROLE = "An account of the supplier's holds no standing role: open a support session for it."
ENDED_WITH_OWN = "The role that it was handed on from has ended."
TOLD = """You hold this role in Sightline no more after {last}: {role}.

The role that it was handed on from ends with that day.
"""


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
    until: datetime | None = None,
    reason: str = "",
) -> Membership:
    """Give a role over the partnership (empty key), a group or an agency, from and until two days that both count.

    `until`: the moment it ends at in any case; without one nothing is given to an account of the supplier's.

    Raises UnknownRole; Refused where a person gives what they may not; NotTogether beside a role that must be
    somebody else's; ValueError where it cannot be held over that; IntegrityError for a wrong key or dates.
    """
    kind = _checked(user, role, scope_kind, starts_on, ends_on, until, by)
    return _give(user, role, kind, scope_key, starts_on, ends_on, until, by=by, reason=reason)


@deed
def grant_where_may(
    user: User,
    role: str,
    scope_kind: ScopeKind | str,
    scope_key: str,
    starts_on: date,
    *,
    by: Actor,
    ends_on: date | None = None,
) -> Membership | str:
    """The same where `by` may give it and it may be held; else nothing is given, and a sentence says why.

    For what gives a role by the way. Raises what `grant` does but Refused and NotTogether.
    """
    try:
        kind = _checked(user, role, scope_kind, starts_on, ends_on, None, by)
    except (Refused, NotTogether) as refused:
        return refused.sentence
    return _give(user, role, kind, scope_key, starts_on, ends_on, None, by=by, reason="")


def _checked(
    user: User,
    role: str,
    scope_kind: ScopeKind | str,
    starts_on: date,
    ends_on: date | None,
    until: datetime | None,
    by: Actor,
) -> ScopeKind:
    """Raises where the role may not be given; writes nothing."""
    given, kind = role_named(role), ScopeKind(scope_kind)
    if kind not in given.scopes:
        raise ValueError(f"{given.name} cannot be held over: {SCOPE_LABELS[kind].lower()}.")
    if giver := acting(by):
        check_give(giver, role, user.pk)
    if until is None:
        refuse_together(user, role, starts_on, ends_on)
    elif not user.is_supplier:
        raise ValueError("Only an account of the supplier's holds a role for some hours.")
    return kind


def _give(
    user: User,
    role: str,
    kind: ScopeKind,
    scope_key: str,
    starts_on: date,
    ends_on: date | None,
    until: datetime | None,
    *,
    by: Actor,
    reason: str,
) -> Membership:
    membership = Membership(
        user=user,
        role=role,
        scope_kind=kind.value,
        scope_key=scope_key,
        starts_on=starts_on,
        ends_on=ends_on,
        until=until,
    )
    membership.save(force_insert=True)
    record(
        AccessEntry.MEMBERSHIP_GRANTED,
        by=by,
        subject=membership,
        after=membership_words(membership),
        reason=reason,
    )
    return membership


@deed
def end_membership(
    membership: Membership, ends_on: date, *, version: int, by: Actor, reason: str = ""
) -> Membership:
    """End a membership with this day as its last.

    Raises StaleRecord; Refused where a person ends what they may not; NobodyLeft where nobody else could give roles;
    IntegrityError before its first day.
    """
    current = _held_now(membership.pk)
    if current.version != version:
        raise StaleRecord
    return _end(current, ends_on, by=by, reason=reason)


@deed
def end_now(number: int, now: datetime, *, by: Actor, reason: str) -> Membership:
    """End the membership of a support session at this moment."""
    current = _held_now(number)
    before, current.until = membership_words(current), now
    current.version += 1
    current.save(update_fields=["until", "version"])
    after = membership_words(current)
    record(AccessEntry.MEMBERSHIP_ENDED, by=by, subject=current, before=before, after=after, reason=reason)
    return current


@deed
def end_from(number: int, on: date, *, by: Actor, reason: str) -> Membership:
    """End the membership of this number so that it holds no more on the day; one that began then ends with it.

    Raises Refused and NobodyLeft as `end_membership` does.
    """
    current = _held_now(number)
    return _end(current, max(on - timedelta(days=1), current.starts_on), by=by, reason=reason)


def _held_now(number: int) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=number)


def _end(current: Membership, ends_on: date, *, by: Actor, reason: str) -> Membership:
    """End what was read and locked; one that ends no later anyway is left as it is."""
    if ender := acting(by):
        check_take_away(ender, current.role, current.user_id)
    if current.ends_on is not None and current.ends_on <= ends_on:
        return current
    if role_named(current.role).keeps_access:
        refuse_nobody_left(Membership.objects.exclude(pk=current.pk))
    set_last_day(current, ends_on, AccessEntry.MEMBERSHIP_ENDED, by=by, reason=reason)
    end_what_was_lent(Membership.objects.filter(lent_from=current), ends_on, by=by)
    return current


def end_what_was_lent(lent: QuerySet[Membership], ends_on: date, *, by: Actor) -> None:
    """End what was handed to deputies with this day as its last, where it would have lasted longer; tell them."""
    longer = lent.filter(ends_on__gt=ends_on).select_related("user", "lent_from__user")
    for each in longer.select_for_update(of=("self",)).order_by("pk"):
        set_last_day(each, ends_on, AccessEntry.LENDING_ENDED, by=by, reason=ENDED_WITH_OWN)
        text = TOLD.format(role=each.label, last=f"{ends_on.day} {ends_on:%B %Y}")
        queue_mail(each.user.email, "A role that was handed on has ended", text, by=by)


def set_last_day(
    membership: Membership, ends_on: date, entry: AccessEntry, *, by: Actor, reason: str = ""
) -> None:
    """Let a membership end with this day, and journal it as what the entry says."""
    before = membership_words(membership)
    membership.ends_on = ends_on
    membership.version += 1
    membership.save(update_fields=["ends_on", "version"])
    after = membership_words(membership)
    record(entry, by=by, subject=membership, before=before, after=after, reason=reason)


def refuse_nobody_left(others: QuerySet[Membership]) -> None:
    """Once there is somebody who can give every role, there always is, and with no last day in sight."""
    managing = Q(role__in=[key for key, found in roles().items() if found.keeps_access])
    managing &= Q(scope_kind=ScopeKind.PARTNERSHIP, user__is_active=True, ends_on__isnull=True)
    found = Membership.objects.filter(managing).aggregate(
        now=Count("pk"), left=Count("pk", filter=Q(pk__in=others.values("pk")))
    )
    if found["now"] and not found["left"]:
        raise NobodyLeft


def is_last_keeper(number: int) -> bool:
    """Whether the membership of this number is the only one that can give every role."""
    try:
        refuse_nobody_left(Membership.objects.exclude(pk=number))
    except NobodyLeft:
        return True
    return False


def acting(by: Actor) -> Scope | None:
    """What the signed-in person who acts may do today; None for Sightline itself and the command line. One query."""
    if by.user_id is None:
        return None
    held = Membership.objects.filter(is_current(timezone.localdate()), user_id=by.user_id)
    return scope_of_rows(by.user_id, held.values_list(*SCOPE_COLUMNS))


def lasting(user: User, on: date) -> QuerySet[Membership]:
    """What an account holds on the day or will hold."""
    return Membership.objects.filter(lasts(on), user=user)


def check_roles_of(user: User, *, by: Actor) -> None:
    """Refuse a person who may not take away every role that the account holds or will hold: nobody opens, closes or
    unlocks the account of somebody whose role they could not end.
    """
    if doer := acting(by):
        for key in lasting(user, timezone.localdate()).values_list("role", flat=True).distinct():
            check_take_away(doer, key, user.pk)


def refuse_together(user: User, role: str, starts_on: date, ends_on: date | None) -> None:
    """Raises NotTogether where the person would hold the role at the same time as one that is to be kept apart.

    Their account is locked first, so that two roles given at once are told apart.
    """
    if User.objects.select_for_update(no_key=True).get(pk=user.pk).is_supplier:
        raise NotTogether(NO_STANDING_ROLE)
    apart = apart_from(role)
    if not apart:
        return
    held = Membership.objects.filter(user=user, role__in=apart).exclude(ends_on__lt=starts_on)
    if ends_on:
        held = held.filter(starts_on__lte=ends_on)
    if other := held.order_by("pk").first():
        names = f"{role_named(role).name} and {role_named(other.role).name}"
        raise NotTogether(f"{names} are not held by one person: the one looks at what the other does.")


def membership_words(membership: Membership) -> dict[str, object]:
    """A membership as the journal keeps it."""
    return {
        "user_id": membership.user_id,
        "role": membership.role,
        "scope_kind": membership.scope_kind,
        "scope_key": membership.scope_key,
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        **({"until": membership.until} if membership.until else {}),
        **({"lent_from": membership.lent_from_id} if membership.lent_from_id else {}),
    }
