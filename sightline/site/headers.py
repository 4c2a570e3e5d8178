"""What every answer tells browsers and proxies: keep nothing of a page, and lend our pages no device."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

# What a page may use of the device, in the words of the Permissions Policy: nothing. Passkeys need no leave for our
# own origin; they are named so that nobody else's frame has it.
_NOTHING = ("camera", "microphone", "geolocation", "payment", "usb", "serial", "bluetooth", "hid", "midi")
_NEITHER = ("display-capture", "accelerometer", "gyroscope", "magnetometer", "browsing-topics")
_PASSKEYS = ("publickey-credentials-create=(self)", "publickey-credentials-get=(self)")
HEADERS = {
    # On a shared computer, going back after signing out shows nothing.
    "Cache-Control": "no-store",
    "Permissions-Policy": ", ".join([*(f"{name}=()" for name in (*_NOTHING, *_NEITHER)), *_PASSKEYS]),
    # Nobody else's page shows our files or pictures as its own.
    "Cross-Origin-Resource-Policy": "same-origin",
}


class HeadersMiddleware:
    """Set them where the view has not said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


def add_to_file(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """What the server of our own files adds to each: opened by itself it loads and runs nothing, unframed."""
    headers["Content-Security-Policy"] = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
