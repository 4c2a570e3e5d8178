"""Who is let in to a return by link and code: the mark of the apps' pages, and the cookie that a browser brings.

The cookie is no session of an account: it goes to the addresses of its own return alone, and opens the one that its
browser entered a code for, until nothing was done for a while or the link is ended.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sightline.access import services
from sightline.access.guard import PUBLIC, needs
from sightline.access.models import ReturnLink
from sightline.access.rules import return_numbers
from sightline.events.choices import MARKINGS, Tier

COOKIE = "return-entry"
# Nothing of the site stands around a return, also where somebody with an account opens it.
NOTHING_AROUND = {"navigation": None, "signed_in": None, "may_search": False}
View = Callable[..., HttpResponse]


def by_return(kind: str) -> Callable[[View], View]:
    """Mark an app's page of a return: `view(request, link, secret)` is called for a browser that entered its code.

    Everybody else is led to where a code is sent, or told that the link is over. Raises nothing.
    """

    def marked(view: View) -> View:
        @needs(PUBLIC)
        @never_cache
        @wraps(view)
        def let_in(request: HttpRequest, secret: str) -> HttpResponse:
            try:
                link = services.opened_return(kind, secret, token_of(request), timezone.now())
                if link is None:
                    return redirect("access:return_start", secret)
                return keep_token(view(request, link, secret), secret, token_of(request))
            except services.ReturnOver as over:
                return return_over(request, over)

        return let_in

    return marked


def token_of(request: HttpRequest) -> str:
    """What the browser brings; empty where it brings nothing."""
    return str(request.COOKIES.get(COOKIE, ""))


def keep_token(answer: HttpResponse, secret: str, token: str) -> HttpResponse:
    """Let the browser bring this token from now on, to this return alone and not for long."""
    life, path = return_numbers().code + return_numbers().open, reverse("access:return_start", args=[secret])
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(COOKIE, token, max_age=life, path=path, secure=secure, httponly=True, samesite="Lax")
    return answer


def return_over(request: HttpRequest, over: services.ReturnOver) -> HttpResponse:
    """That the link leads nowhere any more, and whom to ask."""
    return render(
        request, "access/return_over.html", {**NOTHING_AROUND, "sentence": over.sentence}, status=410
    )


def render_return(
    request: HttpRequest, template: str, link: ReturnLink, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of a return: marked as its record is, with nothing of the site around it."""
    marking = MARKINGS[Tier(link.tier)]
    return render(request, template, {**NOTHING_AROUND, "marking": marking, **context}, status=status)
