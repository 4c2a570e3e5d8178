"""A calendar by a secret address: made and ended by its person, read by their calendar."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import PUBLIC, actor_of, needs
from sightline.access.permissions import scope_of
from sightline.requests.ahead import ahead
from sightline.requests.rules import months_on, owed_numbers
from sightline.rhythm import services
from sightline.rhythm.calendars import MEDIA_TYPE, calendar_file

BACK = timedelta(days=92)


@needs(Permission.PLANS_VIEW)
@require_POST
@never_cache
def calendar_do(request: HttpRequest) -> HttpResponse:
    """Make the address, shown this once; or end it."""
    user: Any = request.user
    by, now = actor_of(request), timezone.now()
    if request.POST.get("do") == "end":
        ended = services.end_calendar(user, by=by, now=now)
        messages.info(request, "The address does not work any more." if ended else "There was no address.")
        return redirect("rhythm:ahead")
    secret = services.make_calendar(user, by=by, now=now)
    address = settings.SITE_ADDRESS + reverse("rhythm:calendar", args=[secret])
    return render(request, "rhythm/calendar.html", {"address": address})


@needs(PUBLIC)
@require_safe
@never_cache
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The forward plan of the groups in which its person has a role, or of all; nothing is written.

    A guessed address, an ended one and one of a closed account are alike not there.
    """
    found, now = services.calendar_of(secret), timezone.now()
    if found is None:
        raise Http404
    today = timezone.localdate(now)
    scope = scope_of(found.user)
    lies = ahead(scope, today - BACK, months_on(today, owed_numbers()["ahead_months"]))
    own = scope.group_keys
    content = calendar_file((each for each in lies if not own or each.group_key in own or each.is_own), now)
    return HttpResponse(content, content_type=MEDIA_TYPE)
