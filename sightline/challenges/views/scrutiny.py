"""The scrutiny log: the list, its file, one entry, and everything that is done about it."""

from __future__ import annotations

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
from sightline.challenges.choices import SCRUTINY_DEED_BUTTONS, SCRUTINY_DEED_LABELS, Looked, ScrutinyDeed
from sightline.challenges.forms.scrutiny import EntryDeedForm, EntryForm, NewEntryForm
from sightline.challenges.models import Scrutiny, ScrutinyAsked
from sightline.challenges.pages import scrutiny as pages
from sightline.challenges.selectors.challenges import parties_now
from sightline.challenges.selectors.scrutiny import (
    PARTNERS,
    get_scrutiny,
    partners_asked,
    scrutiny_visible_to,
)
from sightline.challenges.views.asking import READ_OR_SEND, ask
from sightline.events.choices import MARKINGS, Tier
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent


@needs(Permission.PLANS_VIEW)
@require_safe
def scrutiny_list(request: HttpRequest) -> HttpResponse:
    """Every entry the person may read, filtered, sorted and paged as the address says."""
    page = pages.list_page(_who(request), request.GET, timezone.localdate())
    return render(request, "challenges/scrutinies.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def scrutiny_export(request: HttpRequest, format: str) -> HttpResponse:
    """The log as a file, narrowed and ordered as it was shown."""
    return taken(
        request,
        format,
        "scrutiny",
        pages.list_table,
        check=permissions.check_export,
        note=services.note_list_taken,
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def scrutiny(request: HttpRequest, number: int) -> HttpResponse:
    """One entry, and all that was done about it."""
    found = _found(request, number)
    page = pages.entry_page(_who(request), found, timezone.localdate())
    return render(request, "challenges/scrutiny.html", {"page": page, "marking": _marking(found)})


@needs(Permission.SCRUTINY_WRITE)
@require_http_methods(READ_OR_SEND)
def scrutiny_new(request: HttpRequest) -> HttpResponse:
    """Write an entry."""
    made: list[Scrutiny] = []
    permissions.check_write_scrutiny(_who(request))
    known = parties_now(timezone.localdate())

    def make(data: Any, seen: str) -> NewEntryForm:
        return NewEntryForm(data, parties=[(key, party.name) for key, party in known.items()])

    def save(form: NewEntryForm) -> str:
        said = form.cleaned_data
        names = ("title", "seen_on", "looked_at", "found", "asked", "due_on")
        given = services.ScrutinyGiven(
            **{name: said[name] for name in names},
            kind=Looked(said["kind"]),
            of=[known[key] for key in said["of"]],
            tier=Tier(said["tier"]),
        )
        made.append(services.record_scrutiny(given, by=actor_of(request), now=timezone.now()))
        return "The entry stands in the scrutiny log."

    intro = "Say what you looked at and what you found. Partners of whom you ask something answer here; you judge."
    home = reverse("challenges:scrutinies")
    asking = Asking("Write a scrutiny entry", "", home, "Save the entry", intro, back_text="Scrutiny")
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def scrutiny_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Put the words of an entry right."""
    found = _found(request, number)
    permissions.check_write_scrutiny(_who(request))

    def make(data: Any, seen: str) -> EntryForm:
        names = ("title", "kind", "looked_at", "found", "asked", "tier")
        return EntryForm(data, initial={**{name: getattr(found, name) for name in names}, "seen": seen})

    def save(form: EntryForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.edit_scrutiny(found, version, form.values(), by=actor_of(request), now=timezone.now())
        return "The entry was saved."

    asking = Asking("Change the entry", found.title, _home(number), "Save the entry")
    return ask(request, asking, make, save, _home(number), _stand(request, found), _marking(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def scrutiny_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Answer, give a verdict, look again, ask again."""
    what = _deed(deed)
    user, found = _who(request), _found(request, number)
    partners = _partners(user, found, what)
    own = [each for each in partners if permissions.answers_scrutiny(user, each)]

    def make(data: Any, seen: str) -> EntryDeedForm:
        return EntryDeedForm(
            data,
            initial={"seen": seen},
            deed=what,
            partners=partners,
            keeps_logs=permissions.keeps_logs(user),
            for_others=not own,
        )

    def save(form: EntryDeedForm) -> str:
        services.do_scrutiny(
            found,
            what,
            form.said(),
            version=version_sent(form.cleaned_data["seen"]),
            more=form.more(),
            by=actor_of(request),
            now=timezone.now(),
        )
        label = SCRUTINY_DEED_LABELS[what]
        return f"It was recorded: {label[0].lower()}{label[1:]}."

    facts = tuple(
        SummaryRow(key, value)
        for key, value in (("Found", found.found), ("Asked of partners", found.asked))
        if value
    )
    asking = Asking(SCRUTINY_DEED_BUTTONS[what], found.title, _home(number), "Save", facts=facts)
    return ask(request, asking, make, save, _home(number), _stand(request, found), _marking(found))


def _partners(user: Any, found: Scrutiny, what: ScrutinyDeed) -> list[ScrutinyAsked]:
    """For whom the reader may answer, where it is an answer. Raises Refused."""
    if what != ScrutinyDeed.RESPOND:
        permissions.check_write_scrutiny(user)
        return []
    permissions.check_answer_scrutiny(user, found)
    every = partners_asked(found)
    return (
        every if permissions.keeps_logs(user) else [p for p in every if permissions.answers_scrutiny(user, p)]
    )


def _deed(word: str) -> ScrutinyDeed:
    if word not in SCRUTINY_DEED_BUTTONS:
        raise Http404("Nothing of this kind is done about an entry of the scrutiny log.")
    return ScrutinyDeed(word)


def _found(request: HttpRequest, number: int) -> Scrutiny:
    rows = scrutiny_visible_to(_who(request)).prefetch_related(PARTNERS)
    found: Scrutiny = get_object_or_404(rows, pk=number)
    return found


def _stand(request: HttpRequest, found: Scrutiny) -> Any:
    return versioned(found, lambda: get_scrutiny(_who(request), found.pk), pages.as_it_stands)


def _marking(found: Scrutiny) -> str:
    return MARKINGS[Tier(found.tier)]


def _home(number: int) -> str:
    return reverse("challenges:scrutiny", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
