"""What the sign-in library tells of second steps, handed to the services: the one place where signals are heard."""

from __future__ import annotations

from typing import Any

from allauth.mfa import signals
from django.dispatch import receiver
from django.http import HttpRequest

from sightline.access import services
from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.access.rules import how_without_steps


@receiver(signals.authenticator_added)
def added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Setting a step up proves it: the session counts as signed in with it."""
    key = request.session.session_key or ""
    services.note_factor(user, AccessEntry.FACTOR_ADDED, authenticator.type, session=key, by=user.actor)
    if authenticator.type in services.STEPS:
        request.session["proved"] = True


@receiver(signals.authenticator_removed)
def removed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """A step was taken away by its person; without any left, the session counts as signed in without one,
    and the person's tokens end.
    """
    services.note_factor(user, AccessEntry.FACTOR_REMOVED, authenticator.type, by=user.actor)
    if not services.has_step(user):
        services.end_tokens_of(user, "The second step of signing in was taken away.", by=user.actor)
        request.session.pop("proved", None)
        request.session["how"] = how_without_steps(request.session.get("how", ""))


@receiver(signals.authenticator_reset)
def renewed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    """Recovery codes were made anew."""
    services.note_factor(user, AccessEntry.FACTOR_RENEWED, authenticator.type, by=user.actor)


@receiver(signals.authentication_failed)
def failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A wrong code."""
    services.note_code_failure(request, user)
