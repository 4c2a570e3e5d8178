"""Putting a decision or an action of the log right."""

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
from sightline.meetings import services
from sightline.meetings.forms.correcting import ActionChangeForm, DecisionChangeForm
from sightline.meetings.models import Decision, GroupAction
from sightline.meetings.pages.spoken import said_at
from sightline.meetings.selectors.items import actions_of_meetings, decisions_visible_to
from sightline.meetings.views.asking import READ_OR_SEND, ask, check_writes
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent
from sightline.screens.words import day


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def decision_change(request: HttpRequest, number: int) -> HttpResponse:
    """Put the words of a decision right, or withdraw one that was not taken."""
    found: Decision = get_object_or_404(decisions_visible_to(_who(request)), pk=number)
    check_writes(request, found.group)

    def make(data: Any, seen: str) -> DecisionChangeForm:
        return DecisionChangeForm(data, initial={"text": found.text, "seen": seen})

    def save(form: DecisionChangeForm) -> str:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        if said["withdraw"]:
            services.withdraw_decision(found, version, said["reason"], by=actor_of(request))
            return "The decision was withdrawn. The log keeps it, with the reason."
        services.correct_decision(found, version, said["text"], by=actor_of(request))
        return "The decision was put right."

    def rows(now: Decision) -> list[SummaryRow]:
        return [SummaryRow("Decided", now.text), SummaryRow("Where it stands", now.standing)]

    stand = versioned(found, lambda: decisions_visible_to(_who(request)).get(pk=number), rows)
    home = said_at(found.meeting_id, found.item_id) or reverse("meetings:decisions")
    asking = Asking(
        f"Put decision {number} right",
        str(found.meeting or found.group),
        home,
        "Save",
        back_text="Decisions" if not found.meeting_id else "The meeting",
    )
    return ask(request, asking, make, save, home, stand, MARKINGS[Tier(found.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def action_change(request: HttpRequest, number: int) -> HttpResponse:
    """Put an action of draft minutes right, or withdraw it; afterwards give it another day, or close it undone."""
    found: GroupAction = get_object_or_404(actions_of_meetings(_who(request)), pk=number)
    check_writes(request, found.group)

    def make(data: Any, seen: str) -> ActionChangeForm:
        return ActionChangeForm(data, found=found, initial={"seen": seen})

    def save(form: ActionChangeForm) -> str:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        stamp: dict[str, Any] = {"by": actor_of(request), "now": timezone.now()}
        if said["end"]:
            services.end_action(found, version, said["reason"], **stamp)
            return "The action asks for nothing any more. The log keeps it, with the reason."
        if found.is_draft:
            told = services.ActionSaid(said["text"], said["owner"], said["due_on"])
            services.correct_action(found, version, told, **stamp)
            return "The action was put right."
        services.move_action(found, version, said["due_on"], said["reason"], **stamp)
        return "The action has another day."

    stand = versioned(found, lambda: actions_of_meetings(_who(request)).get(pk=number), _rows)
    home, title = said_at(found.meeting_id, found.item_id), f"Change action {number}"
    facts = () if found.is_draft else (SummaryRow("Action", found.text),)
    asking = Asking(title, str(found.meeting), home, "Save", facts=facts, back_text="The meeting")
    return ask(request, asking, make, save, home, stand, MARKINGS[Tier(found.tier)])


def _rows(now: GroupAction) -> list[SummaryRow]:
    told = (
        ("Action", now.text),
        ("Owner", now.owner_label),
        ("By", day(now.due_on)),
        ("Ended", now.ended_label),
    )
    return [SummaryRow(key, value) for key, value in told if value]


def _who(request: HttpRequest) -> Any:
    return request.user
