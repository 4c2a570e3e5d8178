"""The line of sight, one function for each page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans.models import Action
from sightline.plans.selectors import get_action
from sightline.rendering import MEDIA_TYPES
from sightline.sight.choices import Way
from sightline.sight.pages import loose as loose_pages
from sightline.sight.pages import threads as pages
from sightline.sight.pages import timeline as timeline_pages
from sightline.sight.reports.loose import take_loose
from sightline.sight.reports.threads import FORMATS, take_thread, thread_name
from sightline.sight.selectors.starts import NoSuchStart, Start, find_start


@needs(Permission.PLANS_VIEW)
@require_safe
def whole(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The whole thread of a record: what asked for it, what was promised, what came of it."""
    return _thread(request, kind, key, Way.WHOLE)


@needs(Permission.PLANS_VIEW)
@require_safe
def why(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Why are we doing this: the thread up from the record."""
    return _thread(request, kind, key, Way.WHY)


@needs(Permission.PLANS_VIEW)
@require_safe
def came(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """What came of it: the thread down from the record."""
    return _thread(request, kind, key, Way.CAME)


@needs(Permission.EXPORT)
@require_safe
def download(request: HttpRequest, kind: str, key: str, format: str) -> HttpResponse:
    """The thread as a file."""
    if format not in FORMATS:
        raise Http404
    start, on = _start(request, kind, key), timezone.localdate()
    way = Way(request.GET["way"]) if request.GET.get("way") in set(Way) else Way.WHOLE
    told = pages.told_of(_who(request), start, request.GET, on)
    address = request.build_absolute_uri("/")[:-1]
    content = take_thread(told, way, format, site_address=address, by=actor_of(request))
    return _file(content, MEDIA_TYPES[format], thread_name(told, format, on))


@needs(Permission.PLANS_VIEW)
@require_safe
def loose(request: HttpRequest) -> HttpResponse:
    """Threads without an end, across the partnership."""
    page = loose_pages.loose_page(_who(request), request.GET)
    return render(request, "sight/loose.html", {"page": page, "marking": page.tier.marking})


@needs(Permission.EXPORT)
@require_safe
def loose_export(request: HttpRequest) -> StreamingHttpResponse:
    """The loose threads as CSV, written as they are read."""
    user = _who(request)
    kinds, wanted = loose_pages.asked_for(user, request.GET)
    lines = take_loose(user, kinds, wanted, by=actor_of(request))
    answer = StreamingHttpResponse(lines, content_type=MEDIA_TYPES["csv"])
    name = f"loose-threads-{timezone.localdate().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.PLANS_VIEW)
@require_safe
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """The time line of an action: states, both ratings, dates, updates, evidence, tests."""
    try:
        found = get_action(_who(request), reference)
    except Action.DoesNotExist:
        raise Http404("There is no such action.") from None
    page = timeline_pages.timeline_page(found, timezone.localdate())
    return render(request, "sight/timeline.html", {"page": page, "marking": page.tier.marking})


def _thread(request: HttpRequest, kind: str, key: str, way: Way) -> HttpResponse:
    start = _start(request, kind, key)
    page = pages.thread_page(_who(request), start, way, request.GET, timezone.localdate())
    return render(request, "sight/thread.html", {"page": page, "marking": page.tier.marking})


def _start(request: HttpRequest, kind: str, key: str) -> Start:
    try:
        return find_start(_who(request), kind, key)
    except NoSuchStart:
        raise Http404("There is no such record.") from None


def _who(request: HttpRequest) -> Any:
    return request.user


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
