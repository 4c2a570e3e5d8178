"""How a round goes, for whoever looks after it; what is done about one link; the page on which a round is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.events.choices import MARKINGS, Actor, Tier
from sightline.events.entries import EventEntry
from sightline.events.services import deed
from sightline.events.services.keeping import note_kept_knowingly
from sightline.partners.choices import Unacceptable
from sightline.rendering.document import Document
from sightline.requests import permissions, services
from sightline.requests.choices import ToldHow
from sightline.requests.forms import AGAIN, AskedForm, TypedForm
from sightline.requests.kinds import update_kinds
from sightline.requests.letting_in import by_links, render_link
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.pages import (
    asked_page,
    round_page,
    round_table,
    summary_of,
    update_page,
)
from sightline.requests.parts import Part, Thing, Untold, Voice, parts
from sightline.requests.selectors import asked_of, rounds_visible_to
from sightline.screens.forms import CarefulForm, version_sent

REFUSED, MOST_SENT = 422, 100
READ_OR_SEND = ["GET", "HEAD", "POST"]
NOTHING = "Nothing is filled in yet. Say something of at least one action, or close this page."
NOT_SENT = "Nothing was sent yet, and nothing you wrote is lost. Put right what is marked, then send again."
GONE = (
    "One of these actions is not asked about any more. Nothing was sent. What you wrote about the others stands below: "
    "send it again."
)


class NotTaken(Exception):
    """What was sent is not taken, and nothing of it is kept: the forms say why, or the sentence."""

    def __init__(self, things: Sequence[Thing], sentence: str) -> None:
        super().__init__(sentence)
        self.things, self.sentence = things, sentence


@needs(Permission.PLANS_VIEW)
@require_safe
def round_(request: HttpRequest, number: int) -> HttpResponse:
    """Who was asked, who answered, who is silent."""
    user: Any = request.user
    page = round_page(user, _found(request, number), request.GET)
    return render(request, "requests/round.html", {"page": page})


@needs(Permission.PLAN_WRITE)
@require_safe
def export(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """Who was asked and who answered, as a file, narrowed and ordered as it was shown; journalled."""
    found = _found(request, number)

    def make(user: Any, query: QueryDict, marking: str) -> Document:
        return round_table(found, query, marking)

    def note(name: str, format: str, asked: str, *, by: Actor) -> None:
        services.note_list_taken(found, format, asked, by=by)

    return taken(request, format, f"round-{number}", make, check=permissions.check_export, note=note)


@needs(Permission.PLANS_VIEW)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close the round: its links lead nowhere from then on."""
    found = _found(request, number)
    if services.close_round(found, by=actor_of(request), now=timezone.now()):
        messages.success(request, "The round is closed. Its links lead nowhere any more.")
    else:
        messages.info(request, "The round was closed already.")
    return redirect("requests:round", number)


@needs(Permission.PLANS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, number: int, asked: int) -> HttpResponse:
    """Send somebody a new link, or end theirs."""
    user: Any = request.user
    _found(request, number)
    found = get_object_or_404(asked_of(user, number), pk=asked)
    form = AskedForm(request.POST if request.method == "POST" else None, initial={"email": found.email})
    if form.is_valid():
        try:
            messages.success(request, _do(found, form, by=actor_of(request)))
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            return redirect("requests:round", number)
    context = {"page": asked_page(found, form), "form": form}
    return render(request, "requests/asked.html", context, status=REFUSED if form.is_bound else 200)


def _do(found: Any, form: AskedForm, *, by: Any) -> str:
    if form.cleaned_data["do"] == AGAIN:
        to = services.send_again(found, form.cleaned_data["email"], by=by, now=timezone.now())
        return f"A new link is on its way to {to}. The earlier ones do not work any more."
    ended = services.end_link(found, by=by, now=timezone.now())
    return f"The link of {found.name} is ended." if ended else f"The link of {found.name} was ended already."


def _found(request: HttpRequest, number: int) -> Round:
    user: Any = request.user
    found = rounds_visible_to(user).filter(pk=number).first()
    permissions.check_keep_round(user, found)
    if found is None:
        raise Http404("There is no such round.")
    return found


@by_links(update_kinds)
@require_http_methods(READ_OR_SEND)
def update(request: HttpRequest, links: Sequence[RoundMail], secret: str) -> HttpResponse:
    """The one page on which somebody without an account tells how their things stand. Opening it writes nothing."""
    asked, address = [link.asked for link in links if link.asked], request.path
    things, sentence = None, ""
    if request.method == "POST":
        try:
            _take(request, asked, links, services.link_actor(asked[0]))
        except NotTaken as refused:
            things, sentence = refused.things, refused.sentence
        else:
            return redirect(f"{address}?came=in")
    context = _shown(request, asked, things, sentence)
    return render_link(request, "requests/update.html", context, REFUSED if things is not None else 200)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def update_typed(request: HttpRequest, asked: int) -> HttpResponse:
    """What somebody told by telephone or e-mail, typed by the unit as their words."""
    permissions.check_keep_round(request.user)
    mine = rounds_visible_to(request.user).filter(kind__in=update_kinds())
    found = get_object_or_404(Asked.objects.select_related("round").filter(round__in=mine), pk=asked)
    voice = TypedForm(request.POST or None, initial={"said_by": found.name})
    things, sentence = None, ""
    if request.method == "POST":
        try:
            _take(request, [found], (), actor_of(request), voice)
        except NotTaken as refused:
            things, sentence = refused.things, refused.sentence
        else:
            messages.success(request, f"What {found.name} told was recorded.")
            return redirect("requests:round", found.round_id)
    context = _shown(request, [found], things, sentence)
    context |= {"voice": voice, "marking": MARKINGS[Tier.T1]}
    context["summary"] = summary_of([voice, *(thing.form for thing in things or ())])
    context["home"] = reverse("requests:round", args=[found.round_id])
    return render(request, "requests/update.html", context, status=REFUSED if things is not None else 200)


@deed
def _take(
    request: HttpRequest,
    asked: Sequence[Asked],
    links: Sequence[RoundMail],
    by: Actor,
    typed: TypedForm | None = None,
) -> None:
    """Take what was sent, all of it or nothing. Raises NotTaken; LinkOver where the link ended meanwhile."""
    sent = [(part, _numbers_sent(request, part)) for part in parts()]
    held = [(part, part.held(asked, numbers, request.POST)) for part, numbers in sent if numbers]
    things = [thing for _, of in held for thing in of]
    valid = [thing.form.is_valid() for thing in things] + ([typed.is_valid()] if typed else [])
    if len(things) < sum(len(numbers) for _, numbers in sent):
        raise NotTaken(things, GONE)
    if not all(valid):
        raise NotTaken(things, NOT_SENT)
    filled = [(part, [thing for thing in of if not thing.told().is_empty]) for part, of in held]
    told = [thing for _, of in filled for thing in of]
    if not told:
        raise NotTaken(things, NOTHING)
    now, voice = timezone.now(), _voice(asked, typed)
    try:
        for part, of in filled:
            if of:
                _tell(part, of, voice, by, now)
        services.note_all_answered(_answered(asked, told), links, by=by, now=now)
    except Untold as refused:
        raise NotTaken(things, NOT_SENT) from refused
    except Unacceptable as refused:
        raise NotTaken(things, " ".join(refused.problems.values())) from refused
    _note_kept([*(thing.form for thing in told), *([typed] if typed else [])], asked[0], by)


def _tell(part: Part, things: Sequence[Thing], voice: Voice, by: Actor, now: Any) -> None:
    """Let the app keep what is told of its things; each sentence stands beside its box where it cannot."""
    try:
        part.tell(things, voice, by, now)
    except Untold as refused:
        for thing in things:
            for field, sentence in refused.problems.get(thing.number, {}).items():
                thing.form.add_error(field, sentence)
        raise


def _voice(asked: Sequence[Asked], typed: TypedForm | None) -> Voice:
    """Who tells, how, and for whom they answer."""
    whom = frozenset((kind, number) for each in asked for kind, number in each.answers_for)
    if typed is None:
        return Voice(ToldHow.LINK, whom)
    return Voice(ToldHow(typed.cleaned_data["received_how"]), whom, typed.cleaned_data["said_by"])


def _answered(asked: Sequence[Asked], told: Sequence[Thing]) -> list[Asked]:
    """The rounds, of those somebody is asked in, that ask about any of what was told."""
    rounds = frozenset[Any]().union(*(thing.rounds for thing in told))
    return [each for each in asked if (each.round.kind, each.round.record) in rounds]


def _note_kept(forms: Sequence[CarefulForm], asked: Asked, by: Actor) -> None:
    """What may tell who a child is, kept with the reason that its writer gave."""
    for form in forms:
        if form.telling:
            telling = [each for found in form.telling.values() for each in found]
            because = form.cleaned_data["because"]
            note_kept_knowingly(EventEntry.KEPT_KNOWINGLY, f"round link {asked.pk}", telling, because, by=by)


def _numbers_sent(request: HttpRequest, part: Part) -> list[int]:
    """The things of a part that are told of: those for which something was sent, by the names of the boxes."""
    sent = {name.partition("-")[0] for name in request.POST if name.startswith(part.letter) and "-" in name}
    numbers = {number for name in sent if (number := version_sent(name[len(part.letter) :]))}
    return sorted(numbers)[:MOST_SENT]


def _shown(
    request: HttpRequest, asked: Sequence[Asked], things: Sequence[Thing] | None, sentence: str
) -> dict[str, Any]:
    """The page with what is open, or with what was sent and not taken."""
    number, more = max(version_sent(request.GET.get("page", "")), 1), False
    if things is None:
        shown = [part.shown(asked, number) for part in parts()]
        things, more = [thing for of, _ in shown for thing in of], any(left for _, left in shown)
    page = update_page(asked, things, request.path, number, more=more)
    came = request.method != "POST" and "came" in request.GET
    return {"page": page, "summary": page.summary, "sentence": sentence, "came": came}
