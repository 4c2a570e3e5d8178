"""Plans: their list, and each as its printed table, on screen and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans.pages import plans as pages
from sightline.plans.pages import table
from sightline.plans.reports.printed import EXPORTS, UnknownExport, export_name, export_plan
from sightline.plans.views.finding import marking_of, plan_or_404, who


@needs(Permission.PLANS_VIEW)
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan the person may read, with how many of its actions need looking at."""
    page = pages.list_page(who(request), request.GET)
    return render(request, "plans/list.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_safe
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """A plan as its printed table: filtered, sorted and paged as the address says."""
    found = plan_or_404(request, key)
    page = table.plan_page(who(request), found, request.GET)
    return render(request, "plans/plan.html", {"page": page, "marking": marking_of(found)})


@needs(Permission.EXPORT)
@require_safe
def export(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The whole plan, as the person may read it, as a file."""
    found, on = plan_or_404(request, key), timezone.localdate()
    try:
        content = export_plan(found, format, user=who(request), by=actor_of(request), on=on)
    except UnknownExport as unknown:
        raise Http404(str(unknown)) from unknown
    name = export_name(found, format, on)
    return HttpResponse(
        content,
        content_type=EXPORTS[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
