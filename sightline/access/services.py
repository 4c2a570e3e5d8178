"""Accounts, memberships, signing in and out."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from sightline.access.addresses import client_address
from sightline.access.choices import SCOPE_LABELS, NobodyLeft, Permission, ScopeKind
from sightline.access.entries import AccessEntry
from sightline.access.models import Membership, SignInFailure, User
from sightline.access.roles import role as role_named
from sightline.access.roles import roles
from sightline.access.rules import normal_email, wait_left
from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, record

AT_THE_DOOR = Actor("system", "sign-in page", "Somebody at the sign-in page")
WRONG = "The e-mail address or the password is not right. Check both and try again."
WRONG_PRESENT = "This is not your present password."
KEEP_FAILURES = timedelta(days=1)


class SignInRefused(Exception):
    """The sign-in did not succeed; `sentence` is fit to show and tells nothing about which accounts exist."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@deed
def create_user(email: str, name: str, password: str | None = None, *, by: Actor) -> User:
    """Open an account; without a password nobody can sign in to it yet.

    Raises django's ValidationError for a weak password, IntegrityError where the address has an account.
    """
    user = User(email=normal_email(email), name=name.strip())
    if password is None:
        user.set_unusable_password()
    else:
        validate_password(password, user)
        user.set_password(password)
    user.save(force_insert=True)
    record(AccessEntry.USER_CREATED, by=by, subject=user, after={"email": user.email, "name": user.name})
    return user


@deed
def set_password(user: User, password: str, *, by: Actor) -> None:
    """Give an account a password; its other sessions end. Raises django's ValidationError for a weak one."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AccessEntry.PASSWORD_SET, by=by, subject=user)


@deed
def change_own_password(request: HttpRequest, present: str, new: str) -> None:
    """Change the password of whoever is signed in; this session goes on, others end.

    Raises SignInRefused for a wrong present password, django's ValidationError for a weak new one.
    """
    user = request.user
    if not isinstance(user, User) or not user.check_password(present):
        raise SignInRefused(WRONG_PRESENT)
    set_password(user, new, by=user.actor)
    update_session_auth_hash(request, user)


@deed
def change_user(user: User, *, name: str, email: str, is_active: bool, version: int, by: Actor) -> User:
    """Change an account's name, address or whether it may sign in. Raises StaleRecord, NobodyLeft."""
    current = User.objects.select_for_update().get(pk=user.pk)
    if current.version != version:
        raise StaleRecord
    if current.is_active and not is_active:
        _refuse_nobody_left(Membership.objects.exclude(user=current))
    before = {"name": current.name, "email": current.email, "is_active": current.is_active}
    current.name, current.email, current.is_active = name.strip(), normal_email(email), is_active
    current.version += 1
    current.save(update_fields=["name", "email", "is_active", "version"])
    after = {"name": current.name, "email": current.email, "is_active": current.is_active}
    record(AccessEntry.USER_CHANGED, by=by, subject=current, before=before, after=after)
    return current


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
    _refuse_nobody_left(Membership.objects.exclude(pk=current.pk))
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


def sign_in(request: HttpRequest, email: str, password: str) -> User:
    """Sign somebody in with e-mail and password. Raises SignInRefused; failures are journalled and counted."""
    account, address, now = normal_email(email), client_address(request), timezone.now()
    _refuse_while_waiting(account, address, now)
    user = authenticate(request, username=account, password=password)
    if not isinstance(user, User):
        _remember_failure(account, address, now)
        raise SignInRefused(WRONG)
    open_session(request, user, "password")
    return user


@deed
def open_session(request: HttpRequest, user: User, how: str) -> None:
    """Begin a session for somebody whose identity `how` has proved (password, demo)."""
    address = client_address(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    SignInFailure.objects.filter(account=_digest(user.email), address=address).delete()
    record(AccessEntry.SIGNED_IN, by=user.actor, after={"how": how}, personal={"address": address})


@deed
def sign_out(request: HttpRequest) -> None:
    """End the session; harmless where there is none."""
    if isinstance(request.user, User):
        record(AccessEntry.SIGNED_OUT, by=request.user.actor)
    logout(request)


@deed
def forget_old_failures(now: datetime) -> int:
    """Delete failures that no throttle reads any more; their journal entries stay. Returns how many."""
    return SignInFailure.objects.filter(moment__lt=now - KEEP_FAILURES).delete()[0]


def _refuse_nobody_left(others: QuerySet[Membership]) -> None:
    """Once there is somebody who looks after accounts, there always is, and with no last day in sight."""
    managing = Q(
        role__in=[key for key, found in roles().items() if Permission.ACCESS_MANAGE in found.permissions]
    )
    managing &= Q(scope_kind=ScopeKind.PARTNERSHIP, user__is_active=True, ends_on__isnull=True)
    if Membership.objects.filter(managing).exists() and not others.filter(managing).exists():
        raise NobodyLeft


def _wait_left(account: str, address: str, now: datetime) -> timedelta:
    failures = SignInFailure.objects.filter(account=_digest(account), address=address)
    return wait_left(list(failures.values_list("moment", flat=True)), now)


def _refuse_while_waiting(account: str, address: str, now: datetime) -> None:
    """Without a look at the password, and without an entry: a flood of tries must not fill the journal."""
    left = _wait_left(account, address, now)
    if not left:
        return
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    raise SignInRefused(
        f"There were too many failed tries for this account from here. Try again in {minutes} "
        f"minute{'s' if minutes > 1 else ''}."
    )


@deed
def _remember_failure(account: str, address: str, now: datetime) -> None:
    """Count and journal a failure, and the beginning of a wait where this was one too many."""
    whose = {"email": account, "address": address}
    SignInFailure.objects.create(account=_digest(account), address=address, moment=now)
    record(AccessEntry.SIGN_IN_FAILED, by=AT_THE_DOOR, personal=whose)
    if _wait_left(account, address, now):
        record(AccessEntry.SIGN_IN_SLOWED, by=AT_THE_DOOR, personal=whose)


def _digest(account: str) -> str:
    return hashlib.sha256(account.encode()).hexdigest()


def _membership(membership: Membership) -> dict[str, object]:
    return {
        "user_id": membership.user_id,
        "role": membership.role,
        "scope_kind": membership.scope_kind,
        "scope_key": membership.scope_key,
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
    }
