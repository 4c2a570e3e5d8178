"""Papers of an agenda's items: handed in, changed, and handed out."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.documents.services import scan_first
from sightline.documents.serving import download
from sightline.events.choices import MARKINGS, Tier
from sightline.meetings.forms.papers import PaperForm
from sightline.meetings.models import Item, Paper, PaperFile
from sightline.meetings.selectors.items import items_visible_to
from sightline.meetings.selectors.papers import paper_files_visible_to, papers_visible_to
from sightline.meetings.services.papers import add_paper, change_paper, note_paper_taken, take_off
from sightline.meetings.views.asking import READ_OR_SEND, ask, check_writes
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def paper_new(request: HttpRequest, number: int) -> HttpResponse:
    """Hand in a paper of an item."""
    item: Item = get_object_or_404(items_visible_to(_who(request)), pk=number)
    check_writes(request, item.meeting.group)
    _scanned(request)

    def make(data: Any, seen: str) -> PaperForm:
        return PaperForm(data, _files(request, data), least=Tier(item.tier), new=True)

    def save(form: PaperForm) -> str:
        made = add_paper(
            item, form.given(), form.cleaned_data["file"], by=actor_of(request), now=timezone.now()
        )
        return f"The paper was added: {made.title}."

    home = _home(item.meeting_id)
    asking = Asking("Add a paper", item.title, home, "Add the paper", back_text="Papers and pack")
    return ask(request, asking, make, save, home, marking=MARKINGS[Tier(item.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def paper_change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a paper, put a newer version in its place, or take it off the agenda."""
    found: Paper = get_object_or_404(papers_visible_to(_who(request)), pk=number)
    check_writes(request, found.item.meeting.group)
    _scanned(request)
    tier = Tier(max(found.tier, found.item.tier))
    initial = {name: getattr(found, name) for name in ("title", "brought_by", "tier")}

    def make(data: Any, seen: str) -> PaperForm:
        first = {**initial, "seen": seen}
        return PaperForm(data, _files(request, data), initial=first, least=tier, new=False)

    def save(form: PaperForm) -> str:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        by, now = actor_of(request), timezone.now()
        if said["take_off"]:
            take_off(found, version, said["reason"], by=by, now=now)
            return "The paper was taken off the agenda. Its files are kept."
        change_paper(found, version, form.given(), said["file"], said["reason"], by=by, now=now)
        return "A newer version was added." if said["file"] else "The paper was saved."

    def rows(now: Paper) -> list[SummaryRow]:
        return [SummaryRow("Paper", now.title), SummaryRow("Brought by", now.brought_by)]

    stand = versioned(found, lambda: papers_visible_to(_who(request)).get(pk=number), rows)
    home = _home(found.item.meeting_id)
    asking = Asking("Change the paper", found.item.title, home, "Save", back_text="Papers and pack")
    return ask(request, asking, make, save, home, stand, MARKINGS[tier])


@needs(Permission.PLANS_VIEW)
@require_safe
def paper_file(request: HttpRequest, number: int) -> FileResponse:
    """A version of a paper as it was handed in; an earlier one says so in its name."""
    found: PaperFile = get_object_or_404(paper_files_visible_to(_who(request)), pk=number)
    answer = download(found.document, is_earlier=hasattr(found.document, "replaced_by"))
    note_paper_taken(found.paper, found.document, by=actor_of(request))
    return answer


def _scanned(request: HttpRequest) -> None:
    """What is uploaded is looked through for viruses before the deed begins."""
    if request.method == "POST":
        scan_first(request.FILES.getlist("file"), by=actor_of(request))


def _files(request: HttpRequest, data: Any) -> Any:
    return request.FILES if data is not None else None


def _home(meeting: int) -> str:
    return reverse("meetings:pack", args=[meeting])


def _who(request: HttpRequest) -> Any:
    return request.user
