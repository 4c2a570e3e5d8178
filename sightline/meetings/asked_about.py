"""What meetings ask about in rounds: the actions of a group's own log, on the page of the group's plans."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import Actor
from sightline.meetings.forms.told import LogToldForm
from sightline.meetings.models import GroupAction, ToldOfAction
from sightline.meetings.selectors.told import dates_asked, last_told, log_shown, owners_in_log
from sightline.meetings.services.told import hold_log, tell_of_log
from sightline.plans.selectors.rounds import GROUP_KIND
from sightline.requests.models import Asked
from sightline.requests.parts import DateAsked, Part, Thing, Voice
from sightline.screens.words import day


def _shown(asked: Sequence[Asked], page: int) -> tuple[list[Thing], bool]:
    actions, more = log_shown(asked, page)
    told = last_told(actions)
    return [_thing(each, LogToldForm(None, each), told.get(each.pk)) for each in actions], more


def _held(asked: Sequence[Asked], numbers: Sequence[int], data: Any) -> list[Thing]:
    return [_thing(each, LogToldForm(data, each)) for each in hold_log(asked, numbers)]


def _thing(action: GroupAction, form: LogToldForm, told: ToldOfAction | None = None) -> Thing:
    return Thing(
        number=action.pk,
        heading=action.text,
        form=form,
        told=form.told,
        rounds=frozenset({(GROUP_KIND, action.group_id)}),
        first=("stands", "happened"),
        further=("due_on", "why"),
        further_words="A new date",
        where=f"Asked by the {action.group} on {day(action.meeting.held_on)}",
        due=day(action.due_on),
        rating=told.delivery if told else "",
        last=told.text if told else "",
        last_on=day(timezone.localdate(told.recorded_at)) if told else "",
        note=_note(told),
    )


def _note(told: ToldOfAction | None) -> str:
    """What was said to the date that they asked for."""
    if told is None or told.is_agreed is None:
        return ""
    said = "is agreed" if told.is_agreed else "is not agreed"
    return f"The new date you asked for, {day(told.new_due_on)}, {said}{f': {told.answer}' if told.answer else '.'}"


def _tell(things: Sequence[Thing], voice: Voice, by: Actor, now: datetime) -> None:
    forms = [cast(LogToldForm, thing.form) for thing in things]
    told = {form.action.pk: form.told() for form in forms}
    tell_of_log([form.action for form in forms], told, voice, by=by, now=now)


def _dates(user: Any, kind: str, number: int) -> list[DateAsked]:
    home = reverse("meetings:actions")
    return [
        DateAsked(
            heading=told.action.text,
            href=home,
            stands=day(told.action.due_on) or "No date",
            asked=day(told.new_due_on),
            words=told.text,
            voice=told.said_by or told.entered_by_label,
            answer=reverse("meetings:action_date", args=[told.pk]),
        )
        for told in dates_asked(user, kind, number)
    ]


part = Part("m", _shown, _held, _tell, owners_in_log, _dates)
