"""How many pages anybody may ask for in a minute, so that one person, or one script, cannot stop all others' work.

Counted in the memory of each web process, by the minute: nothing is written, and nothing is kept longer. What comes in
by volume from many addresses is for the proxy in front (THREAT_MODEL.md).
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from sightline.access.addresses import client_address
from sightline.access.rules import pace

MINUTE = 60
PROGRAMS = "/api/v1/"
TOO_FAST = "More was asked for from here than is answered in a minute. Go on in a minute."


class Minute:
    """The requests of the present minute, by whom."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._minute, self._counts = 0, Counter[str]()

    def count(self, who: str) -> int:
        """Count one more of somebody; how many it makes in this minute."""
        minute = int(self._clock() // MINUTE)
        with self._lock:
            if minute != self._minute:
                self._minute, self._counts = minute, Counter()
            self._counts[who] += 1
            return self._counts[who]


def too_fast() -> HttpResponse:
    """What people are told."""
    return HttpResponse(render_to_string("429.html"), status=429)


def too_fast_for_programs() -> HttpResponse:
    """What programs are told: problem details, as at every address of the API."""
    told = {"type": "about:blank", "title": "Too Many Requests", "status": 429, "detail": TOO_FAST}
    return JsonResponse(told, status=429, content_type="application/problem+json")


class PaceMiddleware:
    """Answer 429 to whoever asks faster than anybody reads: an account, or an address where nobody is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.minute = Minute()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.PACE and self._too_fast(request):
            answer = too_fast_for_programs() if request.path.startswith(PROGRAMS) else too_fast()
            answer.headers["Retry-After"] = str(MINUTE)
            return answer
        return self.get_response(request)

    def _too_fast(self, request: HttpRequest) -> bool:
        """Programs are counted apart, by their address alone: their cookies count for nothing, and no program keeps
        people of its address from signing in.
        """
        if request.path.startswith(PROGRAMS):
            return self.minute.count(f"program {client_address(request)}") > pace().address
        if request.user.is_authenticated:
            return self.minute.count(f"user {request.user.pk}") > pace().account
        return self.minute.count(f"address {client_address(request)}") > pace().address
