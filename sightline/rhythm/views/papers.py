"""Returns of a past time read from a paper: kept, looked over, read in whole, given up or taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.partners.models import Group
from sightline.rhythm import permissions, services
from sightline.rhythm.choices import PAPER_BUTTONS, PaperDeed
from sightline.rhythm.forms.returns import PaperDoForm, PaperForm, ReadForm
from sightline.rhythm.models import ReturnPaper
from sightline.rhythm.pages.papers import paper_page, papers_told
from sightline.rhythm.selectors.papers import read_paper, return_papers_visible_to
from sightline.rhythm.views.asking import READ_OR_SEND, ask
from sightline.screens.asking import Asking, SeenForm, versioned
from sightline.screens.forms import version_sent
from sightline.screens.words import count

READING = (
    "Each section begins with the name of a group, and has headings such as Achievements, How have these achievements "
    "impacted, and Next steps. You look it over first: nothing becomes a return before you say so."
)
WHICH = "A section that is left out stays in the text of the paper, which is kept whole."
MOST = 20


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def returns_read(request: HttpRequest) -> HttpResponse:
    """The papers that came before, and a form for another."""
    permissions.check_keep_all(_who(request))
    made: list[ReturnPaper] = []

    def make(data: Any, seen: str) -> ReadForm:
        return ReadForm(data)

    def save(form: ReadForm) -> str:
        made.append(services.keep_paper(form.given(), by=actor_of(request), now=timezone.now()))
        return "The text was kept. Look it over: nothing was read in yet."

    asking = Asking(
        "Read returns in", "", reverse("rhythm:returns"), "Look it over", READING, is_half=True,
        facts=lambda: papers_told(list(return_papers_visible_to(_who(request)).defer("text")[:MOST])),
        back_text="Returns of groups",
    )  # fmt: skip
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.MEETINGS_KEEP)
@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """One paper: what would become of every section and every line, or what became of them."""
    return render(request, "rhythm/paper.html", {"page": paper_page(_found(request, number))})


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def paper_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Say which groups its sections are, read it in, give it up, or take it back."""
    if deed not in set(PaperDeed):
        raise Http404("Nothing of this kind is done about a paper.")
    what, found = PaperDeed(deed), _found(request, number)

    def make(data: Any, seen: str) -> SeenForm:
        first = {"seen": seen}
        if what == PaperDeed.DECIDE:
            groups = list(Group.objects.order_by("name"))
            return PaperForm(data, initial=first, read=read_paper(found), groups=groups)
        return PaperDoForm(data, initial=first, deed=what)

    def save(form: Any) -> str:
        return _done(found, what, form, request)

    intro = WHICH if what == PaperDeed.DECIDE else ""
    asking = Asking(
        PAPER_BUTTONS[what], str(found), _home(number), "Save" if intro else PAPER_BUTTONS[what], intro,
        is_half=bool(intro), back_text="The paper",
    )  # fmt: skip
    stand = versioned(found, lambda: _found(request, number), lambda now: ())
    return ask(request, asking, make, save, _home(number), stand)


def _done(found: ReturnPaper, what: PaperDeed, form: Any, request: HttpRequest) -> str:
    by, version = actor_of(request), version_sent(form.cleaned_data["seen"])
    if what == PaperDeed.DECIDE:
        services.decide_paper(found, version, form.decisions(), by=by)
        return "It was saved. Nothing was read in yet."
    if what == PaperDeed.CONFIRM:
        made = services.confirm_paper(found, version, by=by, now=timezone.now())
        return f"{count(len(made), 'return')} were read in, as drafts."
    if what == PaperDeed.GIVE_UP:
        services.give_up_paper(found, version, by=by)
        return "The paper was given up. Its text is kept."
    services.withdraw_paper(found, version, form.cleaned_data["why"], by=by)
    return "Every return that was read from it was taken back."


def _found(request: HttpRequest, number: int) -> ReturnPaper:
    found: ReturnPaper = get_object_or_404(return_papers_visible_to(_who(request)), pk=number)
    return found


def _home(number: int) -> str:
    return reverse("rhythm:paper", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
