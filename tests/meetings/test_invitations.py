"""Calendar invitations: new ones, changes with a higher sequence, cancellations; nothing of an agenda."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from sightline.events.choices import SYSTEM, Tier
from sightline.jobs.models import Job
from sightline.meetings.choices import MeetingDeed
from sightline.meetings.models import Invitation, Meeting
from sightline.meetings.selectors.shown import meetings_invited
from sightline.meetings.services import MeetingGiven, edit_meeting
from sightline.meetings.services.invitations import INVITE_JOB, ask_to_invite, send_invitations
from sightline.messages.services import deliver_due
from sightline.partners.models import Holding
from sightline.partners.services import create_person, leave_seat
from tests.access.people import World, enter, world
from tests.meetings.making import make_item, make_meeting, moved
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db
ON = date(2027, 6, 10)


@pytest.fixture
def made() -> World:
    return world()


def seated(made: World, name: str = "Ann Archer", email: str = "ann@wealdshire.example") -> None:
    fill(make_seat(made.group, made.agency), create_person(name, email=email, by=SYSTEM))


def sent(meeting: Meeting, *, new: bool = False) -> list[Any]:
    """What goes out now: each mail's invitation as a calendar reads it, with its mail."""
    mail.outbox.clear()
    send_invitations(meeting.pk, new=new, by=SYSTEM, now=timezone.now())
    deliver_due(timezone.now())
    found = []
    for each in mail.outbox:
        assert isinstance(each, EmailMultiAlternatives)
        [(content, kind)] = [one for one in each.alternatives if "calendar" in str(one[1])]
        calendar = Calendar.from_ical(str(content))
        [event] = calendar.walk("VEVENT")
        assert f"method={calendar['METHOD']}" in kind
        found.append((each, calendar, event))
    return found


def test_members_are_invited_once_and_told_of_changes_with_a_higher_sequence_and_of_the_end(
    made: World,
) -> None:
    seated(made)
    seated(made, "Nora Noaddress", "")
    meeting = make_meeting(made.group, ON, starts_at=time(10), ends_at=time(12), place="County Hall")
    make_item(meeting, "Bistort", tier=Tier.T2)
    make_item(meeting, "Tansy")
    assert sent(meeting) == []
    [(letter, calendar, first)] = sent(meeting, new=True)
    assert (letter.to, calendar["METHOD"], first["LOCATION"]) == (
        ["ann@wealdshire.example"],
        "REQUEST",
        "County Hall",
    )
    assert first["DTSTART"].to_ical() == b"20270610T090000Z"
    told = letter.message().as_string() + calendar.to_ical().decode()
    assert not [word for word in ("Bistort", "Tansy") if word in told]
    assert sent(meeting, new=True) == []
    edit_meeting(
        meeting,
        meeting.version,
        MeetingGiven(ON, starts_at=time(11), ends_at=time(12)),
        by=SYSTEM,
        now=timezone.now(),
    )
    assert Job.objects.filter(name=INVITE_JOB).count() == 1
    [(letter, calendar, second)] = sent(meeting)
    assert letter.subject.startswith("Changed: ")
    assert (second["UID"], second["SEQUENCE"] > first["SEQUENCE"]) == (first["UID"], True)
    meeting.refresh_from_db()
    moved(meeting, MeetingDeed.CANCEL, because="Snow")
    [(letter, calendar, last)] = sent(meeting)
    assert (calendar["METHOD"], last["STATUS"]) == ("CANCEL", "CANCELLED")
    assert last["SEQUENCE"] > second["SEQUENCE"]
    assert sent(meeting) == []
    assert Invitation.objects.count() == 3


def test_a_secretary_invites_on_the_page_and_nobody_else_does(made: World) -> None:
    meeting = make_meeting(made.group, ON)
    unit, reader = (enter(Client(), made.person(role)) for role in ("unit", "owner"))
    where = f"/meetings/{meeting.pk}/invite/"
    assert reader.post(where).status_code == 403
    assert "No member" in unit.post(where, follow=True).content.decode()
    seated(made)
    assert "are being invited" in unit.post(where, follow=True).content.decode()
    ask_to_invite(meeting, by=SYSTEM)
    send_invitations(meeting.pk, new=True, by=SYSTEM, now=timezone.now())
    assert "1 member was invited" in unit.get(f"/meetings/{meeting.pk}/pack/").content.decode()


def test_whoever_left_their_seat_and_is_back_in_it_is_invited_again_once(made: World) -> None:
    seated(made)
    meeting = make_meeting(made.group, timezone.localdate() + timedelta(30))
    held = Holding.objects.latest("pk")
    assert len(sent(meeting, new=True)) == 1
    leave_seat(held, held.starts_on, version=held.version, by=SYSTEM, now=timezone.now(), is_mistake=True)
    assert len(sent(meeting)) == 1
    assert meetings_invited(made.people["unit"]).get(pk=meeting.pk).invited in (None, 0)
    fill(held.seat, held.person)
    assert len(sent(meeting)) == 1
    assert not sent(meeting, new=True)
    assert meetings_invited(made.people["unit"]).get(pk=meeting.pk).invited == 1
