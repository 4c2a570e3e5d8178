"""What meetings ask of their members: an invitation is a request like a round, whose question is whether they come."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from sightline.access.choices import Permission
from sightline.meetings.calendars import invitation
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Meeting
from sightline.meetings.rules.coming import is_reminder_due, numbers
from sightline.meetings.selectors.invitations import (
    KIND,
    home_of,
    meeting_asked,
    people_asked,
    takes_answers,
    typed_of,
)
from sightline.requests.choices import Mailed
from sightline.requests.kinds import Closing, RoundKind
from sightline.requests.letters import Letter
from sightline.requests.models import Asked, Round
from sightline.screens.words import day

SUBJECTS = {
    Mailed.ASKED: "Invitation: {about}",
    Mailed.CHANGED: "Changed: {about}",
    Mailed.REMINDED: "Are you coming? {about}",
    Mailed.AGAIN: "A new link: {about}",
}
TEXT = """{lines}

{asks} Open this page: it needs no account and takes half a minute. Looking at it changes nothing.

{address}

You may change your answer there until the meeting begins. The link is yours alone: whoever has it can answer in your
name. If you cannot open it, tell {by}: they write down what you say.

Agenda and papers, for those who sign in: {pack}
"""
ASKS = {
    Mailed.ASKED: "Are you coming, or do you send a deputy?",
    Mailed.CHANGED: "The meeting changed: are you coming, or do you send a deputy?",
    Mailed.REMINDED: "We have not heard from you yet: are you coming, or do you send a deputy?",
    Mailed.AGAIN: "Are you coming, or do you send a deputy? This link takes the place of the earlier ones.",
}
HOW = (
    "Members were asked whether they come. Those who have not answered are reminded in the week before the meeting, "
    "and nobody else hears of it. Whether a link was opened is not recorded: scanners of mail open links."
)


def lines_of(meeting: Meeting) -> str:
    """What is when and where, and nothing of what it is about."""
    where = " ".join(filter(None, [meeting.hours, meeting.place]))
    return f"{meeting.group.name}: {meeting.kind_label.lower()} on {day(meeting.held_on)}\n{where}".rstrip()


def about(meeting: Meeting) -> str:
    """What an invitation is called."""
    return f"{meeting.group.name}, {day(meeting.held_on)}"


def pack_of(meeting: Meeting) -> str:
    """Where agenda and papers stand."""
    return f"{settings.SITE_ADDRESS}/meetings/{meeting.pk}/pack/"


def letter(asked: Asked, what: Mailed, address: str, now: datetime) -> Letter:
    """An e-mail that asks whether somebody comes; all but reminders with the invitation for their calendar."""
    meeting = meeting_asked(asked)
    text = TEXT.format(
        lines=lines_of(meeting),
        asks=ASKS[what],
        address=address,
        by=asked.round.entered_by_label,
        pack=pack_of(meeting),
    )
    calendar = (
        "" if what == Mailed.REMINDED else invitation(meeting, asked.email, asked.name, now, cancels=False)
    )
    return Letter(SUBJECTS[what].format(about=about(meeting)), text, calendar)


def is_wanted(number: int) -> bool:
    """Whether anybody may still be written to about the meeting."""
    return Meeting.objects.filter(pk=number, state=MeetingState.PLANNED).exists()


def still_asks(asked: Asked, now: datetime) -> bool:
    """Whether the link takes answers: the meeting is to come, and whoever it asks still has a seat then."""
    try:
        meeting = meeting_asked(asked)
    except Meeting.DoesNotExist:
        return False
    return takes_answers(meeting, now) and bool(people_asked(asked, meeting))


def reminds_on(found: Round, last_on: date, on: date) -> bool:
    """Whether those who have not answered are reminded on the day."""
    return is_reminder_due(found.closes_on, last_on, on, numbers())


def closed(closing: Closing, now: datetime) -> None:
    """Nothing more is kept of an invitation that is over: the answers stand with the meeting."""


offered = [
    RoundKind(
        KIND,
        "meetings:coming",
        typed_of,
        home_of,
        is_wanted,
        closed,
        letter=letter,
        how=HOW,
        still_asks=still_asks,
        reminds_on=reminds_on,
        climbs=False,
        is_pressing=True,
        kept_with=Permission.MEETINGS_KEEP,
    )
]
