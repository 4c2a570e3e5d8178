"""What the sign-in library asks of us: how a session is opened, how secrets are kept, whom to tell.

The library (django-allauth) does the second factor, passkeys and recovery codes; accounts, passwords, the throttle and
the journal are our own.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest

from sightline.access import services
from sightline.access.models import User
from sightline.access.rules import how_signed_in

FACTOR_NAMES = {
    Authenticator.Type.TOTP: "authenticator app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery codes",
}


class AccountAdapter(DefaultAccountAdapter):
    """Sessions begin and end through our services; nobody opens an account for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are opened by the business unit."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, once every step of signing in is done."""
        services.open_session(request, user, how_signed_in(get_authentication_records(request, user)))

    def logout(self, request: HttpRequest) -> None:
        """End the session."""
        services.sign_out(request)

    def reauthenticate(self, user: User, password: str) -> bool:
        """Whether this is the person's password; tries are counted as at the sign-in page."""
        return services.is_own_password(self.request, user, password)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing by itself: our pages say what happened."""


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
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it was; nothing where it was written under another key, so that no code fits."""
        try:
            return _cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return ""

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """A passkey that its person gave no name."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "Passkey" if number == 1 else f"Passkey {number}"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Sent by our services, with the entry in the journal."""


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
