"""How did you pass this on? Told by members, checked in samples."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.meetings import permissions
from sightline.meetings.forms.passed import PassedCheckForm, PassedForm
from sightline.meetings.models import Meeting, PassedOn
from sightline.meetings.pages.passed import passed_page
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.selectors.passed import is_of, seats_at
from sightline.meetings.services.passed import check_passed_on
from sightline.meetings.services.passed import pass_on as keep_passed_on
from sightline.meetings.views.asking import READ_OR_SEND, ask
from sightline.screens.asking import Asking
from sightline.screens.elements import SummaryRow


@needs(Permission.PLANS_VIEW)
@require_safe
def passed_on(request: HttpRequest, number: int) -> HttpResponse:
    """What was passed on after a meeting, seat by seat."""
    page = passed_page(_who(request), _meeting(request, number))
    return render(request, "meetings/passed.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def pass_on(request: HttpRequest, number: int, line: int) -> HttpResponse:
    """Say how the member of a seat (`line`: its number) passed it on."""
    user, found = _who(request), _meeting(request, number)
    then = next((seat for seat in seats_at(found) if seat.seat.pk == line), None)
    if then is None:
        raise Http404("The group had no such seat on that day.")
    is_own = is_of(scope_of(user).user_id, then)
    if not is_own:
        permissions.check_pass_on(user, found.group, [agency.key for agency in then.agencies])

    def make(data: Any, seen: str) -> PassedForm:
        return PassedForm(data, for_others=not is_own)

    def save(form: PassedForm) -> str:
        keep_passed_on(found, then.seat, form.given(), by=actor_of(request), now=timezone.now())
        return "It was kept. Thank you for passing it on."

    home = reverse("meetings:passed_on", args=[number])
    asking = Asking(
        "How did you pass this on?", f"{found}: {then.title}", home, "Save", back_text="The meeting"
    )
    return ask(request, asking, make, save, home)


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def passed_check(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a sample check found."""
    rows = PassedOn.objects.select_related("meeting__group", "seat")
    found = get_object_or_404(rows.filter(meeting__in=meetings_visible_to(_who(request))), pk=number)
    permissions.check_keep(_who(request), found.meeting.group)

    def save(form: PassedCheckForm) -> str:
        given = form.cleaned_data
        check_passed_on(
            found, form.found, given["text"], given["as_at"], by=actor_of(request), now=timezone.now()
        )
        return "The sample check was kept."

    home = reverse("meetings:passed_on", args=[found.meeting_id])
    facts = (SummaryRow("What was passed on", found.what), SummaryRow("To whom", found.to_whom))
    asking = Asking("A sample check: did it arrive?", str(found.meeting), home, "Save", facts=facts)
    return ask(request, asking, lambda data, seen: PassedCheckForm(data), save, home)


def _meeting(request: HttpRequest, number: int) -> Meeting:
    return get_object_or_404(meetings_visible_to(_who(request)), pk=number)


def _who(request: HttpRequest) -> Any:
    return request.user
