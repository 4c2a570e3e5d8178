"""Second steps of signing in: what happened to them is journalled and told to their person by e-mail.

The steps themselves (codes of an app, passkeys, recovery codes) are the sign-in library's.
"""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from sightline.access.addresses import client_address
from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.access.services.sessions import end_sessions_of
from sightline.access.services.signing_in import (
    AT_THE_DOOR,
    SignInRefused,
    refuse_while_waiting,
    remember_failure,
)
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail

NAMES = {"totp": "an authenticator app", "webauthn": "a passkey", "recovery_codes": "recovery codes"}
TOLD = {
    AccessEntry.FACTOR_ADDED: "{what} {were} added to the ways you sign in.",
    AccessEntry.FACTOR_REMOVED: "{what} {were} removed from the ways you sign in.",
    AccessEntry.FACTOR_RENEWED: "Your recovery codes were made anew. The old ones no longer work.",
}
NOT_YOU = "If it was not you, tell the business unit of your partnership at once."


@deed
def note_factor(user: User, entry: AccessEntry, kind: str, *, by: Actor) -> None:
    """Journal that a second step was added, removed or made anew, and tell its person."""
    what = NAMES[kind]
    record(entry, by=by, subject=user, after={"step": what})
    sentence = TOLD[entry].format(
        what=what[0].upper() + what[1:], were="were" if kind == "recovery_codes" else "was"
    )
    queue_mail(user.email, "How you sign in to Sightline has changed", f"{sentence}\n\n{NOT_YOU}\n", by=by)


@deed
def note_code_failure(request: HttpRequest, user: User) -> None:
    """Count and journal a wrong code: the throttle is that of passwords."""
    remember_failure(user.email, client_address(request))
    record(AccessEntry.FACTOR_FAILED, by=AT_THE_DOOR, subject=user)


def refuse_codes_while_waiting(request: HttpRequest, user: User) -> None:
    """Raises SignInRefused where too many codes or passwords failed for this account from here."""
    refuse_while_waiting(user.email, client_address(request))


def is_own_password(request: HttpRequest, user: User, password: str) -> bool:
    """Whether this is the person's password; tries are counted as at the sign-in page."""
    try:
        refuse_codes_while_waiting(request, user)
    except SignInRefused:
        return False
    if user.check_password(password):
        return True
    remember_failure(user.email, client_address(request))
    return False


@deed
def forget_factors(user: User, *, by: Actor) -> int:
    """Take away every second step of somebody who has lost theirs; they are signed out. Returns how many there were."""
    held = Authenticator.objects.filter(user=user)
    kinds = list(held.values_list("type", flat=True))
    held.delete()
    for kind in kinds:
        note_factor(user, AccessEntry.FACTOR_REMOVED, kind, by=by)
    end_sessions_of(user, "The second step of signing in was taken away.", by=by)
    return len(kinds)
