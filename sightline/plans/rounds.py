"""What plans ask about in rounds: how the actions of one plan, or of a group's plans, stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.urls import reverse

from sightline.events.choices import Actor
from sightline.plans.choices import DeliveryRating
from sightline.plans.forms.rounds import ToldForm
from sightline.plans.models import Action, DateAnswer, Update
from sightline.plans.rules import addresses
from sightline.plans.selectors.rounds import (
    GROUP_KIND,
    KIND,
    actions_shown,
    date_answers_of,
    exceptions_after_group,
    exceptions_after_plan,
    has_plan,
    has_plan_of_group,
    home_of_group,
    home_of_plan,
    new_dates_asked,
    owners_of_actions,
    rounds_about_action,
)
from sightline.plans.services.closing import keep_closing
from sightline.plans.services.rounds import hold_asked, tell_together
from sightline.requests.kinds import update_kind
from sightline.requests.models import Asked
from sightline.requests.parts import DateAsked, Part, Thing, Voice
from sightline.screens.words import day

LETTER = "a"


def _shown(asked: Sequence[Asked], page: int) -> tuple[list[Thing], bool]:
    actions, more = actions_shown(asked, page)
    answers = date_answers_of(actions)
    return [_thing(each, ToldForm(None, each), _note(answers.get(each.pk))) for each in actions], more


def _held(asked: Sequence[Asked], numbers: Sequence[int], data: Any) -> list[Thing]:
    return [_thing(action, ToldForm(data, action)) for action in hold_asked(asked, numbers)]


def _note(answer: DateAnswer | None) -> str:
    """What was said to the date that somebody asked for."""
    if answer is None:
        return ""
    said = "is agreed" if answer.is_agreed else "is not agreed"
    why = f": {answer.words}" if answer.words else "."
    return f"The new date you asked for, {day(answer.asked_for)}, {said}{why}"


def _thing(action: Action, form: ToldForm, note: str = "") -> Thing:
    number = f"{action.current_number_label} " if action.current_number_label else ""
    return Thing(
        number=action.pk,
        heading=f"{number}{action.text}",
        form=form,
        told=form.told,
        rounds=frozenset(rounds_about_action(action)),
        first=("delivery", "happened"),
        further=("why", "due_on", "difference", "evidence", "quarter"),
        further_words="New date, difference, evidence",
        where=action.plan.name,
        due=f"By {day(action.current_due_on)}" if action.current_due_on else action.current_timescale_label,
        rating=rating if (rating := action.current_delivery_rating) != DeliveryRating.NOT_RATED else "",
        last=action.current_update_text,
        last_on=day(action.current_update_on),
        note=note,
    )


def _tell(things: Sequence[Thing], voice: Voice, by: Actor, now: datetime) -> None:
    forms = [cast(ToldForm, thing.form) for thing in things]
    told = {form.action.pk: form.told() for form in forms}
    tell_together([form.action for form in forms], told, voice, by=by, now=now)


def _dates(user: Any, kind: str, number: int) -> list[DateAsked]:
    return [_new_date(update) for update in new_dates_asked(user, kind, number)]


def _new_date(update: Update) -> DateAsked:
    action = update.action
    return DateAsked(
        heading=f"{action.current_number_label} {action.text}".strip(),
        href=addresses.of_action(action.reference),
        stands=day(action.current_due_on) or action.current_timescale_label or "No date",
        asked=day(update.new_due_on),
        words=update.text,
        voice=update.said_by or update.entered_by_label,
        answer=reverse("plans:date_answer", args=[action.reference, update.pk]),
        change=reverse("plans:action_timescale", args=[action.reference]),
    )


part = Part(LETTER, _shown, _held, _tell, owners_of_actions, _dates)
offered = [
    update_kind(KIND, home_of_plan, has_plan, keep_closing, exceptions_after_plan),
    update_kind(GROUP_KIND, home_of_group, has_plan_of_group, keep_closing, exceptions_after_group),
]
