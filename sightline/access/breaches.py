"""Passwords that are known from breaches elsewhere: a service that is asked without being told the password.

The first five characters of the password's SHA-1 are sent, and nothing else; the service answers with the rest of every
digest it knows that begins so (a "k-anonymous range query"). Which service is a setting; without one nobody is asked.
"""

from __future__ import annotations

import hashlib
import logging
from typing import Any

import requests
from django.conf import settings
from django.core.exceptions import ValidationError
from requests import RequestException

PREFIX = 5
SECONDS = 2.0
OK, PIECE, MOST_BYTES = 200, 65_536, 1_000_000
# Asks the service to answer at one length whatever it knows, so that nobody on the way learns from it.
HEADERS = {"Add-Padding": "true"}
KNOWN = "This password is known from a breach of another site, so others try it. Choose one that is used nowhere else."
logger = logging.getLogger(__name__)


class NotBreachedValidator:
    """A password validator for forms. Not of the settings' list: that is asked in a transaction, and here one waits."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for a password that the service knows; lets it pass where nobody answers in time."""
        if not settings.BREACHED_PASSWORDS_URL:
            return
        try:
            known = _is_known(password)
        except RequestException as fault:
            # An address may hold a secret: no more is told than the kind of fault.
            logger.warning(
                "The service of breached passwords did not answer (%s): a password was taken unasked.",
                type(fault).__name__,
            )
            return
        if known:
            raise ValidationError(KNOWN, code="password_breached")

    def get_help_text(self) -> str:
        """What somebody is told beforehand."""
        return "Not one that is known from a breach of another site."


def _is_known(password: str) -> bool:
    """Whether the service knows the password. Lines that only pad the answer say 0. Raises RequestException."""
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    base = settings.BREACHED_PASSWORDS_URL.rstrip("/")
    told = (line.strip().split(":") for line in _answer(f"{base}/{digest[:PREFIX]}").splitlines())
    times = {line[0].upper(): line[1].strip() for line in told if len(line) == 2}
    return times.get(digest[PREFIX:], "0") != "0"


def _answer(url: str) -> str:
    """What the service answers, no more of it than such an answer can have."""
    with requests.get(url, headers=HEADERS, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
        answer.raise_for_status()
        if answer.status_code != OK:
            raise RequestException("it leads elsewhere")
        content = b""
        for piece in answer.iter_content(PIECE):
            content += piece
            if len(content) > MOST_BYTES:
                raise RequestException("it says too much")
    return content.decode("ascii", "replace")
