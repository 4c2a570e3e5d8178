"""In which other plans an action stands."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import permissions
from sightline.plans.choices import WORK_STATES
from sightline.plans.forms.places import PlaceForm
from sightline.plans.models import Placement
from sightline.plans.pages.action_asking import about
from sightline.plans.rules import addresses
from sightline.plans.selectors import plans_visible_to
from sightline.plans.selectors.placed import get_place
from sightline.plans.services import places as services
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, who


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def place_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Let an action stand in another plan as well."""
    found, user = action_or_404(request, reference), who(request)
    permissions.check_edit_action(user, found)
    plans = plans_visible_to(user).filter(state__in=WORK_STATES).exclude(pk=found.plan_id).order_by("name")

    def save(form: PlaceForm) -> str:
        said: dict[str, Any] = form.values()
        plan = said.pop("plan")
        permissions.check_write_plan(user, plan)
        services.place_action(found, plan, **said, by=actor_of(request), now=timezone.now())
        return f"It stands in “{plan}” as well now. It still belongs to “{found.plan}”."

    asking = about(found, "It stands in another plan too", "Save")
    home = addresses.of_action(reference)
    return ask(request, asking, lambda data, token: PlaceForm(data, plans=plans), save, home)


@needs(Permission.PLAN_WRITE)
@require_POST
def place_end(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that it stands there no longer."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)
    try:
        place = get_place(who(request), found, number)
    except Placement.DoesNotExist:
        raise Http404("It does not stand there.") from None
    permissions.check_write_plan(who(request), place.plan)
    now = timezone.now()
    try:
        services.end_place(place, as_at=timezone.localdate(now), by=actor_of(request), now=now)
    except (StaleRecord, Unacceptable) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"It stands in “{place.plan}” no longer.")
    return redirect("plans:action", reference)
