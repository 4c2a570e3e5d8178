"""Meetings through the services and the pages: planned, held, who came, quorum, approved."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import MeetingDeed, MeetingState
from sightline.meetings.models import Attended, Meeting
from sightline.meetings.services import MeetingGiven, edit_meeting
from sightline.partners.choices import HoldingKind
from sightline.partners.services import create_agency, create_person
from tests.access.people import World, enter, world
from tests.meetings.making import MET, NEXT, came, make_meeting, make_rule, make_series, moved, seat_of
from tests.partners.making import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_who_came_is_entered_for_all_seats_at_once_and_the_rule_of_the_day_says_whether_it_was_quorate(
    made: World,
) -> None:
    health = create_agency("Wealdshire Health", by=SYSTEM)
    police = seat_of(made.group, made.agency, "Pol Ice", is_essential=True)
    nurse = seat_of(made.group, health, "Nur Se")
    fill(nurse, create_person("Dep Uty", by=SYSTEM), kind=HoldingKind.DEPUTY)
    vacant = seat_of(made.group, health, words="Second nurse")
    make_rule(made.group, all_essential=True, least_agencies=2)
    meeting = make_meeting(made.group, series=make_series(made.group, place="Town hall"))
    assert (meeting.place, meeting.state) == ("Town hall", MeetingState.PLANNED)

    held = came(
        meeting, seats={police: "absent", nurse: ("deputy", "dep uty")}, guests=["Gus Guest, Fire service"]
    )
    assert (held.state, held.current_quorate) == (MeetingState.HELD, False)
    again = came(held, seats={police: ("remote", "Some Body"), nurse: ("deputy", "dep uty")})
    assert again.current_quorate is True
    rows = {row.seat_id: (row.status, row.who, row.person_id is None) for row in Attended.objects.all()}
    assert rows == {police.pk: ("remote", "Some Body", True), nurse.pk: ("deputy", "Dep Uty", False)}
    assert (held.guests, again.guests) == ("Gus Guest, Fire service", "")
    told = Entry.objects.filter(type="meetings.attendance_entered").order_by("pk")
    assert [json.loads(each.after)["quorate"] for each in told] == [False, True]
    assert "Some Body" not in str(told[1].after)

    page = enter(Client(), made.person("member")).get(f"/meetings/{meeting.pk}/").content.decode()
    assert "2 of 2 seats filled." in page
    assert "Vacant" in page
    assert "Enter who came" not in page
    assert vacant.pk not in rows


def test_what_cannot_be_of_attendance_is_refused_and_nothing_is_half_written(made: World) -> None:
    seat = seat_of(made.group, made.agency, "Pol Ice")
    ahead = make_meeting(made.group, timezone.localdate() + timedelta(days=7))
    with pytest.raises(Unacceptable, match="until then only apologies"):
        came(ahead, seats={seat: "present"})
    assert came(ahead, seats={seat: "apologies"}).state == MeetingState.PLANNED
    meeting = make_meeting(made.group)
    with pytest.raises(Unacceptable, match="Enter the name of the deputy"):
        came(meeting, seats={seat: "deputy"})
    other = seat_of(made.group, made.agency, starts_on=NEXT)
    with pytest.raises(Unacceptable, match="no such seat on that day"):
        came(meeting, seats={other: "present"})
    with pytest.raises(Unacceptable, match="Write a guest as"):
        came(meeting, seats={seat: "present"}, guests=[", nobody"])
    assert not Attended.objects.filter(meeting=meeting).exists()
    came(meeting, seats={seat: "present"})
    with pytest.raises(StaleRecord):
        came(meeting, seats={seat: "absent"})
    assert Attended.objects.get(meeting=meeting).status == "present"


def test_minutes_are_checked_then_approved_at_a_later_meeting_and_then_stand(made: World) -> None:
    seat = seat_of(made.group, made.agency, "Pol Ice")
    first, later = make_meeting(made.group), make_meeting(made.group, NEXT)
    held = came(first, seats={seat: "present"})
    with pytest.raises(Unacceptable, match="cannot be done from there"):
        moved(held, MeetingDeed.APPROVE, approved_at=later)
    checked = moved(held, MeetingDeed.CHECK, MeetingDeed.CORRECT, MeetingDeed.CHECK)
    with pytest.raises(Unacceptable, match="later meeting"):
        moved(checked, MeetingDeed.APPROVE, approved_at=first)
    with pytest.raises(Unacceptable, match="Enter who came to that meeting first"):
        moved(checked, MeetingDeed.APPROVE, approved_at=later)
    make_rule(made.group, NEXT, create_agency("Wealdshire Probation", by=SYSTEM))
    later = came(later, seats={seat: "present"})
    with pytest.raises(Unacceptable, match="not quorate itself, and approves no minutes"):
        moved(checked, MeetingDeed.APPROVE, approved_at=later)
    make_rule(made.group, NEXT, made.agency)
    later = came(later, seats={seat: "present"})
    approved = moved(checked, MeetingDeed.APPROVE, approved_at=later)
    assert (approved.state, approved.approved_at) == (MeetingState.APPROVED, later)
    with pytest.raises(Unacceptable, match="It stands"):
        came(approved, seats={seat: "absent"})
    with pytest.raises(Unacceptable, match="cannot be moved"):
        edit_meeting(approved, approved.version, MeetingGiven(NEXT), by=SYSTEM, now=timezone.now())
    ahead = make_meeting(made.group, date(2026, 12, 9))
    with pytest.raises(Unacceptable, match="Say why"):
        moved(ahead, MeetingDeed.CANCEL)
    cancelled = moved(ahead, MeetingDeed.CANCEL, because="Snow")
    assert cancelled.cancelled_because == "Snow"
    with pytest.raises(Unacceptable, match="Say why"):
        moved(cancelled, MeetingDeed.REVIVE)
    revived = moved(cancelled, MeetingDeed.REVIVE, because="It thawed")
    assert (revived.state, revived.cancelled_because) == (MeetingState.PLANNED, "")


def test_a_meeting_recorded_as_held_by_mistake_is_planned_again_while_nothing_was_entered(
    made: World,
) -> None:
    held = moved(make_meeting(made.group), MeetingDeed.HOLD)
    assert moved(held, MeetingDeed.UNHOLD, because="Wrong row").state == MeetingState.PLANNED
    seat = seat_of(made.group, made.agency, "Pol Ice")
    held = came(make_meeting(made.group, NEXT), seats={seat: "present"})
    with pytest.raises(Unacceptable, match="it took place"):
        moved(held, MeetingDeed.UNHOLD, because="Wrong row")


def test_the_pages_plan_change_and_enter(made: World) -> None:
    chair = enter(Client(), made.person("chair"))
    seat = seat_of(made.group, made.agency, "Pol Ice")
    said = {"group": made.group.pk, "name": "Quarterly", "rhythm": "quarter", "standing": "Apologies"}
    assert chair.post("/meetings/series/new/", said).status_code == 302
    assert "group has meetings of this name" in chair.post("/meetings/series/new/", said).content.decode()
    day = {"held_on-day": MET.day, "held_on-month": MET.month, "held_on-year": MET.year}
    new = {
        "of": f"series:{made.group.series.get().pk}",
        "kind": "ordinary",
        **day,
        "starts_at": "14.00",
        "ends_at": "13:00",
    }
    wrong = chair.post("/meetings/new/", new)
    assert (wrong.status_code, "ends before it starts" in wrong.content.decode()) == (422, True)
    chair.post("/meetings/new/", new | {"ends_at": "16:00"})
    meeting = Meeting.objects.get()
    assert meeting.hours == "14:00 to 16:00"
    chair.post(f"/meetings/{meeting.pk}/edit/", new | {"ends_at": "17:00", "seen": 1})
    stale = chair.post(f"/meetings/{meeting.pk}/edit/", new | {"ends_at": "15:00", "seen": 1})
    assert "Somebody else saved this" in stale.content.decode()
    sent = {"seen": 2, "others": "present", f"{seat.pk}-1-status": "", "guests": ""}
    assert chair.post(f"/meetings/{meeting.pk}/attending/", sent).status_code == 302
    assert Attended.objects.get().who == "Pol Ice"
    rows = chair.get("/meetings/?group=" + made.group.key + "&when=past&quorum=yes").content.decode()
    assert "10 Jun" in rows
    taken = chair.get("/meetings/rows/meetings/csv/?words=neglect").content
    assert b"14:00 to 17:00" in taken


def test_only_the_unit_and_the_chair_of_the_group_keep_its_meetings(made: World) -> None:
    meeting = make_meeting(made.group)
    for role, status in (
        ("unit", 200),
        ("chair", 200),
        ("member", 403),
        ("executive", 403),
        ("practitioner", 403),
    ):
        answer = enter(Client(), made.person(role)).get(f"/meetings/{meeting.pk}/attending/")
        assert answer.status_code == status, role
