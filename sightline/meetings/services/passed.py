"""Saying how something was passed on after a meeting, and what a sample check found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import need_all, not_ahead
from sightline.meetings.choices import TOOK_PLACE, Reach
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Meeting, PassedOn, PassedOnCheck
from sightline.meetings.services.asking import end_asking
from sightline.partners.models import Seat
from sightline.screens.words import day

WORDS = {
    "what": "Enter what you passed on",
    "to_whom": "Enter to whom, such as: team leaders of the front door",
}
NOT_MET = "The meeting has not taken place: there is nothing to pass on yet."


@dataclass(frozen=True, slots=True)
class PassedGiven:
    """What somebody passed on. `reached`: how many people, where it is known; `said_by`: whose words, if typed."""

    what: str
    to_whom: str
    as_at: date
    reached: int | None = None
    said_by: str = ""


@deed
def pass_on(meeting: Meeting, seat: Seat, given: PassedGiven, *, by: Actor, now: datetime) -> PassedOn:
    """Keep what the member of a seat passed on after a meeting. Raises Unacceptable."""
    texts = need_all({name: (getattr(given, name), sentence) for name, sentence in WORDS.items()})
    not_ahead(given.as_at, now)
    if meeting.state_now not in TOOK_PLACE:
        raise Unacceptable({"": NOT_MET})
    if given.as_at < meeting.held_on:
        raise Unacceptable(
            {"as_at": f"The meeting was on {day(meeting.held_on)}. Give that day or a later one."}
        )
    made = PassedOn.objects.create(
        meeting=meeting,
        seat=seat,
        as_at=given.as_at,
        reached=given.reached,
        said_by=given.said_by.strip()[:200],
        **texts,
        **entered(by, now),
    )
    after = {**texts, "seat": seat.pk, "as_at": given.as_at, "reached": given.reached}
    told = after | ({"said_by": made.said_by} if made.said_by else {})
    _counts(meeting.pk)
    end_asking(meeting, seat, now)
    record(
        MeetingEntry.PASSED_ON, by=by, subject=meeting, after={k: v for k, v in told.items() if v is not None}
    )
    return made


@deed
def check_passed_on(
    found: PassedOn, reach: Reach, text: str, as_at: date, *, by: Actor, now: datetime
) -> PassedOnCheck:
    """Keep what a sample check found of it. Raises Unacceptable."""
    not_ahead(as_at, now)
    if as_at < found.as_at:
        raise Unacceptable(
            {"as_at": f"It was passed on on {day(found.as_at)}. Give that day or a later one."}
        )
    made = PassedOnCheck.objects.create(
        passed_on=found, reach=reach.value, text=text.strip(), as_at=as_at, **entered(by, now)
    )
    _counts(found.meeting_id)
    after = {"seat": found.seat_id, "reach": reach.value, "text": made.text, "as_at": as_at}
    record(MeetingEntry.PASSED_ON_CHECKED, by=by, subject=found.meeting, after=after)
    return made


def _counts(meeting: int) -> None:
    """Let figures that are kept of the meeting be counted anew."""
    Meeting.objects.filter(pk=meeting).update(current_told=F("current_told") + 1)
