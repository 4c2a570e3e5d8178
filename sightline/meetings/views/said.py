"""The log of decisions, and the log of what meetings asked people to do."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import MARKINGS, Tier
from sightline.meetings import permissions, services
from sightline.meetings.choices import RULING_BUTTONS, TOOK_PLACE, How, Ruling
from sightline.meetings.forms.items import BetweenForm, DoneForm, OwnerForm, RulingForm
from sightline.meetings.models import Decision, GroupAction, ToldOfAction
from sightline.meetings.pages import said as pages
from sightline.meetings.selectors.items import actions_of_meetings, decisions_visible_to
from sightline.meetings.selectors.meetings import groups_kept_by, meetings_visible_to
from sightline.meetings.selectors.told import new_dates_of
from sightline.meetings.services.told import answer_log_date
from sightline.meetings.views.asking import READ_OR_SEND, ask
from sightline.plans.forms.rounds import AGREE, DateForm
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent
from sightline.screens.words import day

TELL_THEM = "No address is known at which to tell whoever asked: tell them yourself."


@needs(Permission.PLANS_VIEW)
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The log of decisions, filtered, sorted and paged as the address says."""
    page = pages.decisions_page(_who(request), request.GET)
    return render(request, "meetings/decisions.html", {"page": page})


@needs(Permission.PLANS_VIEW)
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """What meetings asked people to do, filtered, sorted and paged as the address says."""
    page = pages.actions_page(_who(request), request.GET, timezone.localdate())
    return render(request, "meetings/actions.html", {"page": page})


@needs(Permission.MEETINGS_KEEP)
@require_http_methods(READ_OR_SEND)
def decision_new(request: HttpRequest) -> HttpResponse:
    """Record a decision that was taken between two meetings."""
    groups = {each.pk: each for each in groups_kept_by(_who(request), timezone.localdate())}

    def make(data: Any, seen: str) -> BetweenForm:
        return BetweenForm(data, groups=groups.values())

    def save(form: BetweenForm) -> str:
        said = form.cleaned_data
        given = services.DecisionGiven(said["text"], How(said["how"]), said["decided_on"], Tier(said["tier"]))
        services.take_decision(groups[int(said["group"])], given, by=actor_of(request), now=timezone.now())
        return "The decision was recorded. It is provisional until a meeting of the group ratifies it."

    intro = (
        "Chair’s action or a written procedure. It comes up at the next meeting of the group, to be ratified."
    )
    home = reverse("meetings:decisions")
    asking = Asking(
        "A decision between meetings", "", home, "Record the decision", intro, back_text="Decisions"
    )
    return ask(request, asking, make, save, home)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def decision_do(request: HttpRequest, number: int, ruling: str) -> HttpResponse:
    """Record that a meeting ratified a provisional decision, or did not."""
    if ruling not in set(Ruling):
        raise Http404("Nothing of this kind is done about a decision.")
    what = Ruling(ruling)
    found: Decision = get_object_or_404(decisions_visible_to(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.group)
    held = meetings_visible_to(_who(request)).filter(
        group=found.group, state__in=TOOK_PLACE, held_on__gte=found.decided_on
    )
    later = {str(each.pk): each for each in held.exclude(pk=found.meeting_id or 0).order_by("held_on", "pk")}

    def make(data: Any, seen: str) -> RulingForm:
        return RulingForm(data, meetings=later.values(), initial={"seen": seen})

    def save(form: RulingForm) -> str:
        version, meeting = version_sent(form.cleaned_data["seen"]), later[form.cleaned_data["meeting"]]
        services.rule_on(found, what, meeting, version=version, by=actor_of(request), now=timezone.now())
        return "It was recorded."

    def rows(now: Decision) -> list[SummaryRow]:
        return [SummaryRow("Where it stands", now.standing)]

    stand = versioned(found, lambda: decisions_visible_to(_who(request)).get(pk=number), rows)
    facts = (SummaryRow("Decided", found.text), SummaryRow("On", day(found.decided_on)))
    home = reverse("meetings:decisions")
    asking = Asking(RULING_BUTTONS[what], found.group.name, home, "Save", facts=facts, back_text="Decisions")
    return ask(request, asking, make, save, home, stand, MARKINGS[Tier(found.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def action_done(request: HttpRequest, number: int) -> HttpResponse:
    """Say that an action of the group's log is done."""
    found: GroupAction = get_object_or_404(actions_of_meetings(_who(request)), pk=number)
    permissions.check_finish(_who(request), found)

    def make(data: Any, seen: str) -> DoneForm:
        return DoneForm(data, initial={"seen": seen})

    def save(form: DoneForm) -> str:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        by, now = actor_of(request), timezone.now()
        services.finish_action(found, version, said["done_words"], said["done_on"], by=by, now=now)
        return "The action is done."

    def rows(now: GroupAction) -> list[SummaryRow]:
        return [SummaryRow("Done on", day(now.done_on)), SummaryRow("What was done", now.done_words)]

    stand = versioned(found, lambda: actions_of_meetings(_who(request)).get(pk=number), rows)
    asking = _about(found, "It is done")
    return ask(request, asking, make, save, asking.back, stand, MARKINGS[Tier(found.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def action_owner(request: HttpRequest, number: int) -> HttpResponse:
    """Say whose an action of the group's log is, where the minutes named nobody who is known."""
    found: GroupAction = get_object_or_404(actions_of_meetings(_who(request)), pk=number)
    permissions.check_keep(_who(request), found.group)

    def make(data: Any, seen: str) -> OwnerForm:
        return OwnerForm(data, initial={"seen": seen, "name": str(found.party or "")})

    def save(form: OwnerForm) -> str:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        services.name_owner(found, version, said["name"], by=actor_of(request), now=timezone.now())
        return "Saved. The action stands among what needs its owner."

    def rows(now: GroupAction) -> list[SummaryRow]:
        return [SummaryRow("Owner", now.owner_label), SummaryRow("Done on", day(now.done_on))]

    stand = versioned(found, lambda: actions_of_meetings(_who(request)).get(pk=number), rows)
    asking = _about(found, "Whose is this action?")
    return ask(request, asking, make, save, asking.back, stand, MARKINGS[Tier(found.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def action_date(request: HttpRequest, number: int) -> HttpResponse:
    """Give the new date that the owner of an action asks for, or say why the one that stands stays."""
    told: ToldOfAction = get_object_or_404(new_dates_of(_who(request)), pk=number)
    found = told.action
    permissions.check_keep(_who(request), found.group)

    def save(form: DateForm) -> str:
        said, is_agreed = form.cleaned_data, form.cleaned_data["answer"] == AGREE
        given = {"is_agreed": is_agreed, "words": said["words"], "by": actor_of(request)}
        by_mail = answer_log_date(told, version_sent(said["seen"]), **given, now=timezone.now())
        what = "The new date is given." if is_agreed else "The date stays as it is."
        return f"{what} {'Whoever asked is told by e-mail.' if by_mail else TELL_THEM}"

    def rows(now: GroupAction) -> list[SummaryRow]:
        return [SummaryRow("By", day(now.due_on)), SummaryRow("Done on", day(now.done_on))]

    stand = versioned(found, lambda: actions_of_meetings(_who(request)).get(pk=found.pk), rows)
    asked = (
        SummaryRow("Asked for", day(told.new_due_on)),
        SummaryRow("In these words", told.text),
        SummaryRow("By whom", told.said_by or told.entered_by_label),
    )
    asking = _about(found, "A new date is asked for", asked)
    return ask(request, asking, _date_form, save, asking.back, stand, MARKINGS[Tier(found.tier)])


def _date_form(data: Any, seen: str) -> DateForm:
    return DateForm(data, initial={"seen": seen})


def _about(found: GroupAction, heading: str, more: tuple[SummaryRow, ...] = ()) -> Asking:
    told = (("Action", found.text), ("Owner", found.owner_label), ("By", day(found.due_on)))
    facts = (*(SummaryRow(key, value) for key, value in told if value), *more)
    home = reverse("meetings:actions")
    return Asking(heading, found.group.name, home, "Save", facts=facts, back_text="Actions of meetings")


def _who(request: HttpRequest) -> Any:
    return request.user
