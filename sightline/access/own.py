"""What accounts, roles, sessions, second steps and links hold about a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import F, TextField, Value
from django.db.models.functions import Cast

from sightline.access.choices import LINK_LABELS, SCOPE_LABELS, LinkKind, ScopeKind
from sightline.access.models import Identity, Membership, PasswordLink, ReturnLink, Session, Token, User
from sightline.access.rules import browser_of
from sightline.events.held import Held

SESSION, STEP, LINK = "A browser you are signed in at", "A second step", "A link sent to you"
IDENTITY, RETURN = "Single sign-on", "A link sent to you for an answer"
TOKEN = "A personal token for programs"  # noqa: S105 - its kind in words


def _accounts(user: Any) -> list[User]:
    return [user]


def _account(user: User) -> list[Any]:
    return [user.name, user.email, user.created_at, user.last_login, user.is_active]


def _memberships(user: Any) -> Any:
    held = Membership.objects.filter(user_id=user.pk).select_related("lent_from__user")
    return held.order_by("starts_on", "pk")


def _membership(held: Membership) -> list[Any]:
    over = held.scope_key or SCOPE_LABELS[ScopeKind(held.scope_kind)]
    return [held.label, over, held.starts_on, held.ends_on]


def _ways_in(user: Any) -> Any:
    """Sessions, second steps, single sign-on and links in one query."""
    kept = {
        SESSION: (Session.objects.filter(user_id=user.pk), "session_data", "seen_at", "expire_date"),
        STEP: (Authenticator.objects.filter(user_id=user.pk), "type", "created_at", "last_used_at"),
        IDENTITY: (Identity.objects.filter(user_id=user.pk), "issuer", "bound_at", "used_at"),
        TOKEN: (Token.objects.filter(user_id=user.pk), "name", "made_at", "used_at"),
        RETURN: (ReturnLink.objects.filter(email=user.email), "asked_by_label", "made_at", "expires_at"),
        LINK: (PasswordLink.objects.filter(user_id=user.pk), "kind", "made_at", "expires_at"),
    }
    first, *others = (
        rows.order_by()
        .annotate(told=Value(kind), words=Cast(what, TextField()), since=F(since), until=F(until))
        .values_list("told", "words", "since", "until")
        for kind, (rows, what, since, until) in kept.items()
    )
    return first.union(*others, all=True).order_by("since", "told")


def _way_in(row: tuple[str, str, datetime, datetime]) -> list[Any]:
    kind, what, since, until = row
    if kind == SESSION:
        held = Session(session_data=what).get_decoded()
        return [kind, f"{browser_of(held.get('agent', ''))}, {held.get('address', '')}", since, until]
    if kind in (IDENTITY, RETURN, TOKEN):
        return [kind, what, since, until]
    words = str(Authenticator.Type(what).label) if kind == STEP else LINK_LABELS[LinkKind(what)]
    return [kind, words, since, until]


own = [
    Held(
        "account",
        "Your account",
        "To sign you in. Your password is kept as a digest that nobody can read back.",
        ("Name", "E-mail address", "Opened", "Last signed in", "May sign in"),
        _accounts,
        _account,
        10,
    ),
    Held(
        "roles",
        "Your roles",
        "They decide what you may read and do, and from when until when.",
        ("Role", "Over", "From", "Until"),
        _memberships,
        _membership,
        11,
    ),
    Held(
        "signing-in",
        "How and where you sign in",
        "To prove that it is you, and to show you where. Secrets and links are kept so that nobody can read them here.",
        ("Kind", "What", "Since or last seen", "Until or last used"),
        _ways_in,
        _way_in,
        12,
    ),
]
