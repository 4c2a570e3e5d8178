"""Where a request comes from."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks; behind proxies of our own (TRUSTED_PROXIES of them) the one the outermost saw.

    X-Forwarded-For is read from the right, because its left end is whatever the client chose to write.
    """
    trusted = int(getattr(settings, "TRUSTED_PROXIES", 0))
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if trusted < 1:
        return direct[:64]
    chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return (chain[-trusted] if len(chain) >= trusted else direct)[:64]
