"""Proof of the moment: who is signed in proves again who they are, before what is most dangerous.

The library asks nothing of an account that has neither password nor second step here. Such a person proves it where
they sign in: at the provider, which is told to ask anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url

from sightline.access.choices import NO_WAY_TO_PROVE, PROVE_FIRST
from sightline.access.models import User
from sightline.access.provider import provider

View = Callable[..., HttpResponse]


def has_proved(request: HttpRequest) -> bool:
    """Whether whoever is signed in proved once more who they are, a few minutes ago at most."""
    if not isinstance(request.user, User):
        return False
    steps = get_authentication_records(request, request.user)
    proofs = [float(step["at"]) for step in steps if step.get("reauthenticated")]
    return bool(time.time() - max(proofs, default=0.0) < app_settings.REAUTHENTICATION_TIMEOUT)


def to_proof(request: HttpRequest, back: str, sentence: str) -> HttpResponseRedirect:
    """To where it is proved, and from there `back`: by password or second step, else at the provider."""
    if get_reauthentication_flows(request.user):
        address, query = resolve_url("account_reauthenticate"), {"next": back}
    elif provider() is not None:
        address, query = resolve_url("access:provider"), {"again": "1", "next": back}
    else:
        messages.error(request, NO_WAY_TO_PROVE)
        return redirect("access:account")
    messages.info(request, sentence)
    return HttpResponseRedirect(f"{address}?{urlencode(query)}")


def first_proof(view: View) -> View:
    """A page on which a first way of proving it is set up. Who has one is asked for it by the library itself."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_proved(request) or get_reauthentication_flows(request.user):
            return view(request, *args, **kwargs)
        return to_proof(request, request.path, PROVE_FIRST)

    return asked
