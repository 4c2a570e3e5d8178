"""Identities at a provider of single sign-on, bound to accounts: taken away again."""

from __future__ import annotations

from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.events.choices import Actor
from sightline.events.services import deed, record


@deed
def forget_identities(user: User, reason: str, *, by: Actor) -> int:
    """Let an account be bound anew: by whoever next comes with its verified address. Returns how many were bound."""
    held = list(user.identities.all())
    for identity in held:
        record(
            AccessEntry.IDENTITY_FORGOTTEN,
            by=by,
            subject=identity,
            before={"issuer": identity.issuer},
            reason=reason,
        )
        identity.delete()
    return len(held)
