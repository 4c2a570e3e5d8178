"""The first wall: a view says what it asks of whoever opens it, and one that says nothing is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve

from sightline.access.choices import NOT_OPENED, NOT_SIGNED_IN, SECOND_STEP_FIRST, Permission
from sightline.access.permissions import Refused, check_holds_anywhere, scope_of
from sightline.access.roles import permission as permission_named
from sightline.access.rules import STRONG
from sightline.events.choices import Actor
from sightline.events.marks import PUBLIC, SIGNED_IN, needed_by
from sightline.events.marks import needs as mark
from sightline.events.services import note_view

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "GuardMiddleware",
    "actor_of",
    "gathers_closed",
    "may_show_closed",
    "needs",
    "opens",
]

# What is open before the second step is taken, beside the pages on which it is set up.
OWN_ACCOUNT = frozenset({"account_reauthenticate", "access:account", "access:password"})
# What a page that shows one record tells the page template of: it is marked as the record is.
SHOWN = "shown_record"
# The mark of a view on whose page child-level or restricted records may stand.
CLOSED = "sightline_closed"
View = TypeVar("View", bound=Callable[..., Any])


def needs(what: Permission | str) -> Callable[[View], View]:
    """Say what a view asks for: a permission, SIGNED_IN (an account with a membership or without), or PUBLIC.

    A permission opens the page to whoever holds it over anything; the record's own check still follows in the view.
    Raises UnknownPermission for a name that does not exist.
    """
    if what not in {PUBLIC, SIGNED_IN}:
        permission_named(str(what))
    return mark(str(what))


def opens(find: Callable[..., Any]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view that shows one record: `find(user, …)` gets it through its scoped selector, and the view is given it.

    That somebody opened a child-level or restricted record is journalled before any of it is shown. Stands below
    `needs`. What `find` raises (Http404 for what may not be known to exist) passes through.
    """

    def shown(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            found = find(request.user, *args, **kwargs)
            note_view(found, by=actor_of(request))
            setattr(request, SHOWN, found)
            return view(request, found)

        return gathers_closed(opened)

    return shown


def gathers_closed(view: View) -> View:
    """Say of a view that child-level or restricted records may stand on its page: its address is kept by nobody for
    others, because what is asked in it may name a child. Stands below `needs`; `opens` says it by itself.
    """
    setattr(view, CLOSED, True)
    return view


def may_show_closed(address: str) -> bool:
    """Whether the page of this address is one on which child-level or restricted records may stand."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return bool(getattr(found.func, CLOSED, False))


class GuardMiddleware:
    """Deny by default: refuses every view that has no mark, and everybody who lacks what the mark asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the request through (None), send it to the sign-in page, or raise Refused."""
        wanted = needed_by(view)
        if wanted == PUBLIC:
            return None
        if wanted is None:
            raise Refused(NOT_OPENED)
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if lacks_second_step(request) and not is_way_to_second_step(request):
            messages.warning(request, SECOND_STEP_FIRST)
            return HttpResponseRedirect(resolve_url("mfa_index"))
        if wanted != SIGNED_IN:
            check_holds_anywhere(request.user, permission_named(wanted))
        return None


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether somebody who needs a second step of signing in has not taken one in this session."""
    if not settings.SECOND_STEP_REQUIRED or not scope_of(request.user).needs_second_step:
        return False
    return not took_second_step(request)


def took_second_step(request: HttpRequest) -> bool:
    """Whether this session was signed in with a second step, or one was proved in it."""
    return request.session.get("how") in STRONG or bool(request.session.get("proved"))


def is_way_to_second_step(request: HttpRequest) -> bool:
    """The pages on which a second step is set up, and one's own account."""
    named = request.resolver_match.view_name if request.resolver_match else ""
    return named.startswith("mfa_") or named in OWN_ACCOUNT


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and afterwards back to the page asked for (pages that only show something).

    Somebody whose session had lasted too long is told so there.
    """
    if sentence := getattr(getattr(request, "session", None), "why_over", ""):
        messages.info(request, sentence)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    query = f"?{urlencode({'next': back})}" if back != "/" else ""
    return HttpResponseRedirect(resolve_url(settings.LOGIN_URL) + query)


def actor_of(request: HttpRequest) -> Actor:
    """Who the journal says did what this request asks for. Raises Refused where nobody is signed in."""
    found = getattr(request.user, "actor", None)
    if not isinstance(found, Actor):
        raise Refused(NOT_SIGNED_IN)
    return found
