"""Challenges: the list, its file, one challenge, and everything that is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.challenges import permissions, services
from sightline.challenges.choices import DEED_BUTTONS, DEED_LABELS, Deed, From
from sightline.challenges.forms.challenges import ME, NAMED, DeedForm, RaiseForm, WordsForm, said_in
from sightline.challenges.models import Challenge, Scrutiny
from sightline.challenges.pages import challenges as pages
from sightline.challenges.selectors.challenges import (
    challenges_visible_to,
    get_challenge,
    parties_now,
)
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.challenges.views.asking import READ_OR_SEND, ask
from sightline.events.choices import MARKINGS, Tier
from sightline.partners.models import Agency, Group
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent


@needs(Permission.PARTNERS_VIEW)
@require_safe
def challenge_list(request: HttpRequest) -> HttpResponse:
    """Every challenge the person may read, filtered, sorted and paged as the address says."""
    page = pages.list_page(_who(request), request.GET, timezone.localdate())
    return render(request, "challenges/list.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def list_export(request: HttpRequest, format: str) -> HttpResponse:
    """The list as a file, narrowed and ordered as it was shown."""
    return taken(
        request,
        format,
        "challenges",
        pages.list_table,
        check=permissions.check_export,
        note=services.note_list_taken,
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Open challenges by age and by whom, and how long answers take."""
    page = pages.figures_page(_who(request), timezone.localdate())
    return render(request, "challenges/figures.html", {"page": page})


@needs(Permission.PARTNERS_VIEW)
@require_safe
def challenge(request: HttpRequest, number: int) -> HttpResponse:
    """One challenge, and all that was done about it."""
    found = _found(request, number)
    page = pages.challenge_page(_who(request), found, timezone.localdate())
    context = {"page": page, "marking": _marking(found)}
    return render(request, "challenges/challenge.html", context)


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(READ_OR_SEND)
def challenge_new(request: HttpRequest) -> HttpResponse:
    """Raise a challenge."""
    user, made = _who(request), []
    known = parties_now(timezone.localdate())
    parties = [(key, party.name) for key, party in known.items()]
    own, led = pages.own_voices(user, parties), _led_by(request)
    initial = {"title": led.title, "text": led.found, "asked": led.asked, "tier": led.tier} if led else {}

    def make(data: Any, seen: str) -> RaiseForm:
        keeps = permissions.keeps_logs(user)
        return RaiseForm(data, own=own, parties=parties, keeps_logs=keeps, initial=initial)

    def save(form: RaiseForm) -> str:
        given, said = _given(form, user, known)
        given = replace(given, scrutiny=led if given.kind == From.SCRUTINEER else None)
        made.append(services.raise_challenge(given, said, by=actor_of(request), now=timezone.now()))
        return f"The challenge was raised. {made[0].challenged} is asked to answer."

    intro = "Say what you saw and what you ask for. The one challenged answers; you say whether the answer is enough."
    home = reverse("challenges:list")
    asking = Asking("Raise a challenge", "", home, "Raise the challenge", intro, back_text="Challenges")
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(READ_OR_SEND)
def challenge_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the words of a challenge."""
    found = _found(request, number)
    permissions.check_edit_challenge(_who(request), found)

    def make(data: Any, seen: str) -> WordsForm:
        known = {name: getattr(found, name) for name in ("title", "text", "asked", "tier")}
        return WordsForm(data, initial={**known, "seen": seen})

    def save(form: WordsForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.edit_challenge(found, version, form.values(), by=actor_of(request), now=timezone.now())
        return "The challenge was saved."

    asking = Asking("Change the challenge", found.title, _home(number), "Save the challenge")
    return ask(request, asking, make, save, lambda: _home(number), _stand(request, found), _marking(found))


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(READ_OR_SEND)
def challenge_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Answer, judge, close, open again: what the table of states allows."""
    what = _deed(deed)
    user, found = _who(request), _found(request, number)
    permissions.check_do(user, found, what)
    others = permissions.speaks_for_others(user, found, what)
    keeps = permissions.keeps_logs(user)

    def make(data: Any, seen: str) -> DeedForm:
        return DeedForm(data, initial={"seen": seen}, deed=what, keeps_logs=keeps, for_others=others)

    def save(form: DeedForm) -> str:
        services.do(
            found,
            what,
            form.said(),
            version=version_sent(form.cleaned_data["seen"]),
            changed_for=form.changed_for,
            due_on=form.cleaned_data.get("due_on"),
            by=actor_of(request),
            now=timezone.now(),
        )
        return f"It was recorded: {DEED_LABELS[what][0].lower()}{DEED_LABELS[what][1:]}."

    facts = (SummaryRow("What is challenged", found.text), SummaryRow("What is asked for", found.asked))
    asking = Asking(DEED_BUTTONS[what], found.title, _home(number), "Save", facts=facts)
    return ask(request, asking, make, save, lambda: _home(number), _stand(request, found), _marking(found))


def _given(
    form: RaiseForm, user: Any, known: Mapping[str, Agency | Group]
) -> tuple[services.ChallengeGiven, services.Said]:
    """What the form says, as the service takes it. Raises Refused where its writer may not raise it so."""
    said, chosen = form.cleaned_data, form.cleaned_data["by"]
    kind = From.PERSON if chosen in (ME, NAMED) else From(chosen.partition(":")[0])
    permissions.check_raise(user, kind, chosen.partition(":")[2])
    given = services.ChallengeGiven(
        title=said["title"],
        text=said["text"],
        asked=said["asked"],
        raised_on=said["raised_on"],
        due_on=said["due_on"],
        to=known[said["to"]],
        kind=kind,
        party=known.get(chosen),
        by_account=not form.is_for_others,
        tier=Tier(said["tier"]),
    )
    words = said_in(said, "asked", "raised_on")
    return given, words if form.is_for_others or kind != From.PERSON else replace(words, said_by="")


def _led_by(request: HttpRequest) -> Scrutiny | None:
    """The entry of the scrutiny log that the scrutineer raises it from, where the address names one."""
    number, user = version_sent(request.GET.get("after", "")), _who(request)
    if not number or not permissions.scrutinises(user):
        return None
    return scrutiny_visible_to(user).filter(pk=number).first()


def _deed(word: str) -> Deed:
    if word not in DEED_BUTTONS:
        raise Http404("Nothing of this kind is done about a challenge.")
    return Deed(word)


def _found(request: HttpRequest, number: int) -> Challenge:
    found: Challenge = get_object_or_404(challenges_visible_to(_who(request)), pk=number)
    return found


def _stand(request: HttpRequest, found: Challenge) -> Any:
    return versioned(found, lambda: get_challenge(_who(request), found.pk), pages.as_it_stands)


def _marking(found: Challenge) -> str:
    return MARKINGS[Tier(found.tier)]


def _home(number: int) -> str:
    return reverse("challenges:challenge", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
