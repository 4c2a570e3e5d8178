"""Who can see a record, and what a person can see: each with why."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.models import User
from sightline.access.seeing import Seen, kinds
from sightline.events.guards import Guard
from sightline.events.selectors import guarded_record
from sightline.partners import selectors, services
from sightline.partners.models import Person
from sightline.partners.pages.seeing import (
    SEES_HEADINGS,
    WHO,
    seer_rows,
    seers,
    sees_cells,
    sees_page,
    tier_of,
    who_sees_page,
)
from sightline.screens.taking import csv_response


@needs(Permission.ACCESS_VIEW)
@require_safe
def who_sees(request: HttpRequest, app: str, model: str, number: int) -> HttpResponse:
    """Everybody who can see one record, with the reason; for those who may see it themselves."""
    guard, seen = _asked(request, app, model, number)
    page = who_sees_page(guard, seen, number, request.GET, timezone.localdate())
    return render(request, "partners/who_sees.html", {"page": page, "marking": page.tier.marking})


@needs(Permission.ACCESS_VIEW)
@require_safe
def who_sees_csv(request: HttpRequest, app: str, model: str, number: int) -> StreamingHttpResponse:
    """The same list as CSV."""
    guard, seen = _asked(request, app, model, number)
    record, today = seen.load(number), timezone.localdate()
    rows = seer_rows(seers(seen, record, today))
    services.note_seers_taken(record, len(rows), tier=tier_of(record), by=actor_of(request))
    name = f"who-sees-{guard.key[1]}-{number}-{today.isoformat()}"
    return csv_response(name, [column.label for column in WHO.columns], (row.cells for row in rows))


@needs(SIGNED_IN)
@require_safe
def own_sight(request: HttpRequest) -> HttpResponse:
    """What one may see and do oneself, and why."""
    back = (reverse("access:account"), "Your account")
    page = sees_page(_who(request), timezone.localdate(), back=back, is_own=True)
    return render(request, "partners/sees.html", {"page": page})


@needs(Permission.ACCESS_VIEW)
@require_safe
def account_sight(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person may see and do, and why."""
    person, user = _account(request, pk)
    may_manage = _who(request).scope.holds(Permission.ACCESS_MANAGE)
    home = "partners:account" if may_manage else "partners:party"
    back = (reverse(home, args=[pk] if may_manage else ["people", pk]), person.name)
    csv = reverse("partners:account_sight_csv", args=[pk])
    page = sees_page(user, timezone.localdate(), back=back, csv=csv)
    return render(request, "partners/sees.html", {"page": page})


@needs(Permission.ACCESS_VIEW)
@require_safe
def account_sight_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same as CSV."""
    _, user = _account(request, pk)
    today = timezone.localdate()
    lines = list(sees_cells(user, today))
    services.note_sight_taken(user, len(lines), by=actor_of(request))
    return csv_response(f"what-account-{user.pk}-sees-{today.isoformat()}", SEES_HEADINGS, lines)


def _asked(request: HttpRequest, app: str, model: str, number: int) -> tuple[Guard, Seen]:
    """The record's guard and who can be asked about it, where whoever asks may see it at all."""
    found, seen = guarded_record(_who(request), app, model, number), kinds().get((app, model))
    if found is None or seen is None:
        raise Http404
    return found[0], seen


def _account(request: HttpRequest, pk: int) -> tuple[Person, User]:
    person = get_object_or_404(selectors.people(_who(request)).select_related("user"), pk=pk)
    if person.user is None:
        raise Http404
    return person, person.user


def _who(request: HttpRequest) -> Any:
    return request.user
