"""What the sign-in library asks of us: how a session is opened, how secrets are kept, whom to tell.

The library (django-allauth) does the second factor, passkeys and recovery codes; accounts, passwords, the throttle and
the journal are our own.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sightline.access import services
from sightline.access.models import User
from sightline.access.rules import how_signed_in


class AccountAdapter(DefaultAccountAdapter):
    """Sessions begin and end through our services; nobody opens an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened by the business unit."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, once every step of signing in is done; not of an account closed in the meantime."""
        if not User.objects.filter(pk=user.pk, is_active=True).exists():
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        services.open_session(request, user, how_signed_in(get_authentication_records(request, user)))

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password; tries are counted as at the sign-in page."""
        return services.is_own_password(self.request, user, password)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """To the sign-in page, where no more is said than of a wrong password."""
        messages.error(request, services.NOT_NOW)
        return redirect("access:sign_in")

    def add_message(
        self, request: HttpRequest, level: int, *args: Any, message: str = "", **kwargs: Any
    ) -> None:
        """What went wrong is said; what went well our pages show."""
        if level == messages.ERROR and message:
            messages.error(request, message)


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are not readable in the database, and their words are ours."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "The code is not right. Enter the one that is shown now.",
    }

    def get_totp_issuer(self) -> str:
        """What the code is called in somebody's app."""
        return "Sightline"

    def encrypt(self, text: str) -> str:
        """The secret as it is kept: readable only with the key that lies outside the database."""
        return _cipher(settings.SECRET_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was; one of chance where it was written under another key, so that no code fits."""
        for key in map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)):
            with suppress(InvalidToken):
                return _cipher(key).decrypt(encrypted_text.encode()).decode()
        return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """A passkey that its person gave no name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"


def _cipher(secret_key: str) -> Fernet:
    key = hashlib.sha256(b"second factor\0" + secret_key.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
