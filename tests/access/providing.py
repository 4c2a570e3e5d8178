"""The tests' own OpenID Connect provider as a running process, and what a browser does there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.test import Client

ROOT = Path(__file__).resolve().parents[2]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """The test looks at where it would lead."""


@dataclass
class Provider:
    """The running provider, at this address."""

    address: str

    def tells(self, **changes: Any) -> None:
        """Let it tell something else than at first; whatever is not named is as at first."""
        self._post("/told", json.dumps(changes).encode(), {"Content-Type": "application/json"})

    def signs_in(self, subject: str, door: str) -> str:
        """Be somebody at its sign-in page `door`; the address to come back with."""
        return self._post(door.removeprefix(self.address), urlencode({"subject": subject}).encode(), {})

    def _post(self, path: str, data: bytes, headers: dict[str, str]) -> str:
        request = Request(self.address + path, data=data, headers=headers)
        try:
            with build_opener(_Stay).open(request, timeout=10) as answer:
                return str(answer.url)
        except HTTPError as answer:
            answer.close()
            if answer.code != 302:
                raise
            return str(answer.headers["Location"])


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.access.openid_provider"],
        cwd=ROOT,
        env={**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        assert address, "the provider did not start"
        yield Provider(address)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()  # type: ignore[union-attr]  # it is a pipe


def settings_for(provider: Provider, **changes: Any) -> dict[str, Any]:
    """SINGLE_SIGN_ON for this provider."""
    from tests.access.openid_provider import CLIENT, SECRET

    return {
        "issuer": provider.address,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "name": "Wealdshire",
        "second_step": ["mfa"],
        "addresses_verified": False,
        **changes,
    }


def come_in(provider: Provider, client: Client, subject: str, back: str = "/plans/") -> Any:
    """Sign in at the provider and come back: the last answer, not followed."""
    begun = client.get("/sign-in/provider/", {"next": back})
    assert begun.status_code == 302
    return come_back(provider, client, subject, begun["Location"])


def come_back(provider: Provider, client: Client, subject: str, door: str) -> Any:
    """Be somebody at the provider's door and come back: the last answer, not followed."""
    assert door.startswith(f"{provider.address}/authorize?")
    found = urlsplit(provider.signs_in(subject, door))
    return client.get(f"{found.path}?{found.query}")
