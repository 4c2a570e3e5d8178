"""Figures of attendance, on the page and as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.access.taking import taken
from sightline.meetings import permissions
from sightline.meetings.pages import attendance as pages
from sightline.meetings.services import note_list_taken


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
    check, note = permissions.check_export, note_list_taken
    make = pages.attendance_document
    return taken(request, format, "attendance", make, check=check, note=note, formats=pages.FORMATS)


def _who(request: HttpRequest) -> Any:
    return request.user
