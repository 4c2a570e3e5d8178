"""The page of search."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.access.models import User
from sightline.access.rules import is_own_name
from sightline.search import services
from sightline.search.pages import search_page
from sightline.search.selectors import jump


@needs(Permission.PLANS_VIEW)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search everything this person may read; the reference of an action leads straight to it."""
    user, asked = cast(User, request.user), request.GET.get("q", "")[:200]
    if is_own_name(asked, user.name):
        services.note_own_name(user)
    address = jump(user, asked)
    if address:
        return HttpResponseRedirect(address)
    return render(request, "search/search.html", {"page": search_page(request.user, request.GET)})
