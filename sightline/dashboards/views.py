"""The first page, and the dashboards."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import SIGNED_IN, needs
from sightline.dashboards.pages import home_page
from sightline.dashboards.pages.board import board_page
from sightline.partners import selectors as partners
from sightline.plans import selectors as plans
from sightline.plans.models import Plan
from sightline.plans.selectors.standings import Place


@needs(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs whoever is signed in."""
    page = home_page(request.user, timezone.localdate(), timezone.now())  # type: ignore[arg-type]  # a signed-in person
    return render(request, "dashboards/home.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """How the whole partnership's plans stand, and how they stood."""
    return _board(request, Place())


@needs(Permission.PLANS_VIEW)
@require_safe
def board_of_plan(request: HttpRequest, key: str) -> HttpResponse:
    """How one plan stands, and how it stood."""
    try:
        return _board(request, Place(plan=plans.get_plan(_who(request), key)))
    except Plan.DoesNotExist:
        raise Http404("There is no such plan.") from None


@needs(Permission.PLANS_VIEW)
@require_safe
def board_of_group(request: HttpRequest, key: str) -> HttpResponse:
    """How the actions stand that one group answers for."""
    group = partners.groups(_who(request)).filter(key=key).first()
    if group is None:
        raise Http404("There is no such group.")
    return _board(request, Place(group=group))


def _board(request: HttpRequest, place: Place) -> HttpResponse:
    page = board_page(_who(request), place, request.GET.get("as_at", ""))
    return render(request, "dashboards/board.html", {"page": page})


def _who(request: HttpRequest) -> Any:
    return request.user
