"""What plans ask about in rounds: how the actions of one plan, or of a group's plans, stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sightline.events.choices import Actor
from sightline.plans.forms.rounds import ToldForm
from sightline.plans.models import Action, DateAnswer
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
    owners_of_actions,
    rounds_about_action,
)
from sightline.plans.services.closing import keep_closing
from sightline.plans.services.rounds import hold_asked, tell_together
from sightline.requests.kinds import update_kind
from sightline.requests.models import Asked
from sightline.requests.parts import Part, Thing, Voice
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
        rounds=frozenset(rounds_about_action(action)),
        first=("delivery", "happened", "why"),
        further=("due_on", "difference", "evidence", "quarter"),
        further_words="A new date, what changed for children, evidence",
        where=action.plan.name,
        due=day(action.current_due_on) or action.current_timescale_label,
        rating=action.current_delivery_rating,
        last=action.current_update_text,
        last_on=day(action.current_update_on),
        note=note,
    )


def _tell(things: Sequence[Thing], voice: Voice, by: Actor, now: datetime) -> None:
    forms = [cast(ToldForm, thing.form) for thing in things]
    told = {form.action.pk: form.told() for form in forms}
    tell_together([form.action for form in forms], told, voice, by=by, now=now)


part = Part(LETTER, _shown, _held, _tell, owners_of_actions)
offered = [
    update_kind(KIND, home_of_plan, has_plan, keep_closing, exceptions_after_plan),
    update_kind(GROUP_KIND, home_of_group, has_plan_of_group, keep_closing, exceptions_after_group),
]
