"""What the journal records about access."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class AccessEntry(StrEnum):
    """Entry types of access."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_SLOWED = "sign_in_slowed"
    SIGNED_OUT = "signed_out"
    USER_CREATED = "user_created"
    USER_CHANGED = "user_changed"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of an event
    MEMBERSHIP_GRANTED = "membership_granted"
    MEMBERSHIP_ENDED = "membership_ended"


declare(
    "access",
    AccessEntry,
    {
        AccessEntry.SIGNED_IN: "Signed in",
        AccessEntry.SIGN_IN_FAILED: "Sign-in failed",
        AccessEntry.SIGN_IN_SLOWED: "Sign-in made to wait after too many failures",
        AccessEntry.SIGNED_OUT: "Signed out",
        AccessEntry.USER_CREATED: "Account created",
        AccessEntry.USER_CHANGED: "Account changed",
        AccessEntry.PASSWORD_SET: "Password set",
        AccessEntry.MEMBERSHIP_GRANTED: "Membership given",
        AccessEntry.MEMBERSHIP_ENDED: "Membership ended",
    },
    personal={
        AccessEntry.USER_CREATED: ("subject", "name", "email"),
        AccessEntry.USER_CHANGED: ("subject", "name", "email"),
        AccessEntry.PASSWORD_SET: ("subject",),
        AccessEntry.MEMBERSHIP_GRANTED: ("subject",),
        AccessEntry.MEMBERSHIP_ENDED: ("subject",),
    },
)
