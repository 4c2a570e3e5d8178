"""Plans: their list, and each as its printed table."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import needs
from sightline.plans.pages import plans as pages


@needs(Permission.PLANS_VIEW)
@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """Every plan the person may read, with how many of its actions need looking at."""
    page = pages.list_page(_who(request), request.GET)
    return render(request, "plans/list.html", {"page": page})


def _who(request: HttpRequest) -> Any:
    return request.user
