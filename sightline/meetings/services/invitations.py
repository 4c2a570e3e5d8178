"""Calendar invitations: to members once, and again where day, hours or place change, or it is cancelled."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.jobs.services import enqueue
from sightline.meetings.calendars import invitation
from sightline.meetings.choices import MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Invitation, Meeting
from sightline.meetings.selectors.invitations import invited_of, members_of
from sightline.messages.services import queue_mail
from sightline.partners.models import Person
from sightline.screens.words import day

INVITE_JOB = "meetings.invite"
NOT_NOW = "Members are invited to meetings that are still to come."
NOBODY = "No member of the group has an e-mail address on the day of the meeting."


@deed
def ask_to_invite(meeting: Meeting, *, by: Actor) -> None:
    """Ask for every member to be invited who was not yet. Raises Unacceptable."""
    live = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if live.state != MeetingState.PLANNED:
        raise Unacceptable({"": NOT_NOW})
    if not members_of(live):
        raise Unacceptable({"": NOBODY})
    enqueue(INVITE_JOB, {"number": live.pk, "new": True}, by=by)
    record(MeetingEntry.MEMBERS_INVITED, by=by, subject=live)


def tell_invited(meeting: Meeting, *, by: Actor) -> None:
    """Where members were invited, ask for them to be told of what changed. Called by the services that change it."""
    if Invitation.objects.filter(meeting=meeting).exists():
        enqueue(INVITE_JOB, {"number": meeting.pk, "new": False}, by=by)


def send_invitations(number: int, *, new: bool, by: Actor, now: datetime) -> int:
    """Send what members do not know yet; those who were never invited only where `new`. May be called again.

    Returns how many were written to.
    """
    meeting = Meeting.objects.select_related("group").get(pk=number)
    if meeting.state not in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return 0
    members = {} if meeting.state == MeetingState.CANCELLED else members_of(meeting)
    before = invited_of(meeting)
    written = 0
    for person, email in members.items():
        last = before.get(person.pk)
        if (last is None and new) or (last and (last.is_cancelled or last.told != told_of(meeting))):
            written += _send(meeting, person, email, by=by, now=now)
    staying = {person.pk for person in members}
    for last in before.values():
        if last.person_id not in staying and not last.is_cancelled:
            written += _send(meeting, last.person, last.email, cancels=True, by=by, now=now)
    return written


def told_of(meeting: Meeting) -> str:
    """When and where it is, as an invitation says it."""
    return f"{meeting.held_on} {meeting.hours} {meeting.place}"[:500]


@deed
def _send(
    meeting: Meeting, person: Person, email: str, *, cancels: bool = False, by: Actor, now: datetime
) -> int:
    """One mail with its invitation, unless this version of the meeting was told already."""
    row, is_new = Invitation.objects.get_or_create(
        meeting=meeting,
        person=person,
        sequence=meeting.version,
        defaults={"email": email, "told": told_of(meeting), "is_cancelled": cancels, **entered(by, now)},
    )
    if not is_new:
        return 0
    what = "Cancelled" if cancels else "Invitation" if row.sequence == _first(meeting, person) else "Changed"
    where = " ".join(filter(None, [meeting.hours, meeting.place]))
    text = (
        f"{meeting.group.name}: {meeting.kind_label.lower()} on {day(meeting.held_on)}\n{where}\n\n"
        f"Agenda and papers: {settings.SITE_ADDRESS}/meetings/{meeting.pk}/pack/\n"
    )
    queue_mail(
        email,
        f"{what}: {meeting.group.name}, {day(meeting.held_on)}",
        text,
        by=by,
        key=f"{INVITE_JOB}:{row.pk}",
        calendar=invitation(meeting, email, person.name, now, cancels=cancels),
    )
    return 1


def _first(meeting: Meeting, person: Person) -> int:
    """The sequence of somebody's first invitation to a meeting."""
    first = Invitation.objects.filter(meeting=meeting, person=person).order_by("sequence")
    return first.values_list("sequence", flat=True)[0]
