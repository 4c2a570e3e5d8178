"""The mark of the pages that a personal link opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from sightline.access.guard import PUBLIC, needs
from sightline.access.letting_in import NOTHING_AROUND
from sightline.events.choices import MARKINGS, Tier
from sightline.requests.models import RoundMail
from sightline.requests.services import LinkOver, links_named

View = Callable[..., HttpResponse]


def by_link(*kinds: str) -> Callable[[View], View]:
    """Mark a page of rounds of these kinds: `view(request, link, secret)` is called where the link may be used.

    A guessed link, an ended one and one of a closed round get the same page, which says nothing of any. Raises nothing.
    """
    return _marked(lambda: kinds, lambda links: links[0])


def by_links(kinds: Callable[[], Sequence[str]]) -> Callable[[View], View]:
    """The same of a page that serves all rounds of these kinds at once: the view is given all that the link serves."""
    return _marked(kinds, lambda links: links)


def _marked(
    kinds: Callable[[], Sequence[str]], given: Callable[[Sequence[RoundMail]], Any]
) -> Callable[[View], View]:
    def marked(view: View) -> View:
        @needs(PUBLIC)
        @never_cache
        @wraps(view)
        def let_in(request: HttpRequest, secret: str) -> HttpResponse:
            try:
                return view(request, given(links_named(kinds(), secret, timezone.now())), secret)
            except LinkOver as over:
                return _page(request, "access/return_over.html", {"sentence": over.sentence}, 410)

        return let_in

    return marked


def render_link(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page that a personal link opens: what every member may read, with nothing of the site around it."""
    return _page(request, template, {"marking": MARKINGS[Tier.T1], **context}, status)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    return render(request, template, {**NOTHING_AROUND, **context}, status=status)
