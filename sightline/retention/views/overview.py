"""Where retention stands."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.retention.pages.overview import overview_page
from sightline.retention.permissions import check_keep


@needs(Permission.RETENTION_KEEP)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Where retention stands."""
    check_keep(request.user)
    return render(request, "retention/overview.html", {"page": overview_page()})
