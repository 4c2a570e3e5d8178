"""Signing in with one click as somebody of the invented county."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST

from sightline.access.guard import PUBLIC, needs
from sightline.access.services import open_session
from sightline.demo import selectors
from sightline.demo.story import is_invented
from sightline.partners.selectors import partnership


@needs(PUBLIC)
@require_POST
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    """Begin a session as the person who stands for a role. Not there outside the demonstration."""
    if not (settings.DEMO_SIGN_IN and is_invented(partnership())):
        raise Http404("One-click sign-in belongs to the demonstration.")
    player = selectors.player_of(role)
    if player is None:
        raise Http404("Nobody of the demonstration holds this role.")
    open_session(request, player.user, "demo")
    # Nobody of the demonstration has a password: for a few minutes, this click is all the proof there can be.
    record_authentication(request, player.user, method="demo", reauthenticated=True)
    return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
