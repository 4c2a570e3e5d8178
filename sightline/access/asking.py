"""Asking another server over HTTPS: the one place from which access does so, with a limit of time and of size."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.client import HTTPException
from urllib.request import HTTPRedirectHandler, Request, build_opener

MOST_BYTES = 1_000_000
CHUNK = 65_536


class NoAnswer(Exception):
    """The other server could not be reached, refused, was too slow, or said too much."""


class _NoRedirects(HTTPRedirectHandler):
    """What is asked of one server goes to no other."""

    def redirect_request(self, *args: object) -> None:
        """Nowhere else."""


def ask(url: str, *, seconds: float, headers: Mapping[str, str], data: bytes | None = None) -> bytes:
    """What the server answers, to a POST where there is `data`. No wait is longer than `seconds`, nor is the reading.

    Raises NoAnswer, whose text names no more than the kind of fault: an address may hold a secret.
    """
    if not url.startswith(("https://", "http://")):
        raise NoAnswer("no web address")
    request = Request(url, data=data, headers={"User-Agent": "Sightline", **headers})  # noqa: S310 - see above
    end = time.monotonic() + seconds
    try:
        with build_opener(_NoRedirects).open(request, timeout=seconds) as answer:
            return _read(answer, end)
    except (OSError, HTTPException, ValueError) as fault:
        raise NoAnswer(type(fault).__name__) from None


def _read(answer: object, end: float) -> bytes:
    read, parts, size = answer.read1, list[bytes](), 0  # type: ignore[attr-defined]  # an HTTPResponse
    while chunk := read(CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > MOST_BYTES or time.monotonic() > end:
            raise NoAnswer("too long")
    return b"".join(parts)
