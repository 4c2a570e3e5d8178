"""A record put on an agenda, from its own page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import Refused
from sightline.access.tabling import HIGHEST, Tabled, record_of
from sightline.events.choices import MARKINGS, Tier
from sightline.meetings import services
from sightline.meetings.forms.items import RaiseForm
from sightline.meetings.selectors.meetings import meetings_to_raise_at
from sightline.meetings.views.asking import READ_OR_SEND, ask
from sightline.meetings.views.minutes import item_given
from sightline.screens.asking import Asking
from sightline.screens.elements import SummaryRow

NO_MEETING = "No meeting of a group whose agendas you write lies ahead. Plan one first."


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def item_raise(request: HttpRequest, app: str, model: str, number: int) -> HttpResponse:
    """Put a record on the agenda of a meeting that lies ahead."""
    about = _about(request, app, model, number)
    meetings = {str(each.pk): each for each in meetings_to_raise_at(request.user, timezone.localdate())}
    if not meetings:
        raise Refused(NO_MEETING)

    def make(data: Any, seen: str) -> RaiseForm:
        first = {"title": about.title, "tier": max(about.tier, Tier.T1).value}
        return RaiseForm(data, initial=first, meetings=meetings.values())

    def save(form: RaiseForm) -> str:
        said = form.cleaned_data
        given = item_given(form, about)
        meeting = meetings[said["meeting"]]
        services.add_item(meeting, given, by=actor_of(request), now=timezone.now())
        return f"It stands on the agenda: {meeting}."

    asking = Asking(
        "Put it on an agenda",
        about.label,
        about.url,
        "Put it on the agenda",
        facts=[SummaryRow("About", about.title)],
        back_text=about.label,
    )
    return ask(request, asking, make, save, about.url, marking=MARKINGS[max(about.tier, Tier.T1)])


def _about(request: HttpRequest, app: str, model: str, number: int) -> Tabled:
    """The record; not found where it is of no kind that stands on agendas, or is not read by who asks."""
    about = record_of(request.user, app, model, number)
    if about is None or about.tier > HIGHEST:
        raise Http404("No such record can be put on an agenda.")
    return about
