"""The structure chart of groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.partners.pages.structure import AS_KNOWN_TODAY, structure_page
from sightline.screens.looking_back import read_looking_back


@needs(Permission.PARTNERS_VIEW)
@require_safe
def structure(request: HttpRequest) -> HttpResponse:
    """The groups of a day, each under the one it reports to."""
    user: Any = request.user
    looking = replace(read_looking_back(request.GET, timezone.localdate()), short_of=(AS_KNOWN_TODAY,))
    context = {"page": structure_page(user, looking), "looking": looking}
    return render(request, "partners/structure.html", context)
