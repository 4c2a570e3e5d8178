"""What stands in every request: whoever supplies Sightline reads nothing that is not written down first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sightline.oversight.selectors.support import running_session
from sightline.oversight.services.support import note_used


class SupportMiddleware:
    """Journals every page that the guard lets an account of the supplier's open, under its session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Write it down; outside a session such an account holds no role, so the guard shows it nothing."""
        user: Any = request.user
        if not getattr(user, "is_supplier", False):
            return
        session = running_session(user, timezone.now())
        setattr(request, "support_session", session)  # noqa: B010 - a request has no such attribute to mypy
        if session is not None:
            note_used(session, request.method or "", _page(request.path, kwargs), by=user.actor)


def _page(path: str, kwargs: Any) -> str:
    """The address without what lets somebody in: such a link is written down nowhere."""
    return path.replace(kwargs["secret"], "…") if "secret" in kwargs else path
