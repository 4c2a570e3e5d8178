"""How a meeting was passed on: told by members, never overwritten, checked in samples."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.meetings import disposed
from sightline.meetings.choices import Reach
from sightline.meetings.models import PassedOn
from sightline.meetings.rules.passed import Cascade, cascade
from sightline.meetings.selectors.passed import passed_on_after
from sightline.meetings.services.asking import ask_how_passed
from sightline.meetings.services.passed import PassedGiven, check_passed_on, pass_on
from sightline.messages.models import WorkItem
from sightline.partners.models import Holding, Person, Seat
from sightline.partners.services import create_agency, create_group
from tests.access.people import enter, world
from tests.meetings.making import MET, came, make_meeting, make_passed, seat_of
from tests.partners.making import fill

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_seats_are_asked_once_each_and_samples_are_counted_apart() -> None:
    told = cascade([1, 2, 3], [1, 1, 9], [Reach.ARRIVED, Reach.NOT, Reach.PARTLY])
    assert told == Cascade(asked=3, told=1, checked=3, arrived=1)
    assert told.percent == 33
    assert cascade([], [], []).percent is None


def test_what_was_passed_on_is_added_to_and_never_overwritten() -> None:
    made = world()
    first = make_passed(made.group, made.agency)
    meeting, seat = first.meeting, first.seat
    seat_of(made.group, create_agency("Weald Council", by=SYSTEM), "Ben Brook")
    pass_on(meeting, seat, PassedGiven("The date of the next one", "Everybody", MET, 40), by=SYSTEM, now=NOW)
    check_passed_on(first, Reach.PARTLY, "Two of five knew of it", MET, by=SYSTEM, now=NOW)
    passed = passed_on_after(meeting)
    assert [(each.then.title, len(each.told)) for each in passed.seats] == [
        ("Weald Council", 0),
        ("Wealdshire Police", 2),
    ]
    assert passed.figures == Cascade(asked=2, told=1, checked=1, arrived=0)


def test_what_cannot_be_is_said() -> None:
    made = world()
    first = make_passed(made.group, made.agency)
    planned, seat = make_meeting(made.group, dt.date(2026, 11, 1)), Seat.objects.get()
    for meeting, day, words in (
        (planned, dt.date(2026, 11, 2), "has not taken place"),
        (first.meeting, MET - dt.timedelta(days=1), "The meeting was on 10 June 2026"),
        (first.meeting, dt.date(2120, 1, 1), "lies ahead"),
    ):
        with pytest.raises(Unacceptable, match=words):
            pass_on(meeting, seat, PassedGiven("It", "Them", day), by=SYSTEM, now=NOW)
    with pytest.raises(Unacceptable, match="Enter to whom"):
        pass_on(first.meeting, seat, PassedGiven("It", " ", MET), by=SYSTEM, now=NOW)
    with pytest.raises(Unacceptable, match="passed on on 10 June"):
        check_passed_on(first, Reach.NOT, "", MET - dt.timedelta(days=1), by=SYSTEM, now=NOW)


def test_a_member_tells_it_on_the_page_and_the_unit_checks_a_sample(client: Client) -> None:
    made = world()
    first = make_passed(made.group, made.agency)
    seat = first.seat
    home = reverse("meetings:passed_on", args=[first.meeting_id])
    say = reverse("meetings:pass_on", args=[first.meeting_id, seat.pk])
    enter(client, made.person("executive"))
    assert "Tell more" not in client.get(home).content.decode()
    assert client.get(say).status_code == 403
    Person.objects.filter(name="Ann Archer").update(user=made.person("executive"))
    day = {"as_at-day": 11, "as_at-month": 6, "as_at-year": 2026}
    sent = {"what": "The pathway", "to_whom": "Team leaders, in their meeting", "reached": "12", **day}
    assert client.post(say, sent).status_code == 302
    page = client.get(home).content.decode()
    assert "1 of 1 seat told how they passed it on: 100%." in page
    assert "Team leaders, in their meeting (12 people)" in page
    assert "Enter a sample check" not in page
    enter(client, made.people["unit"])
    check = reverse("meetings:passed_check", args=[PassedOn.objects.latest("pk").pk])
    assert client.post(check, {"reach": "arrived", "text": "All knew", **day}).status_code == 302
    page = client.get(home).content.decode()
    assert "1 sample checked: in 1 it had arrived." in page
    assert "11 June 2026, Una Unit. All knew" in page
    assert client.get(reverse("meetings:pass_on", args=[first.meeting_id, 9999])).status_code == 404


def test_whose_words_it_was_goes_with_their_name() -> None:
    made = world()
    first = make_passed(made.group, made.agency, said_by="Ann Archer")
    disposed.forget(999, "Ann Archer", Doing(SYSTEM, "Six years are over", NOW))
    first.refresh_from_db()
    assert first.said_by == FORMER_MEMBER
    again = make_passed(made.group, create_agency("Weald Council", by=SYSTEM), said_by="Ben Brook")
    disposed.reword({1: "Ben Brook"})
    again.refresh_from_db()
    assert again.said_by == FORMER_MEMBER


def asked_of(user: User) -> list[WorkItem]:
    return list(WorkItem.objects.filter(kind="pass_on", for_scope=f"user:{user.pk}").order_by("pk"))


def test_members_are_asked_once_for_each_meeting_and_no_oftener_than_once_a_week() -> None:
    made = world()
    member, police = made.person("executive"), seat_of(made.group, made.agency, "Ann Archer")
    Person.objects.filter(name="Ann Archer").update(user=member)
    other = seat_of(create_group("Audit group", by=SYSTEM), made.agency)
    fill(other, Person.objects.get(name="Ann Archer"))
    first = came(make_meeting(made.group), seats={police: "present"})
    came(make_meeting(other.group, MET + dt.timedelta(days=3)), seats={other: "present"})

    def look(days: int) -> list[str]:
        ask_how_passed(now=at(MET) + dt.timedelta(days=days))
        return [each.title for each in asked_of(member)]

    told = "How did you pass this on? Neglect sub-group, 10 June 2026"
    assert look(6) == []
    assert look(7) == [told]
    assert look(8) == [told]
    assert look(13) == [told]
    assert len(look(14)) == 2
    pass_on(first, police, PassedGiven("It", "Them", MET), by=SYSTEM, now=at(MET) + dt.timedelta(days=15))
    assert [each.url for each in asked_of(member)] == [f"/meetings/{first.pk + 1}/passed-on/"]
    assert look(15) == [asked_of(member)[0].title]
    assert look(64) == []
    assert not WorkItem.objects.exclude(for_scope=f"user:{member.pk}").filter(kind="pass_on").exists()


def test_somebody_without_an_account_or_gone_by_the_day_is_not_asked() -> None:
    made = world()
    held = seat_of(made.group, made.agency, "Ann Archer")
    came(make_meeting(made.group), seats={held: "present"})
    assert ask_how_passed(now=at(MET) + dt.timedelta(days=8)) == 0
    Person.objects.filter(name="Ann Archer").update(user=made.person("executive"))
    Holding.objects.update(ends_on=MET - dt.timedelta(days=1))
    assert ask_how_passed(now=at(MET) + dt.timedelta(days=8)) == 0


def at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
