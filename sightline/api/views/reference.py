"""What describes the API: the document for programs, the page for people, and what every other address answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.guard import SIGNED_IN, needs
from sightline.api.pages import reference_page
from sightline.api.problems import NOT_FOUND, Problem
from sightline.api.serving import JSON, document


@needs(SIGNED_IN)
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every operation of the API, from its own document."""
    return render(request, "api/reference.html", {"page": reference_page()})


def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document. It tells of no record, so it asks for no token."""
    if request.method not in {"GET", "HEAD"}:
        raise Problem(405, "This address takes GET.", headers={"Allow": "GET, HEAD"})
    return HttpResponse(document(), content_type=JSON)


def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """No operation has this address."""
    raise Problem(404, NOT_FOUND)
