"""Lists as files: whoever may, journalled, and marked as what their reader could meet in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from sightline.access.guard import actor_of
from sightline.access.permissions import scope_of
from sightline.rendering import MEDIA_TYPES, write
from sightline.rendering.document import Document

FORMATS = {"CSV": "csv", "Excel": "xlsx"}


class TakenList(HttpResponse):
    """A file. `marking`: of what it holds; None where it is marked as what its reader could meet."""

    marking: str | None = None


def taken(
    request: HttpRequest,
    format: str,
    name: str,
    make: Callable[[Any, QueryDict, str], Document],
    *,
    check: Callable[[Any], None],
    note: Callable[..., None],
    formats: Mapping[str, str] = FORMATS,
    marking: str | None = None,
) -> HttpResponse:
    """The list `name`, as `make(user, query, marking)` writes it; `marking`: where all of it is of one tier.

    `check` raises Refused where it is not theirs to take; `note(name, format, asked, by=…)` journals it. Raises Http404
    for a format that is none of `formats`, which are told by their names.
    """
    if format not in formats.values():
        raise Http404(f"This is taken away as {', '.join(formats)}.")
    check(request.user)
    document = make(request.user, request.GET, scope_of(request.user).marking if marking is None else marking)
    note(name, format, request.GET.urlencode(), by=actor_of(request))
    file = f"{name}-{timezone.localdate().isoformat()}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    answer = TakenList(write(document, format), content_type=MEDIA_TYPES[format], headers=headers)
    answer.marking = marking
    return answer
