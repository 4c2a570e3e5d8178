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
    SESSION_ENDED = "session_ended"
    LINK_SENT = "link_sent"
    LINK_USED = "link_used"
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    FACTOR_RENEWED = "factor_renewed"
    FACTOR_FAILED = "factor_failed"
    IDENTITY_BOUND = "identity_bound"
    IDENTITY_FORGOTTEN = "identity_forgotten"
    RETURN_ASKED = "return_asked"
    RETURN_ENDED = "return_ended"
    RETURN_CODE_SENT = "return_code_sent"
    RETURN_CODE_FAILED = "return_code_failed"
    RETURN_OPENED = "return_opened"
    RETURN_ANSWERED = "return_answered"
    USER_CREATED = "user_created"
    USER_CHANGED = "user_changed"
    USER_ANONYMISED = "user_anonymised"
    PASSWORD_SET = "password_set"  # noqa: S105 - the name of an event
    PASSWORD_RENEWED = "password_renewed"  # noqa: S105 - the name of an event
    PASSWORD_REFUSED = "password_refused"  # noqa: S105 - the name of an event
    MEMBERSHIP_GRANTED = "membership_granted"
    MEMBERSHIP_ENDED = "membership_ended"
    MEMBERSHIP_LENT = "membership_lent"
    LENDING_ENDED = "lending_ended"
    TOKEN_MADE = "token_made"  # noqa: S105 - the name of an event
    TOKEN_USED = "token_used"  # noqa: S105 - the name of an event
    TOKEN_ENDED = "token_ended"  # noqa: S105 - the name of an event
    TOKEN_REFUSED = "token_refused"  # noqa: S105 - the name of an event
    REFUSED = "refused"


declare(
    "access",
    AccessEntry,
    {
        AccessEntry.SIGNED_IN: "Signed in",
        AccessEntry.SIGN_IN_FAILED: "Sign-in failed",
        AccessEntry.SIGN_IN_SLOWED: "Sign-in made to wait after too many failures",
        AccessEntry.SIGNED_OUT: "Signed out",
        AccessEntry.SESSION_ENDED: "Session ended",
        AccessEntry.LINK_SENT: "Link to set a password sent",
        AccessEntry.LINK_USED: "Password set by a link",
        AccessEntry.FACTOR_ADDED: "Second step of signing in added",
        AccessEntry.FACTOR_REMOVED: "Second step of signing in removed",
        AccessEntry.FACTOR_RENEWED: "Recovery codes made anew",
        AccessEntry.FACTOR_FAILED: "Second step of signing in failed",
        AccessEntry.IDENTITY_BOUND: "Single sign-on bound to an account",
        AccessEntry.IDENTITY_FORGOTTEN: "Single sign-on no longer bound to an account",
        AccessEntry.RETURN_ASKED: "Return asked for by e-mail",
        AccessEntry.RETURN_ENDED: "Link to a return ended",
        AccessEntry.RETURN_CODE_SENT: "Code for a return sent",
        AccessEntry.RETURN_CODE_FAILED: "Code for a return was wrong",
        AccessEntry.RETURN_OPENED: "Return opened by link and code",
        AccessEntry.RETURN_ANSWERED: "Return answered by link",
        AccessEntry.USER_CREATED: "Account created",
        AccessEntry.USER_CHANGED: "Account changed",
        AccessEntry.USER_ANONYMISED: "Account anonymised",
        AccessEntry.PASSWORD_SET: "Password set",
        AccessEntry.PASSWORD_RENEWED: "Same password kept with more strength",
        AccessEntry.PASSWORD_REFUSED: "Change of password refused: the present one was wrong",
        AccessEntry.MEMBERSHIP_GRANTED: "Membership given",
        AccessEntry.MEMBERSHIP_ENDED: "Membership ended",
        AccessEntry.MEMBERSHIP_LENT: "Role handed to a deputy for a time",
        AccessEntry.LENDING_ENDED: "Role handed to a deputy ended",
        AccessEntry.TOKEN_MADE: "Personal token made",
        AccessEntry.TOKEN_USED: "Personal token used, for the first time on a day",
        AccessEntry.TOKEN_ENDED: "Personal token ended",
        AccessEntry.TOKEN_REFUSED: "Personal token not accepted",
        AccessEntry.REFUSED: "Page refused",
    },
    personal={
        AccessEntry.RETURN_ASKED: ("name", "email"),
        AccessEntry.RETURN_ENDED: ("subject",),
        AccessEntry.RETURN_CODE_SENT: ("subject",),
        AccessEntry.RETURN_CODE_FAILED: ("subject",),
        AccessEntry.RETURN_OPENED: ("subject",),
        AccessEntry.RETURN_ANSWERED: ("subject",),
        AccessEntry.USER_CREATED: ("subject", "name", "email"),
        AccessEntry.USER_CHANGED: ("subject", "name", "email"),
        AccessEntry.PASSWORD_SET: ("subject",),
        AccessEntry.LINK_SENT: ("subject",),
        AccessEntry.FACTOR_ADDED: ("subject",),
        AccessEntry.FACTOR_REMOVED: ("subject",),
        AccessEntry.FACTOR_RENEWED: ("subject",),
        AccessEntry.FACTOR_FAILED: ("subject",),
        AccessEntry.LINK_USED: ("subject",),
        AccessEntry.SESSION_ENDED: ("subject",),
        AccessEntry.PASSWORD_RENEWED: ("subject",),
        AccessEntry.PASSWORD_REFUSED: ("subject",),
        AccessEntry.MEMBERSHIP_GRANTED: ("subject",),
        AccessEntry.MEMBERSHIP_ENDED: ("subject",),
        AccessEntry.MEMBERSHIP_LENT: ("subject",),
        AccessEntry.LENDING_ENDED: ("subject",),
        # What somebody calls a token is free text.
        AccessEntry.TOKEN_MADE: ("subject",),
        AccessEntry.TOKEN_USED: ("subject",),
        AccessEntry.TOKEN_ENDED: ("subject",),
    },
)
