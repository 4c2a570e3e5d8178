"""Accounts: opened, changed, given a password."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sightline.access.choices import NotTogether
from sightline.access.entries import AccessEntry
from sightline.access.models import Membership, User
from sightline.access.rules import normal_email
from sightline.access.services.memberships import (
    check_roles_of,
    end_what_was_lent,
    lasting,
    refuse_nobody_left,
)
from sightline.access.services.sessions import end_sessions_of
from sightline.access.services.tokens import end_tokens_of
from sightline.events.choices import SYSTEM, Actor, StaleRecord
from sightline.events.services import deed, record

HOLDS_A_ROLE = "This account holds a role. End it first."


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
def set_password(user: User, password: str, *, but: str = "", by: Actor) -> None:
    """Give an account a password; its sessions end but the one of this key.

    Raises django's ValidationError for a weak password.
    """
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AccessEntry.PASSWORD_SET, by=by, subject=user)
    end_sessions_of(user, "The password was set anew.", but=but, by=by)


@deed
def let_sign_in(user: User, may: bool, *, version: int, reason: str, by: Actor) -> User:
    """Close an account, or open it again; what its person wrote stays theirs. A closed one is signed out everywhere.

    Raises StaleRecord, NobodyLeft; Refused where a person may not take away what the account holds.
    """
    current = User.objects.select_for_update().get(pk=user.pk)
    check_roles_of(current, by=by)
    if current.version != version:
        raise StaleRecord
    if current.is_active and not may:
        refuse_nobody_left(Membership.objects.exclude(user=current))
    before, current.is_active = {"is_active": current.is_active}, may
    current.version += 1
    current.save(update_fields=["is_active", "version"])
    if not may:
        lent = Membership.objects.filter(lent_from__user=current)
        end_what_was_lent(lent, timezone.localdate() - timedelta(days=1), by=by)
        end_sessions_of(current, "The account may not sign in any more.", by=by)
        end_tokens_of(current, "The account may not sign in any more.", by=by)
    after = {"is_active": may}
    record(AccessEntry.USER_CHANGED, by=by, subject=current, before=before, after=after, reason=reason)
    return current


@deed
def mark_supplier(user: User, is_supplier: bool, *, on: date, reason: str, by: Actor) -> User:
    """Say that an account is of whoever supplies Sightline, or no longer. Raises NotTogether while it holds a role."""
    current = User.objects.select_for_update().get(pk=user.pk)
    if lasting(current, on).exists():
        raise NotTogether(HOLDS_A_ROLE)
    before, current.is_supplier = {"is_supplier": current.is_supplier}, is_supplier
    current.version += 1
    current.save(update_fields=["is_supplier", "version"])
    after = {"is_supplier": is_supplier}
    record(AccessEntry.USER_CHANGED, by=by, subject=current, before=before, after=after, reason=reason)
    return current


@deed
def close_left_accounts(on: date) -> int:
    """Close the accounts whose last role has ended before the day. Returns how many.

    One that never had a role waits for its first, and one of the supplier's for its next support session.
    """
    held = Membership.objects.filter(user=OuterRef("pk"))
    left = User.objects.filter(Exists(held), ~Exists(held.filter(Q(ends_on=None) | Q(ends_on__gte=on))))
    closed = list(left.filter(is_active=True, is_supplier=False).order_by("pk"))
    for user in closed:
        let_sign_in(user, False, version=user.version, reason="The last role has ended.", by=SYSTEM)
    return len(closed)
