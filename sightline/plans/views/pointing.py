"""What a plan's actions refer to, and saying what a reference means."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import Unacceptable
from sightline.plans import permissions
from sightline.plans.forms.pointing import OPEN, PointForm
from sightline.plans.models import Action, Reference
from sightline.plans.pages import pointing as pages
from sightline.plans.pages import standing
from sightline.plans.pages.action_asking import about
from sightline.plans.rules import addresses
from sightline.plans.selectors.pointing import get_pointing
from sightline.plans.services import pointing as services
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, marking_of, plan_or_404, who


@needs(Permission.PLANS_VIEW)
@require_safe
def pointing(request: HttpRequest, key: str) -> HttpResponse:
    """What the plan's actions refer to, and which of it is not matched to an action yet."""
    plan = plan_or_404(request, key)
    page = pages.pointing_page(who(request), plan, request.GET)
    return render(request, "plans/pointing.html", {"page": page, "marking": marking_of(plan)})


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def point(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say which action a reference means, or that none is meant."""
    action, user = action_or_404(request, reference), who(request)
    permissions.check_edit_action(user, action)
    found = _found(request, action, number)

    def make(data: Any, token: str) -> PointForm:
        typed = str(data.get("other", "")) if data is not None else ""
        actions = pages.offered(user, found, typed)
        first = {**pages.point_initial(found), "seen": token}
        return PointForm(data, initial=first, actions=actions, may_open=found.by_hand)

    def save(form: PointForm) -> str:
        meant, version = form.cleaned_data["meant"], int(form.cleaned_data["seen"])
        target, sentence = pages.chosen(user, found, meant, form.cleaned_data["other"])
        if sentence:
            raise Unacceptable({"other": sentence})
        if meant == OPEN:
            services.open_reference(found, version, by=actor_of(request), now=timezone.now())
            return f"“{found}” is looked for again."
        services.match_reference(found, version, target, by=actor_of(request), now=timezone.now())
        return f"“{found}” means {target.reference} now." if target else f"“{found}” stays as it is printed."

    asking = about(action, f"What does “{found}” mean?", "Save")
    stand = standing.version(found, lambda: _found(request, action, number), pages.point_rows)
    home = addresses.of_action(reference)
    return ask(request, asking, make, save, home, stand)


def _found(request: HttpRequest, action: Action, number: int) -> Reference:
    try:
        return get_pointing(who(request), action, number)
    except Reference.DoesNotExist:
        raise Http404("The action has no such reference.") from None
