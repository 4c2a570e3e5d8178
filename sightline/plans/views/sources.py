"""Sources and what they ask for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import Tier
from sightline.plans import permissions, services
from sightline.plans.choices import SourceKind
from sightline.plans.forms.sources import SourceForm
from sightline.plans.pages import sources as pages
from sightline.plans.pages import standing
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import marking_of, source_or_404, who
from sightline.screens.asking import Asking

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLANS_VIEW)
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """Every source the person may read."""
    return render(request, "plans/sources.html", {"page": pages.list_page(who(request), request.GET)})


@needs(Permission.PLANS_VIEW)
@require_safe
def source(request: HttpRequest, key: str) -> HttpResponse:
    """A source, what it asks for, and the actions that answer."""
    found = source_or_404(request, key)
    page = pages.source_page(who(request), found)
    return render(request, "plans/source.html", {"page": page})


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def source_new(request: HttpRequest) -> HttpResponse:
    """Add a source."""
    permissions.check_write_plan(who(request))
    made: list[str] = []

    def save(form: SourceForm) -> str:
        new = services.create_source(**_given(form), by=actor_of(request), now=timezone.now())
        made.append(new.key)
        return f"{new.title} was added. Now add what it asks for."

    asking = Asking("Add a source", "", reverse("plans:sources"), "Add the source")
    return ask(
        request,
        asking,
        lambda data, token: SourceForm(data),
        save,
        lambda: reverse("plans:source", args=made),
    )


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def source_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change a source."""
    found = source_or_404(request, key)
    permissions.check_write_plan(who(request))
    home = reverse("plans:source", args=[key])

    def make(data: Any, token: str) -> SourceForm:
        known = {
            name: getattr(found, name) for name in SourceForm.base_fields if name not in ("seen", "because")
        }
        return SourceForm(data, initial={**known, "seen": token})

    def save(form: SourceForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_source(found, version, _given(form), by=actor_of(request), now=timezone.now())
        return f"{found.title} was saved."

    stand = standing.version(found, lambda: source_or_404(request, key), pages.source_facts)
    asking = Asking("Change the source", found.title, home, "Save the source")
    return ask(request, asking, make, save, home, stand, marking_of(found))


def _given(form: SourceForm) -> dict[str, Any]:
    said = form.values()
    return {**said, "kind": SourceKind(said["kind"]), "tier": Tier(said["tier"])}
