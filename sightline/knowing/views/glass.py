"""Break-glass, and what those see who look into its uses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.models import User
from sightline.events.choices import StaleRecord
from sightline.knowing import selectors, services
from sightline.knowing.choices import NO_STEP, NOTHING_OPENED, MustWait, NotPossible, ProofUsed
from sightline.knowing.forms import FindingForm, GlassForm
from sightline.knowing.pages import glass_page, use_page, uses_page
from sightline.knowing.permissions import can_review_glass, check_break_glass
from sightline.knowing.rules import numbers

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]
PROVE_AGAIN = "Prove again that it is you, then type it once more. Nothing was opened."


@needs(SIGNED_IN)
@sensitive_post_parameters("reference", "reason")
@never_cache
@require_http_methods(READ_OR_SEND)
def break_glass(request: HttpRequest) -> HttpResponse:
    """Open a record without being on its list. Nothing that is typed is looked at before the second step was taken."""
    user = cast(User, request.user)
    check_break_glass(user)
    proved_at = proof(request, user)
    if proved_at is None:
        if request.method == "POST":
            messages.info(request, PROVE_AGAIN)
            return redirect("knowing:glass")
        prove = way_to_prove(user)
        context = {"page": glass_page(False, prove), "no_step": "" if prove else NO_STEP}
        return render(request, "knowing/glass.html", context)
    form = GlassForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            found = services.break_glass(user, **form.cleaned_data, proved_at=proved_at, now=timezone.now())
        except ProofUsed:
            messages.info(request, PROVE_AGAIN)
            return redirect("knowing:glass")
        except MustWait as wait:
            form.add_error(None, wait.sentence)
        else:
            if found is not None:
                kind, record = found
                messages.warning(
                    request, "You opened this by break-glass. Others are told, and will ask you why."
                )
                return redirect(kind.address(record))
            form.add_error(None, NOTHING_OPENED)
    context = {"page": glass_page(True, ""), "form": form}
    return render(request, "knowing/glass.html", context, status=REFUSED if form.is_bound else 200)


def proof(request: HttpRequest, user: User) -> datetime | None:
    """When the second step was last taken, if that is recent and was not used up by an opening.

    The service, which alone can tell it surely, looks whether it was used up where something is sent.
    """
    steps = [step for step in get_authentication_records(request, user) if step.get("method") == "mfa"]
    latest = datetime.fromtimestamp(max((float(step["at"]) for step in steps), default=0.0), UTC)
    recent = latest > timezone.now() - numbers().glass_proof
    used = recent and request.method != "POST" and selectors.opened_since(user.pk, latest)
    return latest if recent and not used else None


def way_to_prove(user: User) -> str:
    """The page on which the second step is taken again, which leads back here; empty for somebody who has none."""
    held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    back = f"?{urlencode({'next': reverse('knowing:glass')})}"
    if Authenticator.Type.TOTP in held:
        return reverse("mfa_reauthenticate") + back
    return reverse("mfa_reauthenticate_webauthn") + back if Authenticator.Type.WEBAUTHN in held else ""


@needs(Permission.GLASS_REVIEW)
@never_cache
@require_safe
def uses(request: HttpRequest) -> HttpResponse:
    """Every use of break-glass."""
    page = uses_page(request.user, request.GET, timezone.now())
    return render(request, "knowing/uses.html", {"page": page})


@needs(Permission.GLASS_REVIEW)
@never_cache
@require_http_methods(READ_OR_SEND)
def use(request: HttpRequest, number: int) -> HttpResponse:
    """One use: who, when and why; and what was found."""
    user = cast(User, request.user)
    found = get_object_or_404(selectors.uses_of_glass(user), pk=number)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.review_glass(
                found, form.cleaned_data["finding"], by=actor_of(request), now=timezone.now()
            )
        except NotPossible as refused:
            form.add_error("finding", str(refused))
        except StaleRecord as stale:
            messages.warning(request, stale.sentence)
            return redirect("knowing:use", number)
        else:
            messages.success(request, "What you found is kept.")
            return redirect("knowing:uses")
    context = {"page": use_page(user, found, timezone.now()), "form": form}
    return render(request, "knowing/use.html", context, status=REFUSED if form.is_bound else 200)


@needs(SIGNED_IN)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close it before its time: whoever opened it, or whoever reviews."""
    user = cast(User, request.user)
    found = get_object_or_404(selectors.closable_glass(user), pk=number)
    try:
        services.close_glass(found, by=actor_of(request), now=timezone.now())
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    else:
        messages.success(request, "The record is closed again.")
    return redirect(
        "knowing:use" if can_review_glass(user) else "/", *([number] if can_review_glass(user) else [])
    )
