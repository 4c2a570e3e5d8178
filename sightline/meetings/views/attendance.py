"""Figures of attendance, on the page and as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.meetings import permissions
from sightline.meetings.pages import attendance as pages
from sightline.meetings.services import note_list_taken
from sightline.rendering import MEDIA_TYPES, write
from sightline.rendering.document import Table


@needs(Permission.PLANS_VIEW)
@require_safe
def attendance(request: HttpRequest) -> HttpResponse:
    """Rates by seat, agency, sector, group and year, as the address asks."""
    page = pages.attendance_page(_who(request), request.GET)
    return render(request, "meetings/attendance.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def attendance_export(request: HttpRequest, format: str) -> HttpResponse:
    """The same tables as a file."""
    if format not in pages.FORMATS.values():
        raise Http404("Attendance is taken away as CSV, Excel or Word.")
    permissions.check_export(_who(request))
    document = pages.attendance_document(_who(request), request.GET, scope_of(_who(request)).marking)
    if not any(isinstance(each, Table) for each in document.blocks):
        raise Http404("Nobody's attendance is entered for what was asked.")
    note_list_taken("attendance", format, request.GET.urlencode(), by=actor_of(request))
    file = f"attendance-{timezone.localdate().isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(write(document, format), content_type=MEDIA_TYPES[format], headers=headers)


def _who(request: HttpRequest) -> Any:
    return request.user
