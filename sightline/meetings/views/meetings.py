"""Meetings: the list, its file, one meeting, who came, and what is done about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.meetings import permissions, services
from sightline.meetings.choices import DEED_BUTTONS, MeetingDeed
from sightline.meetings.forms.attending import AttendingForm
from sightline.meetings.forms.meetings import MeetingDoForm, MeetingForm
from sightline.meetings.models import Meeting
from sightline.meetings.pages import meetings as pages
from sightline.meetings.pages.attending import attending_page
from sightline.meetings.pages.said import TABLES
from sightline.meetings.selectors.invitations import suggested_at
from sightline.meetings.selectors.meetings import (
    attended_at,
    groups_kept_by,
    later_meetings,
    meetings_visible_to,
    places_at,
    series_visible_to,
)
from sightline.meetings.selectors.shown import meetings_shown
from sightline.meetings.views.asking import READ_OR_SEND, REFUSED, ask, check_writes, save_knowingly
from sightline.screens.asking import Asking, versioned
from sightline.screens.forms import version_sent


@needs(Permission.PLANS_VIEW)
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Every meeting the person may read, filtered, sorted and paged as the address says."""
    page = pages.list_page(_who(request), request.GET, timezone.localdate())
    return render(request, "meetings/list.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def list_export(request: HttpRequest, which: str, format: str) -> HttpResponse:
    """A list as a file, narrowed and ordered as it was shown."""
    if which not in TABLES:
        raise Http404("There is no such list.")
    return taken(
        request, format, which, TABLES[which], check=permissions.check_export, note=services.note_list_taken
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its agenda and minutes, who came, and whether it was quorate."""
    on = timezone.localdate()
    rows = meetings_shown(_who(request), on).select_related("group", "series", "approved_at")
    page = pages.meeting_page(_who(request), get_object_or_404(rows, pk=number), on)
    return render(request, "meetings/meeting.html", {"page": page})


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Plan a meeting, also one that took place and is entered afterwards."""
    made: list[Meeting] = []
    make = _form(request)

    def save(form: MeetingForm) -> str:
        group, _ = form.chosen
        made.append(services.plan_meeting(group, form.given(), by=actor_of(request), now=timezone.now()))
        return f"The meeting was planned: {made[0]}."

    home = reverse("meetings:list")
    asking = Asking("Plan a meeting", "", home, "Plan the meeting", back_text="Meetings")
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def meeting_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change when and where a meeting is."""
    found = _kept(request, number)
    make = _form(request, found)

    def save(form: MeetingForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.edit_meeting(found, version, form.given(), by=actor_of(request), now=timezone.now())
        return "The meeting was saved."

    asking = Asking("Change the meeting", str(found), _home(number), "Save the meeting")
    return ask(request, asking, make, save, lambda: _home(number), _stand(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def meeting_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Hold it, cancel it, have its minutes checked or approved."""
    if not pages.is_deed(deed):
        raise Http404("Nothing of this kind is done about a meeting.")
    what, found = MeetingDeed(deed), _kept(request, number)
    later = {str(each.pk): each for each in later_meetings(found)} if what == MeetingDeed.APPROVE else {}

    def make(data: Any, seen: str) -> MeetingDoForm:
        return MeetingDoForm(data, initial={"seen": seen}, deed=what, later=later.values())

    def save(form: MeetingDoForm) -> str:
        said = form.cleaned_data
        services.do(
            found,
            what,
            version=version_sent(said["seen"]),
            because=said.get("why", ""),
            approved_at=later.get(said.get("approved_at", "")),
            by=actor_of(request),
            now=timezone.now(),
        )
        return "It was recorded."

    asking = Asking(DEED_BUTTONS[what], str(found), _home(number), "Save")
    return ask(request, asking, make, save, lambda: _home(number), _stand(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def attending(request: HttpRequest, number: int) -> HttpResponse:
    """Enter who came, for all seats at once."""
    found = _found(request, number)
    check_writes(request, found.group)
    places = places_at(found, attended_at(found))
    initial = {"seen": str(found.version), "guests": found.guests}
    sent = request.method == "POST"
    expected = {} if sent else suggested_at(found, places, timezone.localdate())
    form = AttendingForm(request.POST or None, places=places, expected=expected, initial=initial)

    def save(form: AttendingForm) -> None:
        came, guests, version = form.came(), form.guest_lines(), version_sent(form.cleaned_data["seen"])
        given: dict[str, Any] = {"version": version, "by": actor_of(request), "now": timezone.now()}
        services.enter_attendance(found, places, came, guests, **given)

    if sent and form.is_valid():
        try:
            save_knowingly(form, save, request.path, by=actor_of(request))
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.tell(field, sentence)
        except StaleRecord as stale:
            form.add_error(None, stale.sentence)
        else:
            messages.success(request, "Attendance was saved.")
            return redirect(_home(number))
    page = attending_page(found, form, places, expected)
    return render(
        request,
        "meetings/attending.html",
        {"page": page, "form": form},
        status=REFUSED if form.is_bound else 200,
    )


def _form(request: HttpRequest, found: Meeting | None = None) -> Any:
    """Makes the form: groups and series that the person keeps; one meeting stays with its group."""
    user = _who(request)
    groups = {each.pk: each for each in groups_kept_by(user, timezone.localdate())}
    if found:
        groups = {found.group.pk: found.group}
    own = found.series_id if found else None
    series = {
        each.pk: each
        for each in series_visible_to(user).filter(group__in=groups)
        if not each.is_over or each.pk == own
    }
    names = ("kind", "held_on", "starts_at", "ends_at", "place")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names} if found else {}
    if found:
        initial["of"] = f"series:{own}" if own else f"group:{found.group.pk}"

    def make(data: Any, seen: str) -> MeetingForm:
        return MeetingForm(data, initial={**initial, "seen": seen}, series=series, groups=groups)

    return make


def _found(request: HttpRequest, number: int) -> Meeting:
    found = meetings_visible_to(_who(request)).select_related("group", "series", "approved_at")
    made: Meeting = get_object_or_404(found, pk=number)
    return made


def _kept(request: HttpRequest, number: int) -> Meeting:
    found = _found(request, number)
    permissions.check_keep(_who(request), found.group)
    return found


def _stand(found: Meeting) -> Any:
    def again() -> Meeting:
        return Meeting.objects.select_related("group", "series", "approved_at").get(pk=found.pk)

    return versioned(found, again, pages.facts)


def _home(number: int) -> str:
    return reverse("meetings:meeting", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
