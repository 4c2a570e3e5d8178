"""What may be published: of a plan, on screen and as a file, and of one action, to be written by the unit."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions, selectors, services
from sightline.plans.forms.publishable import PublishableForm
from sightline.plans.pages import publishable as pages
from sightline.plans.pages import standing
from sightline.plans.pages.action_asking import about
from sightline.plans.reports import publishable as reports
from sightline.plans.rules.tiers import may_be_published
from sightline.plans.services.exporting import note_publishable
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, marking_of, plan_or_404, who
from sightline.rendering import MEDIA_TYPES
from sightline.screens.taking import csv_response


@needs(Permission.PLANS_VIEW)
@require_safe
def publishable(request: HttpRequest, key: str) -> HttpResponse:
    """A plan action by action: what may be published, and of which nothing may yet."""
    found = plan_or_404(request, key)
    page = pages.publishable_page(who(request), found, request.GET)
    return render(request, "plans/publishable.html", {"page": page, "marking": marking_of(found)})


@needs(Permission.EXPORT)
@require_safe
def download(request: HttpRequest, key: str, format: str) -> HttpResponseBase:
    """The same as a file, which holds the agreed words and none of the plan's own."""
    found, on = plan_or_404(request, key), timezone.localdate()
    permissions.check_export_plan(who(request), found)
    if format not in reports.PUBLISHABLE_FORMATS or not may_be_published(found.tier):
        raise Http404("Nothing of this plan is taken away like that.")
    actions, name = (
        pages.whole_publishable(who(request), found, request.GET),
        reports.publishable_name(found, on),
    )
    note_publishable(found, format, by=actor_of(request))
    if format == reports.CSV:
        return csv_response(name, reports.HEADINGS, reports.publishable_cells(actions.iterator()), marking="")
    content = reports.publishable_paper(found, list(actions[: reports.MOST + 1]), format, on)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{format}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[format], headers=headers)


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
@in_one_deed
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what may be published of an action, or withdraw it."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)

    def make(data: Any, token: str) -> PublishableForm:
        first = {} if data is not None else pages.publishable_initial(found)
        return PublishableForm(data, initial={**first, "seen": token})

    def save(form: PublishableForm) -> str:
        said = form.values()
        version = int(form.cleaned_data["seen"])
        made = services.set_publishable(found, version, **said, by=actor_of(request), now=timezone.now())
        return "What may be published was saved." if made.text else "Nothing may be published any more."

    asking = about(found, "What may be published of it", "Save")
    stand = standing.version(
        found, lambda: selectors.get_action(who(request), reference), pages.publishable_standing
    )
    home = reverse("plans:action", args=[reference])
    return ask(request, asking, make, save, home, stand, marking_of(found, found.plan))
