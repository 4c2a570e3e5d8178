"""The pack of a meeting: as a page, and as one PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.documents.serving import download
from sightline.events.choices import Unacceptable
from sightline.meetings import permissions
from sightline.meetings.models import Meeting, Pack
from sightline.meetings.pages.packs import pack_page
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.selectors.papers import packs_visible_to
from sightline.meetings.selectors.shown import meetings_invited
from sightline.meetings.services.invitations import ask_to_invite
from sightline.meetings.services.packs import ask_packs
from sightline.meetings.services.papers import note_paper_taken
from sightline.meetings.views.asking import READ_OR_SEND, check_writes


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """The agenda with its papers, and its pack; sent: the pack is made anew."""
    found: Meeting = get_object_or_404(meetings_invited(_who(request)), pk=number)
    if request.method != "POST":
        return render(
            request, "meetings/pack.html", {"page": pack_page(_who(request), found, timezone.localdate())}
        )
    check_writes(request, found.group)
    try:
        ask_packs(found, by=actor_of(request), now=timezone.now())
    except Unacceptable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The pack is being made. This page shows how far it is.")
    return redirect("meetings:pack", number)


@needs(Permission.PLANS_VIEW)
@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Send calendar invitations to the members who have none yet."""
    found: Meeting = get_object_or_404(meetings_visible_to(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.group)
    try:
        ask_to_invite(found, by=actor_of(request))
    except Unacceptable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The members who have no invitation yet are being invited.")
    return redirect("meetings:pack", number)


@needs(Permission.PLANS_VIEW)
@require_safe
def pack_file(request: HttpRequest, number: int) -> FileResponse:
    """A pack that was made."""
    found: Pack = get_object_or_404(packs_visible_to(_who(request)), pk=number)
    if found.document is None:
        raise Http404("This pack was not made.")
    answer = download(found.document)
    note_paper_taken(found, found.document, by=actor_of(request))
    return answer


def _who(request: HttpRequest) -> Any:
    return request.user
