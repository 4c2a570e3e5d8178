"""Accounts, memberships, signing in and out, sessions, and links that set a password."""

from sightline.access.services.accounts import (
    change_user,
    close_left_accounts,
    create_user,
    let_sign_in,
    set_password,
)
from sightline.access.services.factors import (
    STEPS,
    forget_factors,
    has_step,
    is_own_password,
    note_code_failure,
    note_factor,
    refuse_codes_while_waiting,
    use_code_once,
)
from sightline.access.services.identities import forget_identities
from sightline.access.services.lending import end_lending, lend
from sightline.access.services.links import (
    LinkOver,
    ask_for_link,
    forget_old_links,
    link_named,
    send_link,
    send_link_asked_for,
    set_password_by_link,
)
from sightline.access.services.memberships import end_membership, grant
from sightline.access.services.sessions import (
    ENDED_BY_PERSON,
    clear_sessions,
    end_own_session,
    end_sessions_of,
)
from sightline.access.services.signing_in import (
    AT_THE_DOOR,
    NOT_NOW,
    WRONG,
    SignInRefused,
    change_own_password,
    forget_old_failures,
    note_refused,
    open_session,
    sign_in,
    sign_out,
)
from sightline.access.services.single_sign_on import note_not_believed, sign_in_by_provider

__all__ = [
    "AT_THE_DOOR",
    "ENDED_BY_PERSON",
    "NOT_NOW",
    "STEPS",
    "WRONG",
    "LinkOver",
    "SignInRefused",
    "ask_for_link",
    "change_own_password",
    "change_user",
    "clear_sessions",
    "close_left_accounts",
    "create_user",
    "end_lending",
    "end_membership",
    "end_own_session",
    "end_sessions_of",
    "forget_factors",
    "forget_identities",
    "forget_old_failures",
    "forget_old_links",
    "grant",
    "has_step",
    "is_own_password",
    "lend",
    "let_sign_in",
    "link_named",
    "note_code_failure",
    "note_factor",
    "note_not_believed",
    "note_refused",
    "open_session",
    "refuse_codes_while_waiting",
    "send_link",
    "send_link_asked_for",
    "set_password",
    "set_password_by_link",
    "sign_in",
    "sign_in_by_provider",
    "sign_out",
    "use_code_once",
]
