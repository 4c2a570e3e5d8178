"""Lists as files: journalled, and marked as what their reader could meet in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from sightline.access.guard import actor_of
from sightline.access.permissions import scope_of
from sightline.meetings import permissions
from sightline.meetings.services import note_list_taken
from sightline.rendering import MEDIA_TYPES, write
from sightline.rendering.document import Document

FORMATS = ("csv", "xlsx")


def taken(
    request: HttpRequest, format: str, name: str, make: Callable[[Any, QueryDict, str], Document]
) -> HttpResponse:
    """The list `name`, as `make(user, query, marking)` writes it. Raises Http404, Refused."""
    if format not in FORMATS:
        raise Http404("Lists are taken away as CSV or Excel.")
    permissions.check_export(request.user)
    document = make(request.user, request.GET, scope_of(request.user).marking)
    note_list_taken(name, format, request.GET.urlencode(), by=actor_of(request))
    file = f"{name}-{timezone.localdate().isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(write(document, format), content_type=MEDIA_TYPES[format], headers=headers)
