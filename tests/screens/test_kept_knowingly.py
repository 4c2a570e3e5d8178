"""Forms that their views take by themselves: whoever writes what may tell who a child is can say why, and goes on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.events.selectors import personal_values
from sightline.meetings.models import Meeting
from sightline.partners.models import Group, Seat
from sightline.partners.services import create_person
from tests.access.people import World, enter, world
from tests.meetings.making import make_meeting, seat_of

pytestmark = pytest.mark.django_db
TELLS = "Mia Field (7), who was there with her aunt"
WHY = "She asked to be named"


@pytest.fixture
def made() -> World:
    return world()


def asked_then_kept(client: Client, address: str, sent: dict[str, Any], kind: str) -> Entry:
    """Sent as it is it is asked about, with a box; with a reason it is kept, and the journal says so."""
    entries = Entry.objects.filter(type=kind)
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'name="because"' in answer.content.decode()
    assert not entries.exists()
    assert client.post(address, sent | {"because": WHY}).status_code == 302
    entry = entries.get()
    assert entry.after_values["page"] == address
    assert personal_values(entry) == {"after.because": WHY}
    return entry


def test_a_guest_of_a_meeting(made: World) -> None:
    seat, meeting = seat_of(made.group, made.agency, "Pol Ice"), make_meeting(made.group)
    sent = {"seen": meeting.version, "others": "present", f"{seat.pk}-1-status": "", "guests": TELLS}
    chair = enter(Client(), made.person("chair"))
    asked_then_kept(chair, f"/meetings/{meeting.pk}/attending/", sent, "meetings.kept_knowingly")
    assert Meeting.objects.get().guests == TELLS


def test_words_of_a_seat_and_the_name_of_a_group(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    seat = {"position": "member", "places": 1, "words": TELLS}
    asked_then_kept(unit, f"/partners/groups/{made.group.pk}/seats/new/", seat, "events.kept_knowingly")
    assert Seat.objects.get().words == TELLS
    assert unit.post("/partners/groups/new/", {"name": TELLS, "kind": "sub_group"}).status_code == 422
    assert not Group.objects.filter(name=TELLS).exists()


def test_a_reason_that_asks_is_not_dropped_where_an_account_is_closed(made: World) -> None:
    who = made.person("member")
    person = create_person("Cle Rk", by=SYSTEM)
    person.user = who
    person.save(update_fields=["user"])
    who.refresh_from_db()
    sent = {"version": who.version, "reason": TELLS}
    manager = enter(Client(), made.person("unit"))
    asked_then_kept(manager, f"/partners/people/{person.pk}/account/close/", sent, "events.kept_knowingly")
    who.refresh_from_db()
    assert not who.is_active
