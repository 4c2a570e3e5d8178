"""How long a record to which others belong is kept."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.events.disposing import gatherings
from sightline.retention.pages import wholes as pages
from sightline.retention.pages.holds import titles_for
from sightline.retention.permissions import check_keep


@needs(Permission.RETENTION_KEEP)
@require_safe
def whole(request: HttpRequest, app: str, model: str, number: int) -> HttpResponse:
    """One such record; nothing where its reader may not read it."""
    check_keep(request.user)
    gathering = gatherings().get((app, model))
    title = titles_for(request.user).get((app, model, number), "")
    if gathering is None or not title:
        raise Http404
    return render(request, "retention/whole.html", {"page": pages.whole_page(gathering, number, title)})
