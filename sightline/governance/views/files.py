"""Stored files of governance, handed out to those who may read what keeps them."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.documents.serving import download
from sightline.governance.selectors.lists import member_lists_visible_to
from sightline.governance.selectors.terms import terms_visible_to
from sightline.governance.services import note_file_taken


@needs(Permission.PARTNERS_WRITE)
@require_safe
def list_file(request: HttpRequest, number: int) -> FileResponse:
    """A membership list as it came."""
    found = get_object_or_404(member_lists_visible_to(_who(request)), pk=number)
    answer = download(found.document)
    note_file_taken(found, found.document, by=actor_of(request))
    return answer


@needs(Permission.PARTNERS_VIEW)
@require_safe
def terms_file(request: HttpRequest, number: int) -> FileResponse:
    """The file of a version of terms of reference; an earlier version says so in its name."""
    found = get_object_or_404(terms_visible_to(_who(request)), pk=number)
    document = found.document
    if document is None:
        raise Http404("This version is a text, which stands on the page.")
    answer = download(document, is_earlier=hasattr(document, "replaced_by"))
    note_file_taken(found, document, by=actor_of(request))
    return answer


def _who(request: HttpRequest) -> Any:
    return request.user
