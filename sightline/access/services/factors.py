"""Second steps of signing in: what happened to them is journalled and told to their person by e-mail.

The steps themselves (codes of an app, passkeys, recovery codes) are the sign-in library's.
"""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sightline.access.addresses import client_address
from sightline.access.choices import HOW_CHANGED, NOT_YOU
from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.access.services.memberships import check_roles_of
from sightline.access.services.sessions import end_sessions_of
from sightline.access.services.signing_in import (
    ANYWHERE,
    AT_THE_DOOR,
    SignInRefused,
    count_failure,
    refuse_while_waiting,
    remember_failure,
)
from sightline.access.services.tokens import end_tokens_of
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail

NAMES = {"totp": "an authenticator app", "webauthn": "a passkey", "recovery_codes": "recovery codes"}
STEPS = ("totp", "webauthn")
# Codes of an app that were used, by the moment; a code fits for three periods of half a minute (MFA_TOTP_TOLERANCE).
USED, CODE_FITS_SECONDS = "used", 120
TOLD = {
    AccessEntry.FACTOR_ADDED: "{what} {were} added to the ways you sign in.",
    AccessEntry.FACTOR_REMOVED: "{what} {were} removed from the ways you sign in.",
    AccessEntry.FACTOR_RENEWED: "Your recovery codes were made anew. The old ones no longer work.",
}


@deed
def note_factor(user: User, entry: AccessEntry, kind: str, *, session: str = "", by: Actor) -> None:
    """Journal that a second step was added, removed or made anew, and tell its person.

    A new step ends every session but the one of this key: what was opened by a password alone must not undo it.
    """
    what = NAMES[kind]
    record(entry, by=by, subject=user, after={"step": what})
    sentence = TOLD[entry].format(
        what=what[0].upper() + what[1:], were="were" if kind == "recovery_codes" else "was"
    )
    queue_mail(user.email, HOW_CHANGED, f"{sentence}\n\n{NOT_YOU}\n", by=by)
    if entry == AccessEntry.FACTOR_ADDED and kind in STEPS:
        end_sessions_of(user, "A second step of signing in was added.", but=session, by=by)


@deed
def note_code_failure(request: HttpRequest, user: User) -> None:
    """Count and journal a wrong code: beside the wrong passwords from here, and with all wrong codes from anywhere."""
    for where in (client_address(request), ANYWHERE):
        count_failure(user.email, where)
    record(AccessEntry.FACTOR_FAILED, by=AT_THE_DOOR, subject=user)


def refuse_codes_while_waiting(request: HttpRequest, user: User) -> None:
    """Raises SignInRefused where too many codes or passwords failed for this account from here, or codes anywhere."""
    for where in (client_address(request), ANYWHERE):
        refuse_while_waiting(user.email, where)


@deed
def use_code_once(step: Authenticator, code: str, now: datetime) -> bool:
    """Whether the app's code was not used before; from now on it is. Two at once are told apart by the row's lock."""
    held = Authenticator.objects.select_for_update().get(pk=step.pk)
    used = {
        each: at for each, at in held.data.get(USED, {}).items() if now.timestamp() - at < CODE_FITS_SECONDS
    }
    if code in used:
        return False
    held.data[USED] = used | {code: now.timestamp()}
    held.save(update_fields=["data"])
    return True


@deed
def remove_passkey(request: HttpRequest, passkey: Authenticator) -> None:
    """Take away one of one's own passkeys, and recovery codes that then recover nothing. Needs `passkey.user`.

    The library tells our receivers, which note it.
    """
    delete_and_cleanup(request, passkey)


def has_step(user: User) -> bool:
    """Whether an app or a passkey is left."""
    return bool(Authenticator.objects.filter(user=user, type__in=STEPS).exists())


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the person's password; tries are counted as at the sign-in page."""
    try:
        refuse_while_waiting(user.email, client_address(request))
    except SignInRefused:
        return False
    if user.check_password(password):
        return True
    remember_failure(user.email, client_address(request))
    return False


@deed
def forget_factors(user: User, *, by: Actor) -> int:
    """Take away every second step of somebody who has lost theirs; they are signed out. Returns how many there were.

    Raises Refused where a person may not take away what the account holds.
    """
    check_roles_of(user, by=by)
    held = Authenticator.objects.filter(user=user)
    kinds = list(held.values_list("type", flat=True))
    held.delete()
    for kind in kinds:
        note_factor(user, AccessEntry.FACTOR_REMOVED, kind, by=by)
    end_sessions_of(user, "The second step of signing in was taken away.", by=by)
    end_tokens_of(user, "The second step of signing in was taken away.", by=by)
    return len(kinds)
