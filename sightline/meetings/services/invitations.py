"""Invitations to meetings: a request of every member whether they come, with what their calendar is told.

Whom it asks, the links, the reminders and that somebody answered stand in `requests`; here is when a member is told
again, because day, hours or place changed, the meeting is cancelled, or they left their seat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from sightline.access.rules import normal_email
from sightline.events.choices import SYSTEM, Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.jobs.services import enqueue
from sightline.meetings import invited
from sightline.meetings.calendars import invitation
from sightline.meetings.choices import MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Invitation, Meeting
from sightline.meetings.selectors.invitations import KIND, PERSON, invited_of, members_of
from sightline.messages.services import queue_mail
from sightline.partners.models import Person
from sightline.requests import services as requests
from sightline.requests.choices import Mailed, RoundState
from sightline.requests.models import Asked, Round
from sightline.requests.selectors import open_round_about

INVITE_JOB = "meetings.invite"
NOT_NOW = "Members are invited to meetings that are still to come."
NOBODY = "No member of the group has an e-mail address on the day of the meeting."


@deed
def ask_to_invite(meeting: Meeting, *, by: Actor, now: datetime | None = None) -> None:
    """Ask for every member to be invited who was not yet. Raises Unacceptable."""
    live = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if live.state != MeetingState.PLANNED or live.held_on < timezone.localdate(now):
        raise Unacceptable({"": NOT_NOW})
    if not members_of(live):
        raise Unacceptable({"": NOBODY})
    enqueue(INVITE_JOB, {"number": live.pk, "new": True}, by=by)
    record(MeetingEntry.MEMBERS_INVITED, by=by, subject=live)


def tell_invited(meeting: Meeting, *, by: Actor) -> None:
    """Where members were invited, ask for them to be told of what changed. Called by the services that change it."""
    if Invitation.objects.filter(meeting=meeting).exists():
        enqueue(INVITE_JOB, {"number": meeting.pk, "new": False}, by=by)


def look_over_invitations(*, now: datetime) -> int:
    """End the links of those who left their seats, and tell their calendars. Returns how many were written to."""
    today = timezone.localdate(now)
    rows = Round.objects.filter(kind=KIND, state=RoundState.OPEN, closes_on__gte=today).order_by("pk")
    return sum(send_invitations(each.record, new=False, by=SYSTEM, now=now) for each in rows)


@dataclass(slots=True)
class _Inviting:
    """One meeting and whom it asks: by address the people, the rows of the request, and what was told before."""

    meeting: Meeting
    by: Actor
    now: datetime
    members: dict[str, list[Person]] = field(default_factory=dict)
    before: dict[int, Invitation] = field(default_factory=dict)
    round: Round | None = None
    asked: dict[str, Asked] = field(default_factory=dict)

    def due(self, *, new: bool) -> dict[str, list[Person]]:
        """Who is to be told: of a change; those who were never invited, and those without a link, where `new`."""
        return {
            email: people
            for email, people in self.members.items()
            if any(self._is_due(person, new=new) for person in people) or (new and email not in self.asked)
        }

    def _is_due(self, person: Person, *, new: bool) -> bool:
        last = self.before.get(person.pk)
        return new if last is None else last.is_cancelled or last.told != told_of(self.meeting)


def send_invitations(number: int, *, new: bool, by: Actor, now: datetime) -> int:
    """Send what members do not know yet; those who were never invited only where `new`. May be called again.

    Whoever is no member any more is told so, and their link ended. Returns how many were written to.
    """
    meeting = Meeting.objects.select_related("group").get(pk=number)
    is_on = meeting.state == MeetingState.PLANNED and meeting.held_on >= timezone.localdate(now)
    if not is_on and meeting.state != MeetingState.CANCELLED:
        return 0
    going = _Inviting(meeting, by, now, before=invited_of(meeting), round=open_round_about(KIND, number))
    if going.round:
        going.asked = {row.email: row for row in going.round.asked.all()}
    for person, email in members_of(meeting).items() if is_on else ():
        going.members.setdefault(normal_email(email), []).append(person)
    written = _tell(going, going.due(new=new))
    staying = {person.pk for people in going.members.values() for person in people}
    for last in going.before.values():
        if last.person_id not in staying and not last.is_cancelled:
            written += _cancel(meeting, last, by=by, now=now)
    _end(going)
    return written


def _tell(going: _Inviting, due: dict[str, list[Person]]) -> int:
    """Let the request follow the meeting, and write to these."""
    if not going.members:
        return 0
    if going.round:
        _follow(going, going.round)
    if not due:
        return 0
    given = [
        requests.AskedGiven(person, ((PERSON, person.pk),)) for people in due.values() for person in people
    ]
    if going.round is None:
        going.round = requests.open_round(_given(going.meeting), given, by=going.by, now=going.now)
        going.asked = {row.email: row for row in going.round.asked.all()}
    else:
        rows = requests.ask_more(going.round, given, by=going.by, now=going.now)
        going.asked |= {row.email: row for row in rows}
    return sum(_send(going, going.asked[email], people) for email, people in due.items())


def _given(meeting: Meeting) -> requests.RoundGiven:
    name = invited.about(meeting)
    return requests.RoundGiven(KIND, meeting.pk, "Invitation", name, meeting.held_on, meeting.group.key)


def _follow(going: _Inviting, found: Round) -> None:
    """The request is of the meeting's day; what was answered about another day is asked anew."""
    meeting = going.meeting
    moved = meeting.held_on != found.closes_on
    requests.move_round(found, invited.about(meeting), meeting.held_on, asks_anew=moved, by=going.by)


def _end(going: _Inviting) -> None:
    """Close the request of a cancelled meeting; end the links of addresses at which no member is reached any more."""
    if going.round and going.meeting.state == MeetingState.CANCELLED:
        requests.close_round(going.round, by=going.by, now=going.now)
        return
    for email, row in going.asked.items():
        if email not in going.members and row.ended_at is None:
            requests.end_link(row, by=going.by, now=going.now)


def told_of(meeting: Meeting) -> str:
    """When and where it is, as an invitation says it."""
    return f"{meeting.held_on} {meeting.hours} {meeting.place}"[:500]


@deed
def _send(going: _Inviting, asked: Asked, people: Sequence[Person]) -> int:
    """One mail to one address with its invitation, unless this version of the meeting was told there already.

    Where the unit ended the link, the calendar is told without one.
    """
    last, at = going.before, asked.email
    told = [_note(going.meeting, each, at, last.get(each.pk), by=going.by, now=going.now) for each in people]
    if not any(told) and asked.mails.exists():
        return 0
    what = Mailed.CHANGED if _was_told(going, people) else Mailed.ASKED
    if asked.ended_at is None and going.round:
        requests.send_link(asked, going.round, what, by=going.by, now=going.now)
        return 1
    subject = invited.SUBJECTS[what].format(about=invited.about(going.meeting))
    _mail(going.meeting, asked.email, asked.name, subject, cancels=False, by=going.by, now=going.now)
    return 1


def _was_told(going: _Inviting, people: Sequence[Person]) -> bool:
    """Whether any of them knew of the meeting as it was."""
    rows = (going.before.get(person.pk) for person in people)
    return any(row and not row.is_cancelled and row.told != told_of(going.meeting) for row in rows)


@deed
def _cancel(meeting: Meeting, last: Invitation, *, by: Actor, now: datetime) -> int:
    """Tell a calendar that the meeting is not, or is no meeting of theirs any more."""
    if not _note(meeting, last.person, last.email, last, cancels=True, by=by, now=now):
        return 0
    subject = f"Cancelled: {invited.about(meeting)}"
    _mail(meeting, last.email, last.person.name, subject, cancels=True, by=by, now=now)
    return 1


def _note(
    meeting: Meeting,
    person: Person,
    email: str,
    last: Invitation | None,
    *,
    cancels: bool = False,
    by: Actor,
    now: datetime,
) -> bool:
    """Keep what somebody's calendar is told, `last` being what it was told before; whether it does not know that yet.

    Whoever left their seat, or is back in it, is told anew of a meeting that stayed as it was.
    """
    given = {"email": email, "told": told_of(meeting), "is_cancelled": cancels, **entered(by, now)}
    where = {"meeting": meeting, "person": person, "sequence": meeting.version}
    made, is_new = Invitation.objects.get_or_create(**where, is_cancelled=cancels, defaults=given)
    if is_new or last is None or made.pk >= last.pk:
        return is_new
    # Whoever finds the earlier row takes its place: of two that send at once, one does.
    if not Invitation.objects.filter(pk=made.pk).delete()[0]:
        return False
    Invitation.objects.create(**where, **given)
    return True


def _mail(
    meeting: Meeting, email: str, name: str, subject: str, *, cancels: bool, by: Actor, now: datetime
) -> None:
    """An e-mail without a link."""
    text = f"{invited.lines_of(meeting)}\n\nAgenda and papers: {invited.pack_of(meeting)}\n"
    queue_mail(email, subject, text, by=by, calendar=invitation(meeting, email, name, now, cancels=cancels))
