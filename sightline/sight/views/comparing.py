"""What changed: a plan between two days, two papers of a plan, and lists as they stood on a day."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans.models import Import, Plan
from sightline.plans.selectors import get_plan
from sightline.plans.selectors.imports import get_import
from sightline.rendering import MEDIA_TYPES
from sightline.screens.looking_back import read_looking_back
from sightline.sight.pages import comparing as pages
from sightline.sight.pages import then as then_pages
from sightline.sight.reports import comparing as reports
from sightline.sight.reports import then as then_reports
from sightline.sight.selectors.papers import papers_of, readable


@needs(Permission.PLANS_VIEW)
@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """What changed in a plan between two days."""
    page = pages.comparison_page(_who(request), _plan(request, key), request.GET, timezone.localdate())
    return render(request, "sight/compare.html", {"page": page, "marking": page.tier.marking})


@needs(Permission.EXPORT)
@require_safe
def compare_download(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The same as a file; days that are none lead back to the page, which says so."""
    if format not in reports.FORMATS:
        raise Http404
    plan, days = _plan(request, key), pages.days_of(request.GET, timezone.localdate())
    if days.problem:
        return redirect(f"../../?{request.GET.urlencode()}")
    address, by = request.build_absolute_uri("/")[:-1], actor_of(request)
    content = reports.take_comparison(
        _who(request), plan, days.first, days.second, format, site_address=address, by=by
    )
    return _file(content, format, reports.comparison_name(plan, days.first, days.second, format))


@needs(Permission.PLANS_VIEW)
@require_safe
def papers(request: HttpRequest, number: int) -> HttpResponse:
    """What one paper of a plan says differently from another."""
    page = pages.papers_page(_who(request), _import(request, number), request.GET)
    return render(request, "sight/papers.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def papers_download(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """The same as a file."""
    upload, user = _import(request, number), _who(request)
    other = pages.other_of(papers_of(user, upload), request.GET)
    if format not in reports.FORMATS or other is None:
        raise Http404
    content = reports.take_papers(user, other, upload, format, by=actor_of(request))
    return _file(content, format, reports.papers_name(other, upload, format))


@needs(Permission.PLANS_VIEW)
@require_safe
def then(request: HttpRequest) -> HttpResponse:
    """Actions across plans as they stood on a day; today where the address names none."""
    today = timezone.localdate()
    looking = read_looking_back(request.GET, today)
    page = then_pages.then_page(_who(request), request.GET, looking, looking.day or today)
    context = {"page": page, "looking": looking, "marking": page.tier.marking}
    return render(request, "sight/then.html", context)


@needs(Permission.EXPORT)
@require_safe
def then_download(request: HttpRequest, format: str) -> HttpResponse:
    """The same as a file; a day that is none leads back to the page, which says so."""
    if format not in then_reports.FORMATS:
        raise Http404
    today = timezone.localdate()
    looking = read_looking_back(request.GET, today)
    if looking.problem:
        return redirect(f"{reverse('sight:then')}?{request.GET.urlencode()}")
    on = looking.day or today
    asked = then_pages.asked_for(_who(request), request.GET, on)
    rows, title = asked.form.narrow(asked.rows), then_pages.title_of(asked.form)
    address, by = request.build_absolute_uri("/")[:-1], actor_of(request)
    content = then_reports.take_then(title, rows, asked.tier, on, format, site_address=address, by=by)
    return _file(content, format, f"actions-as-it-stood-{on.isoformat()}.{format}")


def _plan(request: HttpRequest, key: str) -> Plan:
    try:
        return get_plan(_who(request), key)
    except Plan.DoesNotExist:
        raise Http404("There is no such plan.") from None


def _import(request: HttpRequest, number: int) -> Import:
    try:
        found = get_import(_who(request), number)
    except Import.DoesNotExist:
        raise Http404("There is no such import.") from None
    if found.state not in readable(_who(request)):
        raise Http404("This import cannot be compared.")
    return found


def _who(request: HttpRequest) -> Any:
    return request.user


def _file(content: bytes, format: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
