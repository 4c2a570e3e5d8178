"""The public version of minutes: begun, worked on, looked at, issued, and as a file."""

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
from sightline.events.choices import Unacceptable
from sightline.meetings import permissions
from sightline.meetings.choices import PUBLIC_BUTTONS, PUBLIC_LABELS, PublicDeed, PublicState
from sightline.meetings.forms.public import PublicDoForm, PublicForm
from sightline.meetings.models import Meeting, PublicMinutes
from sightline.meetings.pages.public import public_page
from sightline.meetings.reports_of_public import PUBLIC_FORMATS, document_of, name_of
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.selectors.public import parts_of, public_visible_to
from sightline.meetings.services.public import ask_public, change_public, do_public, note_public_taken
from sightline.meetings.views.asking import READ_OR_SEND, ask
from sightline.rendering import MEDIA_TYPES, write
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent

HOW = (
    "Put [[ and ]] around words that the public shall not read, and say why. Names of people who are known are marked "
    "already, with what stands instead: [[Name => Agency]]. Look for names that are not. Words are left out here, "
    "never changed; confidential items are in no version."
)
LOOK = "Read it whole, as the public will: names, titles, and what several facts together tell of a child."


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def public(request: HttpRequest, number: int) -> HttpResponse:
    """The public versions of a meeting's minutes; sent: one is begun."""
    found: Meeting = get_object_or_404(meetings_visible_to(_who(request)), pk=number)
    if request.method != "POST":
        page = public_page(_who(request), found, timezone.localdate())
        return render(request, "meetings/public.html", {"page": page})
    permissions.check_keep(_who(request), found.group)
    try:
        ask_public(found, by=actor_of(request), now=timezone.now())
    except Unacceptable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "A draft is being written. This page shows when it is there.")
    return redirect("meetings:public", number)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def public_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Say of each item whether it is shown, and what of it is left out."""
    found = _kept(request, number)
    parts = parts_of(found)

    def make(data: Any, seen: str) -> PublicForm:
        return PublicForm(data, initial={"seen": seen}, parts=parts)

    def save(form: PublicForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        change_public(found, version, form.given(), by=actor_of(request), now=timezone.now())
        return "The public version was saved."

    home = _home(found)
    asking = Asking(
        "What the public reads", str(found.meeting), home, "Save", HOW, back_text="Public version"
    )
    return ask(request, asking, make, save, home, _stand(request, found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def public_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Look at it as the second person, issue it, send it back, take it back."""
    if deed not in set(PublicDeed):
        raise Http404("Nothing of this kind is done about a public version.")
    what, found = PublicDeed(deed), _kept(request, number)

    def make(data: Any, seen: str) -> PublicDoForm:
        return PublicDoForm(data, initial={"seen": seen}, deed=what)

    def save(form: PublicDoForm) -> str:
        said = form.cleaned_data
        version = version_sent(said["seen"])
        do_public(found, what, version, said.get("why", ""), by=actor_of(request), now=timezone.now())
        return "It was recorded."

    home = _home(found)
    intro = LOOK if what in (PublicDeed.LOOK, PublicDeed.ISSUE) else ""
    caption = f"{found.meeting}: public version {found.number}"
    asking = Asking(PUBLIC_BUTTONS[what], caption, home, "Save", intro, back_text="Public version")
    return ask(request, asking, make, save, home, _stand(request, found))


@needs(Permission.PLANS_VIEW)
@require_safe
def public_file(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """A version that was issued, as a file."""
    found: PublicMinutes = get_object_or_404(public_visible_to(_who(request)), pk=number)
    if format not in PUBLIC_FORMATS or found.state != PublicState.ISSUED:
        raise Http404("Nothing of this kind was issued.")
    content = write(document_of(found, parts_of(found)), format)
    note_public_taken(found, format, by=actor_of(request))
    headers = {"Content-Disposition": f'attachment; filename="{name_of(found)}.{format}"'}
    return HttpResponse(content, content_type=MEDIA_TYPES[format], headers=headers)


def _kept(request: HttpRequest, number: int) -> PublicMinutes:
    found: PublicMinutes = get_object_or_404(public_visible_to(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.meeting.group)
    return found


def _stand(request: HttpRequest, found: PublicMinutes) -> Any:
    def rows(now: PublicMinutes) -> list[SummaryRow]:
        return [
            SummaryRow("Where it stands", PUBLIC_LABELS[now.state_now]),
            *(SummaryRow(f"Item {each.place}", f"{each.title}\n{each.text}") for each in parts_of(now)),
        ]

    return versioned(found, lambda: public_visible_to(_who(request)).get(pk=found.pk), rows)


def _home(found: PublicMinutes) -> str:
    return reverse("meetings:public", args=[found.meeting_id])


def _who(request: HttpRequest) -> Any:
    return request.user
