"""Identities at a provider of single sign-on, bound to accounts: taken away again."""

from __future__ import annotations

from sightline.access.choices import HOW_CHANGED, NOT_YOU
from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.access.services.memberships import check_roles_of
from sightline.access.services.sessions import end_sessions_of
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail


@deed
def forget_identities(user: User, reason: str, *, by: Actor) -> int:
    """Let an account be bound anew: by whoever next comes with its verified address. Returns how many were bound.

    Its person is told and signed out. Raises Refused where a person may not take away what the account holds.
    """
    check_roles_of(user, by=by)
    unbound = unbind(user, reason, by=by)
    if unbound:
        end_sessions_of(user, "Single sign-on no longer opens the account.", by=by)
        text = f"Your account no longer opens by single sign-on until you next come by it.\n\n{NOT_YOU}\n"
        queue_mail(user.email, HOW_CHANGED, text, by=by)
    return unbound


@deed
def unbind(user: User, reason: str, *, by: Actor) -> int:
    """Delete the identities bound to an account, and tell nobody. Returns how many there were."""
    held = list(user.identities.all())
    for identity in held:
        before = {"account": user.pk, "issuer": identity.issuer}
        record(AccessEntry.IDENTITY_FORGOTTEN, by=by, subject=identity, before=before, reason=reason)
        identity.delete()
    return len(held)
