"""Actions and exceptions across plans: on screen, and as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions
from sightline.plans.pages import across as pages
from sightline.plans.reports.lists import HEADINGS
from sightline.plans.services.exporting import note_list_export
from sightline.plans.views.finding import who
from sightline.screens.taking import csv_response


@needs(Permission.PLANS_VIEW)
@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """Every action the person may read, filtered, sorted and paged as the address says."""
    page = pages.actions_page(who(request), request.GET)
    return render(request, "plans/actions.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_safe
def exception_list(request: HttpRequest) -> HttpResponse:
    """Every exception the person may read, each with its reasons."""
    page = pages.exceptions_page(who(request), request.GET, timezone.localdate())
    return render(request, "plans/exceptions.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def actions_export(request: HttpRequest) -> StreamingHttpResponse:
    """The list of actions as a file, narrowed and ordered as it was shown."""
    return _export(request, "actions", only_exceptions=False)


@needs(Permission.EXPORT)
@require_safe
def exceptions_export(request: HttpRequest) -> StreamingHttpResponse:
    """The list of exceptions as a file, narrowed and ordered as it was shown."""
    return _export(request, "exceptions", only_exceptions=True)


def _export(request: HttpRequest, name: str, *, only_exceptions: bool) -> StreamingHttpResponse:
    permissions.check_export(who(request))
    rows = pages.cells_to_export(who(request), request.GET, only_exceptions=only_exceptions)
    note_list_export(name, request.GET.urlencode(), by=actor_of(request))
    return csv_response(f"{name}-{timezone.localdate().isoformat()}", HEADINGS, rows)
