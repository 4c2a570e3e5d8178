"""Plans: their list, and each as its printed table, on screen and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans.pages import plans as pages
from sightline.plans.pages import table
from sightline.plans.pages.table_then import plan_page_then
from sightline.plans.permissions import check_export_plan
from sightline.plans.reports.printed import (
    EXPORTS,
    TooLong,
    UnknownExport,
    export_name,
    export_plan,
    export_plan_then,
)
from sightline.plans.reports.printed_csv import stream_plan
from sightline.plans.rules import addresses
from sightline.plans.selectors.answering import Logs
from sightline.plans.selectors.listed import PLAN_HEADINGS, plan_cells
from sightline.plans.selectors.parties import CHANGES
from sightline.plans.selectors.placed import placed_in
from sightline.plans.services.exporting import note_export
from sightline.plans.views.finding import plan_or_404, who
from sightline.screens.looking_back import read_looking_back
from sightline.screens.taking import csv_response


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
    found, looking = (
        plan_or_404(request, key, CHANGES, Logs(who(request), "plan")),
        read_looking_back(request.GET, timezone.localdate()),
    )
    if looking.day:
        page, looking = plan_page_then(who(request), found, request.GET, looking, looking.day)
    else:
        page = table.plan_page(who(request), found, request.GET)
    context = {"page": page, "looking": looking}
    return render(request, "plans/plan.html", context)


@needs(Permission.EXPORT)
@require_safe
def rows(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The rows of a plan's table, filtered and ordered as its page is, and what is placed in it, as CSV."""
    found, on = plan_or_404(request, key), timezone.localdate()
    check_export_plan(who(request), found)
    actions = table.whole_table(who(request), found, request.GET)
    places = placed_in(who(request), found)
    note_export(found, "csv", actions.values("pk").count() + len(places), by=actor_of(request))
    name = f"{slugify(found.key)}-rows-{on.isoformat()}"
    return csv_response(name, PLAN_HEADINGS, plan_cells(found, actions, places))


@needs(Permission.EXPORT)
@require_safe
def export(request: HttpRequest, key: str, format: str) -> HttpResponse | StreamingHttpResponse:
    """The whole plan, as the person may read it, as a file; CSV is sent while it is read."""
    found, today = plan_or_404(request, key), timezone.localdate()
    looking = read_looking_back(request.GET, today)
    if looking.problem:
        return redirect(f"{addresses.of_plan(key)}?{request.GET.urlencode()}")
    on = looking.day or today
    name = export_name(found, format, on, as_it_stood=looking.day is not None)
    taken = {"Content-Disposition": f'attachment; filename="{name}"'}
    if format == "csv" and not looking.day:
        pieces = stream_plan(found, user=who(request), by=actor_of(request))
        return StreamingHttpResponse(pieces, content_type=EXPORTS[format], headers=taken)
    write = export_plan_then if looking.day else export_plan
    try:
        content = write(found, format, user=who(request), by=actor_of(request), on=on)
    except (UnknownExport, TooLong) as unknown:
        raise Http404(str(unknown)) from unknown
    return HttpResponse(content, content_type=EXPORTS[format], headers=taken)
