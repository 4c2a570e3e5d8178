"""The seat of a secretary minutes its own group's meetings; the chair's correction is shown beside the draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.meetings.choices import MeetingDeed
from sightline.meetings.models import Meeting, MinuteText, Paper
from sightline.meetings.selectors.meetings import minutes_it
from sightline.partners.choices import HoldingKind, Position
from sightline.partners.models import Group, Seat
from sightline.partners.services import create_group, create_person
from tests.access.people import World, enter, member, world
from tests.meetings.making import (
    MET,
    NEXT,
    came,
    make_interest,
    make_item,
    make_meeting,
    make_paper,
    minuted,
    moved,
    seat_of,
)
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def secretary(made: World, group: Group, name: str = "Sec Retary", **seat: Any) -> User:
    """A member of the group from an agency, in the seat of its secretary."""
    user = member(name, "member", "group", group.key)
    person = create_person(name, agency=made.agency, user=user, by=SYSTEM)
    fill(make_seat(group, made.agency, position=Position.SECRETARY), person, **seat)
    return user


def test_a_secretary_minutes_the_meetings_of_their_group_and_of_no_other(made: World) -> None:
    user = secretary(made, made.group)
    own, other = (
        make_item(make_meeting(made.group)),
        make_item(make_meeting(create_group("Audit", by=SYSTEM))),
    )
    client = enter(Client(), user)
    assert "Minute it" in client.get(f"/meetings/{own.meeting_id}/").content.decode()
    assert "Minute it" not in client.get(f"/meetings/{other.meeting_id}/").content.decode()
    for item, status in ((own, 302), (other, 403)):
        sent = {"item": item.pk, "seen": "", "text": "Said."}
        assert client.post(f"/meetings/{item.meeting_id}/minutes/", sent).status_code == status
        for page in ("attending", "items/new"):
            opened = client.get(f"/meetings/{item.meeting_id}/{page}/").status_code
            assert opened == (200 if status == 302 else 403)
    text = MinuteText.objects.get()
    assert (text.item, text.is_correction) == (own, False)
    # What the chair does with minutes stays with the chair and the unit.
    assert client.get(f"/meetings/{own.meeting_id}/hold/").status_code == 403
    assert client.get(f"/meetings/{own.meeting_id}/edit/").status_code == 403


def test_a_member_a_secretary_of_before_and_a_deputy_minute_nothing(made: World) -> None:
    day = make_meeting(made.group).held_on
    assert not minutes_it(made.person("member"), made.group, day)
    assert not minutes_it(secretary(made, made.group, "Dep Uty", kind=HoldingKind.DEPUTY), made.group, day)
    user = secretary(made, made.group)
    assert minutes_it(user, made.group, day)
    assert not minutes_it(user, made.group, MET.replace(year=2019))


def page_of(client: Client, meeting: Meeting) -> str:
    return client.get(f"/meetings/{meeting.pk}/").content.decode()


def test_the_chairs_correction_stands_beside_the_draft_until_the_minutes_are_approved(made: World) -> None:
    item = make_item(make_meeting(made.group))
    minuted(item, "The nurse said no.")
    minuted(item, "The nurse said yes.", seen=None, is_correction=True)
    minuted(item, "The nurse said yes, twice.", seen=None, is_correction=True)
    came(item.meeting, seats={seat_of(made.group, made.agency, "Pol Ice"): "present"})
    meeting = Meeting.objects.get()
    unit, owner = enter(Client(), made.person("unit")), enter(Client(), made.person("owner"))
    for _ in range(2):
        shown = page_of(unit, meeting)
        assert "Taken out: </span>no.</del>" in shown
        assert "Put in: </span>yes, twice.</ins>" in shown
        assert "What the chair changed" not in page_of(owner, meeting)
        meeting = moved(meeting, MeetingDeed.CHECK) if meeting.state == "held" else meeting
    later = came(make_meeting(made.group, NEXT), seats={Seat.objects.get(): "present"})
    moved(meeting, MeetingDeed.APPROVE, approved_at=later)
    assert "What the chair changed" not in page_of(unit, meeting)


def test_a_secretary_hands_in_papers_and_makes_the_pack_of_their_group(made: World) -> None:
    user = secretary(made, made.group)
    own, other = (
        make_item(make_meeting(made.group)),
        make_item(make_meeting(create_group("Audit", by=SYSTEM))),
    )
    client = enter(Client(), user)
    shown = client.get(f"/meetings/{own.meeting_id}/pack/").content.decode()
    assert "Add a paper" in shown
    assert "Make the pack" in shown
    assert "Invite the members" not in shown
    for item, status in ((own, 302), (other, 403)):
        sent = {"title": "Neglect", "tier": "T1", "file": SimpleUploadedFile("paper.txt", b"The paper.")}
        assert client.post(f"/meetings/items/{item.pk}/papers/new/", sent).status_code == status
        assert client.post(f"/meetings/{item.meeting_id}/pack/").status_code == status
    assert [each.item for each in Paper.objects.all()] == [own]
    assert client.post(f"/meetings/{own.meeting_id}/invite/").status_code == 403


def test_a_meeting_with_papers_interests_and_corrections_asks_twelve_times(
    made: World, django_assert_max_num_queries: Any
) -> None:
    item = make_item(make_meeting(made.group))
    minuted(item, "The draft.", line="Write to heads — 12 July 2030")
    make_paper(item)
    make_interest(item)
    came(item.meeting, seats={seat_of(made.group, made.agency, "Pol Ice"): "present"})
    chair = enter(Client(), made.person("chair"))
    draft = MinuteText.objects.get()
    for words in ("The correction", "The correction.", "The correction, as it ends."):
        seen = ",".join(str(each.pk) for each in MinuteText.objects.filter(replaced_by=None))
        sent = {"item": item.pk, "seen": seen, "text": words}
        assert chair.post(f"/meetings/{item.meeting_id}/minutes/", sent).status_code == 302
    assert MinuteText.objects.count() == 4
    with django_assert_max_num_queries(12):
        page = chair.get(f"/meetings/{item.meeting_id}/").content.decode()
    assert f'<del><span class="govuk-visually-hidden">Taken out: </span>{draft.text.split()[1]}' in page
