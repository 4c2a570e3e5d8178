"""Declarations of interest at a meeting."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import MARKINGS, Tier
from sightline.meetings.forms.interests import InterestForm, InterestMistakeForm
from sightline.meetings.models import Interest, Meeting
from sightline.meetings.selectors.interests import declared_for_the_year, interests_visible_to
from sightline.meetings.selectors.items import placed_items
from sightline.meetings.selectors.meetings import attended_at, meetings_visible_to, places_at
from sightline.meetings.services.interests import declare_interest, declare_none, take_interest_back
from sightline.meetings.views.asking import READ_OR_SEND, ask, check_writes
from sightline.partners.models import Person
from sightline.screens.asking import Asking
from sightline.screens.elements import RowAction, SummaryRow

INTRO = (
    "Ask at the beginning of the meeting, and again where an item comes up. Write down who declared what, and what "
    "was done; also that nobody did."
)
REMINDER = f"{INTRO} Below stands what people in the seats declared for the year: only you see it here."


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def interest_new(request: HttpRequest, number: int) -> HttpResponse:
    """Minute an interest that somebody declared, or that nobody did."""
    user: Any = request.user
    found: Meeting = get_object_or_404(meetings_visible_to(user), pk=number)
    check_writes(request, found.group)
    places = places_at(found, attended_at(found))
    items, _ = placed_items(user, found)
    before = declared_for_the_year(user, found, places)
    facts = [_of_the_year(*each) for each in before]

    def make(data: Any, seen: str) -> InterestForm:
        return InterestForm(data, places=places, items=items)

    def save(form: InterestForm) -> str:
        by, now = actor_of(request), timezone.now()
        if form.is_nil:
            declare_none(found, by=by, now=now)
            return "It was minuted that nobody declared an interest."
        declare_interest(found, form.given(), by=by, now=now)
        return "The declaration was minuted."

    home, intro = _home(number), REMINDER if before else INTRO
    asking = Asking(
        "Declarations of interest", str(found), home, "Save", intro, facts, back_text="The meeting"
    )
    confidential = before or any(each.what.tier != Tier.T1 for each in items)
    return ask(request, asking, make, save, home, marking=MARKINGS[Tier.T2] if confidential else "")


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def interest_mistake(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an interest was entered by mistake."""
    found: Interest = get_object_or_404(interests_visible_to(request.user), pk=number)
    check_writes(request, found.meeting.group)

    def save(form: InterestMistakeForm) -> str:
        take_interest_back(found, form.cleaned_data["why"], by=actor_of(request))
        return "It counts no more. It stays in the records."

    home = _home(found.meeting_id)
    facts = () if found.is_nil else (SummaryRow(found.who, found.text),)
    asking = Asking(
        "It was entered by mistake",
        str(found.meeting),
        home,
        "Take it back",
        facts=facts,
        back_text="The meeting",
    )
    marking = MARKINGS[Tier(found.tier)]
    return ask(request, asking, lambda data, seen: InterestMistakeForm(data), save, home, marking=marking)


def _of_the_year(seat: str, person: Person, words: str) -> SummaryRow:
    way = RowAction("Declarations", reverse("partners:declare", args=[person.pk]), f"of {person.name}")
    return SummaryRow(f"{seat}: {person.name}", words, (way,))


def _home(number: int) -> str:
    return reverse("meetings:meeting", args=[number]) + "#interests"
