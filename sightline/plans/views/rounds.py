"""Rounds of a plan: opening one, the page that a personal link opens, and the same page typed by the unit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import MARKINGS, Actor, Tier, Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import note_kept_knowingly
from sightline.partners.selectors import groups
from sightline.plans import permissions
from sightline.plans.choices import ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.forms.rounds import RoundForm, ToldForm, TypedForm
from sightline.plans.models import Plan
from sightline.plans.pages.rounds import rounds_page, summary_of, update_page
from sightline.plans.selectors.rounds import (
    KINDS,
    About,
    about_group,
    about_plan,
    actions_shown,
    get_asked,
    owners_to_ask,
)
from sightline.plans.services.rounds import Untold, hold_asked, tell_together
from sightline.plans.views.finding import marking_of, plan_or_404, who
from sightline.requests import services as requests
from sightline.requests.letting_in import by_link, render_link
from sightline.requests.models import Asked, RoundMail
from sightline.screens.forms import CarefulForm, version_sent

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]
MOST_SENT = 100
NOTHING = "Nothing is filled in yet. Say something of at least one action, or close this page."
NOT_SENT = "Nothing was sent yet, and nothing you wrote is lost. Put right what is marked, then send again."
GONE = (
    "One of these actions is not asked about any more. Nothing was sent. What you wrote about the others stands below: "
    "send it again."
)


class NotTaken(Exception):
    """What was sent is not taken, and nothing of it is kept: the forms say why, or the sentence."""

    def __init__(self, forms: Sequence[ToldForm], sentence: str) -> None:
        super().__init__(sentence)
        self.forms, self.sentence = forms, sentence


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def rounds(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds of a plan, and opening the next."""
    found = plan_or_404(request, key)
    permissions.check_write_plan(who(request), found)
    if request.method == "POST":
        permissions.check_ask_owners(who(request), found)
    return _rounds(request, about_plan(found), marking_of(found), found)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def group_rounds(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds about every plan of a group, and opening the next."""
    permissions.check_write_plan(who(request))
    found = get_object_or_404(groups(who(request)), key=key)
    return _rounds(request, about_group(found), MARKINGS[Tier.T1])


def _rounds(request: HttpRequest, about: About, marking: str, plan: Plan | None = None) -> HttpResponse:
    now = timezone.now()
    owners = owners_to_ask(about, timezone.localdate(now))
    form = RoundForm(request.POST if request.method == "POST" else None, owners=owners)
    if form.is_valid():
        given = requests.RoundGiven(
            kind=about.kind,
            record=about.number,
            title=form.cleaned_data["title"],
            about=about.name,
            closes_on=form.cleaned_data["closes_on"],
            group_key=about.group_key,
        )
        try:
            begin = knowingly(requests.open_round, form, request)
            made = begin(given, form.asked(), by=actor_of(request), now=now)
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(request, "The round is open. Its e-mails go out within minutes.")
            return redirect("requests:round", made.pk)
    context = {"page": rounds_page(who(request), about, owners, form, plan), "form": form, "marking": marking}
    return render(request, "plans/rounds.html", context, status=REFUSED if form.is_bound else 200)


@by_link(*KINDS)
@require_http_methods(READ_OR_SEND)
def update(request: HttpRequest, link: RoundMail, secret: str) -> HttpResponse:
    """The one page on which somebody without an account tells how their actions stand. Opening it writes nothing."""
    asked, address = _asked_by(link), reverse("plans:update", args=[secret])
    forms, sentence = None, ""
    if request.method == "POST":
        try:
            _take(request, asked, link, requests.link_actor(asked), ReceivedHow.LINK)
        except NotTaken as refused:
            forms, sentence = refused.forms, refused.sentence
        else:
            return redirect(f"{address}?came=in")
    context = _shown(request, asked, address, forms, sentence)
    return render_link(request, "plans/update.html", context, REFUSED if forms is not None else 200)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def typed(request: HttpRequest, asked: int) -> HttpResponse:
    """What somebody told by telephone or e-mail, typed by the unit as their words."""
    try:
        found = get_asked(asked)
    except Asked.DoesNotExist:
        raise Http404("Nobody of this number was asked.") from None
    permissions.check_write_plan(who(request))
    first = {"said_by": found.name}
    voice, forms, sentence = TypedForm(request.POST or None, initial=first), None, ""
    if request.method == "POST":
        try:
            _take(request, found, None, actor_of(request), ReceivedHow.TELEPHONE, voice)
        except NotTaken as refused:
            forms, sentence = refused.forms, refused.sentence
        else:
            messages.success(request, f"What {found.name} told was recorded.")
            return redirect("requests:round", found.round_id)
    context = _shown(request, found, request.path, forms, sentence)
    context |= {"voice": voice, "marking": MARKINGS[Tier.T1]}
    context["summary"] = summary_of([voice, *(forms or ())])
    context["home"] = reverse("requests:round", args=[found.round_id])
    return render(request, "plans/update.html", context, status=REFUSED if forms is not None else 200)


@deed
def _take(
    request: HttpRequest,
    asked: Asked,
    link: RoundMail | None,
    by: Actor,
    how: ReceivedHow,
    voice: TypedForm | None = None,
) -> None:
    """Take what was sent, all of it or nothing. Raises NotTaken; LinkOver where the link ended meanwhile."""
    numbers = _numbers_sent(request)
    actions = hold_asked(asked, numbers)
    forms = [ToldForm(request.POST, action) for action in actions]
    valid = [form.is_valid() for form in forms] + ([voice.is_valid()] if voice else [])
    if len(actions) < len(numbers):
        raise NotTaken(forms, GONE)
    if not all(valid):
        raise NotTaken(forms, NOT_SENT)
    filled = [form for form in forms if not form.told().is_empty]
    if not filled:
        raise NotTaken(forms, NOTHING)
    said: dict[str, Any] = {"how": how, "by": by, "now": timezone.now()}
    if voice:
        given = voice.cleaned_data
        said |= {"how": ReceivedHow(given["received_how"]), "said_by": given["said_by"]}
    try:
        told = {form.action.pk: form.told() for form in filled}
        tell_together([form.action for form in filled], told, **said)
        requests.note_answered(asked, link, by=by, now=said["now"])
    except Untold as refused:
        raise NotTaken(_marked(forms, refused), NOT_SENT) from refused
    except Unacceptable as refused:
        raise NotTaken(forms, " ".join(refused.problems.values())) from refused
    _note_kept([*filled, *([voice] if voice else [])], asked, by)


def _marked(forms: Sequence[ToldForm], refused: Untold) -> Sequence[ToldForm]:
    """The forms, each sentence beside its box."""
    for form in forms:
        for part, sentence in refused.problems.get(form.action.pk, {}).items():
            form.add_error(part, sentence)
    return forms


def _note_kept(forms: Sequence[CarefulForm], asked: Asked, by: Actor) -> None:
    """What may tell who a child is, kept with the reason that its writer gave."""
    for form in forms:
        if form.telling:
            telling = chain.from_iterable(form.telling.values())
            because = form.cleaned_data["because"]
            note_kept_knowingly(PlanEntry.KEPT_KNOWINGLY, f"round link {asked.pk}", telling, because, by=by)


def _numbers_sent(request: HttpRequest) -> list[int]:
    """The actions that are told of: those for which something was sent, by the names of the boxes."""
    sent = {name.partition("-")[0] for name in request.POST if name.startswith("a") and "-" in name}
    return sorted({number for name in sent if (number := version_sent(name[1:]))})[:MOST_SENT]


def _shown(
    request: HttpRequest, asked: Asked, address: str, forms: Sequence[ToldForm] | None, sentence: str
) -> dict[str, Any]:
    """The page with the open actions, or with what was sent and not taken."""
    number = max(version_sent(request.GET.get("page", "")), 1)
    more = False
    if forms is None:
        actions, more = actions_shown(asked, number)
        forms = [ToldForm(None, action) for action in actions]
    return {
        "page": update_page(asked, forms, address, number, more=more),
        "summary": summary_of(forms),
        "sentence": sentence,
        "came": request.method != "POST" and "came" in request.GET,
    }


def _asked_by(link: RoundMail) -> Asked:
    """Who is asked by the link, with its round."""
    if link.asked is None:
        raise requests.LinkOver
    return link.asked
