"""Whom a meeting invites, who was invited, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.meetings.choices import EXPECTED_LABELS, Attendance, MeetingState
from sightline.meetings.models import Invitation, Meeting, Reply
from sightline.meetings.rules.coming import is_before
from sightline.meetings.selectors.meetings import PlaceThen
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Holding, Person, Seat
from sightline.partners.selectors import standing
from sightline.requests.models import Asked

KIND, PERSON = "meetings.meeting", "person"


def holders_of(meeting: Meeting) -> list[Person]:
    """Who holds a seat of the group on the day of the meeting; one query."""
    on = meeting.held_on
    seats = Seat.objects.filter(standing(on), group=meeting.group_id)
    held = Holding.objects.filter(
        standing(on), seat__in=seats, kind=HoldingKind.HOLDER.value, is_mistake=False
    )
    rows = held.select_related("person").order_by("person__name", "pk")
    return list(dict.fromkeys(row.person for row in rows))


def members_of(meeting: Meeting) -> dict[Person, str]:
    """The same, of those whose address is known, with the address to write to; one query."""
    return {person: person.email for person in holders_of(meeting) if person.email}


def invited_of(meeting: Meeting) -> dict[int, Invitation]:
    """What each person was told last of a meeting, by their number; one query."""
    rows = Invitation.objects.filter(meeting=meeting).select_related("person").order_by("sequence", "pk")
    return {row.person_id: row for row in rows}


def replies_to(meeting: Meeting) -> dict[int, Reply]:
    """The last answer of each person about the day on which the meeting is, by their number; one query."""
    rows = Reply.objects.filter(meeting=meeting, held_on=meeting.held_on).order_by("pk")
    return {row.person_id: row for row in rows}


def takes_answers(meeting: Meeting, now: datetime) -> bool:
    """Whether a member may still say whether they come: it is planned, and has not begun."""
    if meeting.state != MeetingState.PLANNED:
        return False
    return is_before(meeting.held_on, meeting.starts_at, timezone.localtime(now))


@dataclass(frozen=True)
class Expected:
    """What is expected of one place before a meeting. `name`: the deputy; `words`: for who writes the minutes alone."""

    status: Attendance
    name: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        """In words."""
        return EXPECTED_LABELS[self.status]


def expected_at(place: PlaceThen, replies: Mapping[int, Reply]) -> Expected | None:
    """What is expected of a place: what its holder answered, or was entered since; None where nobody said anything."""
    reply = replies.get(place.holder.person_id) if place.holder else None
    if place.row and (reply is None or place.row.recorded_at > reply.recorded_at):
        status = Attendance(place.row.status)
        return Expected(status, place.row.name) if status in EXPECTED_LABELS else None
    return Expected(Attendance(reply.coming), reply.name, reply.words) if reply else None


def suggested_at(meeting: Meeting, places: Iterable[PlaceThen], on: date) -> dict[str, Expected]:
    """What members answered, by place ("seat-place"), to be confirmed as attendance; a query before anybody came.

    Until the day of the meeting only apologies can be entered, so nothing else is suggested.
    """
    if meeting.state != MeetingState.PLANNED:
        return {}
    replies, found = replies_to(meeting), {}
    for place in places:
        said = expected_at(place, replies)
        if said and (meeting.held_on <= on or said.status == Attendance.APOLOGIES):
            found[f"{place.then.seat.pk}-{place.place}"] = said
    return found


def meeting_asked(asked: Asked) -> Meeting:
    """The meeting that somebody is asked about, read once for all that a request asks. Raises Meeting.DoesNotExist."""
    known = vars(asked.round)
    if "meeting_asked" not in known:
        known["meeting_asked"] = Meeting.objects.select_related("group").get(pk=asked.round.record)
    found: Meeting = known["meeting_asked"]
    return found


def people_asked(asked: Asked, meeting: Meeting) -> list[Person]:
    """For whom a link answers: those asked at its address who still hold a seat on the day; one query."""
    numbers = {number for kind, number in asked.answers_for if kind == PERSON}
    return [person for person in holders_of(meeting) if person.pk in numbers]


def home_of(number: int) -> str:
    """The address of the meeting."""
    return reverse("meetings:meeting", args=[number])


def typed_of(asked: Asked) -> str:
    """The address at which the unit types what somebody who was asked told."""
    return reverse("meetings:reply", args=[asked.round.record, asked.person_id])
