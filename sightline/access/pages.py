"""What the pages of access show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import TOKEN_SCOPE_LABELS
from sightline.access.forms import SignInForm
from sightline.access.models import ReturnLink, Token, User
from sightline.access.provider import provider
from sightline.access.rules import (
    CODE,
    PASSKEY,
    PASSWORD,
    PROVIDER,
    PROVIDER_CODE,
    PROVIDER_STRONG,
    browser_of,
    half_hidden,
    session_limits,
    session_mark,
)
from sightline.access.selectors import sessions_of, tokens_of
from sightline.jobs.rules import wait_in_words

HOW = {
    PASSWORD: "with a password",
    CODE: "with a password and a code",
    PASSKEY: "with a passkey",
    PROVIDER: "by single sign-on",
    PROVIDER_CODE: "by single sign-on and a code",
    PROVIDER_STRONG: "by single sign-on with a second step",
    "demo": "with one click",
}


@dataclass(frozen=True)
class SignInPage:
    """The sign-in page; `back` is the address asked for before, already checked to be our own.

    `provider`: what the button of single sign-on says; empty where there is none.
    """

    form: SignInForm
    back: str
    provider: str

    @property
    def at_provider(self) -> str:
        """Where signing in at the provider begins."""
        return f"{reverse('access:provider')}?{urlencode({'next': self.back})}"


def sign_in_page(form: SignInForm, back: str) -> SignInPage:
    """The sign-in page, with the provider of single sign-on where there is one."""
    at = provider()
    return SignInPage(form, back, f"Sign in with {at.name}" if at else "")


@dataclass(frozen=True)
class ReturnPage:
    """The door of a return: who asks, whom, and where the code goes, so that its own person alone knows it again."""

    asked_by: str
    name: str
    address: str
    until: datetime


def return_page(link: ReturnLink) -> ReturnPage:
    """The door of this return."""
    until = timezone.localtime(link.expires_at)
    return ReturnPage(link.asked_by_label, link.name, half_hidden(link.email), until)


@dataclass(frozen=True)
class TokenRow:
    """A personal token, without its secret, which nobody has but its person."""

    number: int
    name: str
    uses: tuple[str, ...]
    made: datetime
    expires_on: date
    used: datetime | None


@dataclass(frozen=True)
class TokensPage:
    """Somebody's personal tokens, and the form of a new one."""

    rows: tuple[TokenRow, ...]


def tokens_page(user: User) -> TokensPage:
    """The page of somebody's tokens."""
    return TokensPage(tuple(_token(each) for each in tokens_of(user)))


def _token(each: Token) -> TokenRow:
    uses = tuple(label for scope, label in TOKEN_SCOPE_LABELS.items() if each.allows(scope))
    used = timezone.localtime(each.used_at) if each.used_at else None
    return TokenRow(each.pk, each.name, uses, timezone.localtime(each.made_at), each.expires_on, used)


@dataclass(frozen=True)
class SessionRow:
    """One place where somebody is signed in. `mark` goes with its button, and is no key."""

    mark: str
    browser: str
    address: str
    how: str
    began: datetime | None
    seen: datetime
    is_this: bool


@dataclass(frozen=True)
class AccountPage:
    """One's own account: where one is signed in, and how long that lasts."""

    email: str
    sessions: tuple[SessionRow, ...]
    idle: str
    whole: str

    @property
    def has_others(self) -> bool:
        """Whether one is signed in anywhere else."""
        return any(not row.is_this for row in self.sessions)


def account_page(user: User, session_key: str) -> AccountPage:
    """The page of one's own account."""
    limits = session_limits()[user.scope.reads]
    rows = tuple(_session(row, session_key) for row in sessions_of(user))
    return AccountPage(user.email, rows, wait_in_words(limits.idle), wait_in_words(limits.whole))


def _session(row: Any, own: str) -> SessionRow:
    held = row.get_decoded()
    began = datetime.fromisoformat(held["began"]) if "began" in held else None
    return SessionRow(
        mark=session_mark(row.session_key),
        browser=browser_of(held.get("agent", "")),
        address=held.get("address", ""),
        how=HOW.get(held.get("how", ""), ""),
        began=timezone.localtime(began) if began else None,
        seen=timezone.localtime(row.seen_at),
        is_this=row.session_key == own,
    )
