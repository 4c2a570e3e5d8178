"""Accounts and roles of people. What they may do is kept by `access`; here a person is tied to it."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Model

from sightline.access import services as access
from sightline.access.choices import LinkKind, NotTogether
from sightline.access.models import Membership, PasswordLink, User
from sightline.access.permissions import Refused
from sightline.access.rules import normal_email
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Agency, Group, Person
from sightline.partners.services.parties import link_account, tie_account

NO_ADDRESS = "Enter this person's e-mail address first: it is what they sign in with."
CLOSED = "This account is closed. Open it again first."
NO_ACCOUNT = "This person has no account yet."


@deed
def open_account(person: Person, *, by: Actor, now: datetime) -> User:
    """Open an account for a person and send them an invitation: a link with which they choose their password.

    An account that stands already under their address is tied to them, keeps its password and needs no invitation.
    Raises Unacceptable where they have one, have no address, or the account is another person's.
    """
    if person.user_id is not None:
        raise Unacceptable({"": "This person has an account already."})
    if not person.email:
        raise Unacceptable({"": NO_ADDRESS})
    standing = User.objects.filter(email=normal_email(person.email)).first()
    if standing:
        link_account(person, standing, version=person.version, by=by)
        return standing
    user = access.create_user(person.email, person.name, by=by)
    tie_account(person, user, version=person.version, by=by)
    access.send_link(user, LinkKind.INVITATION, by=by, now=now)
    return user


@deed
def send_link(person: Person, *, by: Actor, now: datetime) -> PasswordLink:
    """Send a person a link to choose a password: an invitation until they have one.

    Raises Unacceptable without an account.
    """
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    if not person.user.is_active:
        raise Unacceptable({"": CLOSED})
    kind = LinkKind.PASSWORD if person.user.has_usable_password() else LinkKind.INVITATION
    return access.send_link(person.user, kind, by=by, now=now)


@deed
def forget_factors(person: Person, *, by: Actor) -> int:
    """Take away the second steps of somebody who has lost theirs. Raises Unacceptable without an account."""
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    return access.forget_factors(person.user, by=by)


@deed
def forget_identities(person: Person, *, by: Actor) -> int:
    """Let a person's account be bound anew at single sign-on. Raises Unacceptable without an account."""
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    return access.forget_identities(person.user, "They are somebody new there.", by=by)


@deed
def leave_supplier(person: Person, *, on: date, by: Actor) -> User:
    """Say that a person's account is no longer the supplier's.

    Raises Unacceptable without an account, and while a support session lets them in.
    """
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    try:
        return access.mark_supplier(person.user, False, on=on, reason="It is no longer the supplier's", by=by)
    except NotTogether as refused:
        raise Unacceptable({"": refused.sentence}) from None


@deed
def end_tokens(person: Person, *, by: Actor) -> int:
    """End every personal token of somebody. Raises Unacceptable without an account."""
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    return access.take_tokens_away(person.user, by=by)


@deed
def give_role(
    person: Person,
    role: str,
    over: Agency | Group | None,
    starts_on: date,
    ends_on: date | None = None,
    *,
    by: Actor,
) -> Membership:
    """Give a person a role over an agency, a group, or (None) the whole partnership; the last day may be open.

    Raises Unacceptable without an account, where the role cannot be held over that, where they hold it already, and
    where `by` may not give it or the person not hold it beside another.
    """
    if person.user is None:
        raise Unacceptable({"": NO_ACCOUNT})
    if not person.user.is_active:
        raise Unacceptable({"": CLOSED})
    kind, key = ("partnership", "") if over is None else (str(over.party_kind), over.key)
    held = Membership.objects.filter(user=person.user, role=role, scope_kind=kind, scope_key=key)
    meanwhile = held.exclude(ends_on__lt=starts_on)
    if (meanwhile.filter(starts_on__lte=ends_on) if ends_on else meanwhile).exists():
        raise Unacceptable({"": f"{person.name} holds this role already."})
    try:
        return access.grant(person.user, role, kind, key, starts_on, ends_on=ends_on, by=by)
    except ValueError as refused:
        raise Unacceptable({"over": str(refused)}) from None
    except (Refused, NotTogether) as refused:
        raise Unacceptable({"role": refused.sentence}) from None


@deed
def note_seers_taken(about: Model, number: int, *, tier: Tier, by: Actor) -> None:
    """Journal that the list of those who can see a record was taken away, with how many rows."""
    after = {"rows": number, "format": "csv"}
    record(PartnerEntry.SEERS_TAKEN, by=by, subject=about, after=after, tier=tier)


@deed
def note_sight_taken(user: User, number: int, *, by: Actor) -> None:
    """Journal that what somebody may see was taken away, with how many rows."""
    record(PartnerEntry.SIGHT_TAKEN, by=by, subject=user, after={"rows": number, "format": "csv"})


@deed
def note_accounts_taken(number: int, *, by: Actor) -> None:
    """Journal that the list of accounts was taken away, with how many rows."""
    record(PartnerEntry.ACCOUNTS_TAKEN, by=by, after={"rows": number, "format": "csv"})
