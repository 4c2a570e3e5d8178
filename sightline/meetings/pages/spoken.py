"""A decision and an action of a meeting, as its page and the logs show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from sightline.meetings.choices import ENDED_COLOURS, RULING_COLOURS, Ended, MeetingState, Ruling
from sightline.meetings.models import Decision, GroupAction, ToldOfAction
from sightline.screens.words import count, day


@dataclass(frozen=True)
class DecisionShown:
    """A decision: what, where it stands, and what can be done about it as a button and where it leads."""

    number: int
    text: str
    group: str
    decided_on: date
    how: str
    standing: str
    colour: str
    href: str
    ruled: str
    withdrawn: str
    is_draft: bool
    change: str = ""
    doings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ActionShown:
    """An action of a meeting. `ended`: how it came to its end, in words; `moved`: how often, and from which day.

    `told`: what its owner told last, and by whom; `date_asked`: a new date that nobody has answered yet.
    """

    number: int
    text: str
    owner: str
    due_on: date | None
    is_late: bool
    done_on: date | None
    done_words: str
    plan_reference: str
    group: str
    said_on: date
    href: str
    done_href: str
    ended: str
    ended_colour: str
    moved: str
    change: str
    is_draft: bool
    told: str = ""
    told_by: str = ""
    date_asked: str = ""
    date_href: str = ""


def decision_shown(found: Decision, *, keeps: bool, writes: bool = False) -> DecisionShown:
    """A decision; ruling on it is for who keeps the group's meetings, putting it right for who writes minutes."""
    return DecisionShown(
        number=found.pk,
        text=found.text,
        group=found.group.name,
        decided_on=found.decided_on,
        how=found.get_how_display(),
        standing=found.standing,
        colour=RULING_COLOURS[found.standing],
        href=said_at(found.meeting_id, found.item_id),
        ruled=str(found.ruled_at or ""),
        withdrawn=found.withdrawn_because,
        is_draft=found.meeting is not None and found.meeting.is_draft,
        change=(
            reverse("meetings:decision_change", args=[found.pk])
            if (keeps or writes) and found.is_draft
            else ""
        ),
        doings=_doings(found) if keeps and found.is_provisional else (),
    )


def _doings(found: Decision) -> tuple[tuple[str, str], ...]:
    """What is done about a decision that waits: first of all it is entered who came, as long as that can be."""
    met = found.meeting
    if met and met.current_quorate is None and met.state != MeetingState.APPROVED:
        return (("Enter who came", reverse("meetings:attending", args=[met.pk])),)
    words = {Ruling.RATIFY: "Ratify", Ruling.REFUSE: "Do not ratify"}
    return tuple(
        (words[each], reverse("meetings:decision_do", args=[found.pk, each.value])) for each in Ruling
    )


def action_shown(
    found: GroupAction, on: date, *, keeps: bool, writes: bool = False, told: ToldOfAction | None = None
) -> ActionShown:
    """An action; saying that it is done is for who keeps the group's meetings, changing it for who writes minutes."""
    own = found.plan_action is None
    is_open = own and found.done_on is None
    change = is_open and (keeps or writes)
    return ActionShown(
        number=found.pk,
        text=found.text,
        owner=found.owner_label,
        due_on=found.due_on,
        is_late=is_open and found.due_on is not None and found.due_on < on,
        done_on=found.done_on,
        done_words=found.done_words,
        plan_reference=found.plan_action.reference if found.plan_action else "",
        group=found.group.name,
        said_on=found.meeting.held_on,
        href=said_at(found.meeting_id, found.item_id),
        done_href=reverse("meetings:action_done", args=[found.pk]) if keeps and is_open else "",
        ended=found.ended_label,
        ended_colour=ENDED_COLOURS[Ended(found.ended_as)] if found.ended_as else "",
        moved=_moved(found),
        change=reverse("meetings:action_change", args=[found.pk]) if change else "",
        is_draft=found.meeting.is_draft,
        **_told(told, keeps=keeps and is_open),
    )


def _moved(found: GroupAction) -> str:
    """What is said of an action whose day was moved."""
    if found.first_due_on is None:
        return ""
    later = f"{count(found.slips, 'time')} to a later day" if found.slips else "to an earlier day"
    return f"First by {day(found.first_due_on)}; moved {later}"


def _told(told: ToldOfAction | None, *, keeps: bool) -> dict[str, str]:
    """What was told last of an action that is open."""
    if told is None or told.is_done:
        return {}
    asks = told.new_due_on is not None and told.is_agreed is None
    return {
        "told": told.text,
        "told_by": f"{told.said_by or told.entered_by_label}, {day(timezone.localdate(told.recorded_at))}",
        "date_asked": day(told.new_due_on) if asks else "",
        "date_href": reverse("meetings:action_date", args=[told.pk]) if asks and keeps else "",
    }


def said_at(meeting: int | None, item: int | None) -> str:
    """Where it stands on the page of its meeting, by the numbers of both; empty for what no meeting said."""
    if meeting is None:
        return ""
    return reverse("meetings:meeting", args=[meeting]) + (f"#item-{item}" if item else "")
