"""What a meeting that took place asks of its secretary, its chair and the unit, and when it asks no more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sightline import definitions
from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.meetings.choices import How, MeetingDeed, Ruling
from sightline.meetings.models import Meeting
from sightline.meetings.rules.upkeep import standard
from sightline.meetings.services import DecisionGiven, rule_on, take_decision
from sightline.meetings.services.upkeep import KINDS, refresh_upkeep
from sightline.messages.models import WorkItem
from tests.access.people import World, world
from tests.meetings.making import came, make_item, make_meeting, make_rule, minuted, moved, seat_of
from tests.meetings.test_secretary import secretary

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def before(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def asked() -> set[tuple[str, str]]:
    refresh_upkeep(now=timezone.now())
    return set(WorkItem.objects.filter(kind__in=KINDS).values_list("for_scope", "kind"))


def key(user: User) -> str:
    return f"user:{user.pk}"


def written(made: World, days: int) -> Meeting:
    """A meeting so many days ago to which somebody came, with a minute."""
    meeting = make_meeting(made.group, before(days))
    minuted(make_item(meeting), "Said.")
    seat = seat_of(made.group, made.agency, "Pol Ice", words=f"Seat of {days} days ago")
    return came(meeting, seats={seat: "present"})


def test_what_is_missing_is_asked_of_the_secretary_else_of_the_unit_until_it_is_entered(made: World) -> None:
    meeting = make_meeting(made.group, before(standard().record_after_days - 1))
    assert asked() == set()
    Meeting.objects.filter(pk=meeting.pk).update(held_on=before(standard().record_after_days))
    assert asked() == {("unit", "meeting_record")}
    user = secretary(made, made.group)
    assert asked() == {(key(user), "meeting_record")}
    assert "who came and minutes" in WorkItem.objects.get().sentence
    meeting.refresh_from_db()
    moved(meeting, MeetingDeed.CANCEL, because="Nobody could come")
    assert not WorkItem.objects.filter(kind__in=KINDS).exists()
    assert asked() == set()


def test_a_draft_is_the_chairs_and_checked_minutes_are_asked_for_once_the_group_met_again(
    made: World,
) -> None:
    chair = key(made.person("chair"))
    meeting = written(made, standard().check_after_days)
    assert asked() == {(chair, "minutes_check")}
    checked = moved(meeting, MeetingDeed.CHECK)
    assert asked() == set()
    later = written(made, 0)
    assert asked() == {("unit", "minutes_approve")}
    moved(checked, MeetingDeed.APPROVE, approved_at=later)
    assert asked() == set()


def test_a_provisional_decision_is_asked_about_once_the_group_met_quorately(made: World) -> None:
    make_rule(made.group, least_seats=1)
    given = DecisionGiven("Write to heads", How.CHAIR, before(20))
    decision = take_decision(made.group, given, by=SYSTEM, now=timezone.now())
    assert asked() == set()
    later = written(made, 1)
    assert later.current_quorate
    assert asked() == {(key(made.person("chair")), "decision_ratify")}
    stamp = {"version": decision.version, "by": SYSTEM, "now": timezone.now()}
    rule_on(decision, Ruling.RATIFY, later, **stamp)
    assert asked() == set()


def test_what_was_missing_long_ago_is_asked_of_nobody(made: World) -> None:
    make_meeting(made.group, before(standard().look_back_days + 1))
    assert asked() == set()


def test_each_kind_has_its_words_in_notifications() -> None:
    worded = {each["key"] for each in definitions.load("notices")["kinds"]}
    assert set(KINDS) <= worded
