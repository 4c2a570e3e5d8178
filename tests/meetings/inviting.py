"""A meeting to come whose member was invited by a link that is known."""

from __future__ import annotations

import hashlib
from datetime import date, time, timedelta
from typing import Any

from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.meetings.models import Meeting
from sightline.meetings.selectors.invitations import KIND
from sightline.meetings.services.invitations import ask_to_invite, send_invitations
from sightline.partners.models import Person
from sightline.partners.services import create_person
from sightline.requests.models import Asked, Round, RoundMail
from tests.meetings.making import make_meeting
from tests.partners.making import fill, make_seat

ADDRESS = "ida.invited@wealdshire.example"
BY_LINK = "the link sent to i•••@wealdshire.example"


def ahead(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days)


def seated(world: Any, name: str = "Ida Invited", email: str = ADDRESS, **given: Any) -> Person:
    person = create_person(name, email=email, agency=world.agency, by=SYSTEM)
    fill(make_seat(world.group, world.agency, **given), person)
    return person


def invite(meeting: Meeting) -> Round:
    ask_to_invite(meeting, by=SYSTEM)
    send_invitations(meeting.pk, new=True, by=SYSTEM, now=timezone.now())
    return Round.objects.get(kind=KIND, record=meeting.pk)


def known(asked: Asked) -> None:
    """Let the link be opened by the secret "secret"."""
    digest = hashlib.sha256(b"secret").hexdigest()
    RoundMail.objects.filter(pk=asked.mails.latest("pk").pk).update(digest=digest)


def invited(world: Any, days: int = 30) -> tuple[Meeting, Asked, Person]:
    """A meeting so many days ahead, and who was asked by the link of "secret"."""
    person = seated(world)
    meeting = make_meeting(
        world.group, ahead(days), starts_at=time(10), ends_at=time(12), place="County Hall"
    )
    asked = invite(meeting).asked.get()
    known(asked)
    return meeting, asked, person
