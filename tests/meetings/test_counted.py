"""Figures of attendance that are kept: never shown once a row behind them changed, and the same as those counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from click import ClickException
from django.utils import timezone

from sightline.cli.keeping import _say_counted
from sightline.events.choices import SYSTEM
from sightline.meetings.choices import Attendance, MeetingState
from sightline.meetings.models import Attended, CountedYear, Meeting
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.selectors.counted import differing, standing_of
from sightline.meetings.services import set_rule
from sightline.meetings.services.counted import keep_counted
from sightline.meetings.services.passed import PassedGiven, pass_on
from sightline.partners.models import Group, Holding, Seat
from sightline.partners.services import change_seat, create_agency, create_group, leave_seat
from sightline.partners.services.seats import SeatGiven
from tests.access.people import World, world
from tests.meetings.making import ALWAYS, came, make_meeting, seat_of
from tests.meetings.test_attendance import JUNE, NOVEMBER, met, shown

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def _enters(group: Group) -> None:
    came(Meeting.objects.get(held_on=JUNE), seats={Seat.objects.filter(group=group)[0]: "absent"})


def _rules(group: Group) -> None:
    set_rule(group, QuorumAsked(), ALWAYS, counts_development=True, by=SYSTEM, now=NOW)


def _leaves(group: Group) -> None:
    held = Holding.objects.filter(seat__group=group, ends_on=None)[0]
    leave_seat(held, JUNE - dt.timedelta(days=1), version=held.version, by=SYSTEM, now=NOW)


def _changes(group: Group) -> None:
    seat = Seat.objects.filter(group=group)[0]
    other = create_agency("Wealdshire Fire", by=SYSTEM)
    given = SeatGiven(agencies=(other,), words=seat.words)
    change_seat(seat, given, version=seat.version, by=SYSTEM, now=NOW)


def _seats(group: Group) -> None:
    seat_of(group, create_agency("Wealdshire Fire", by=SYSTEM), "Fay Fire")


def _meets(group: Group) -> None:
    came(make_meeting(group, dt.date(2024, 5, 1)), seats={Seat.objects.filter(group=group)[0]: "present"})


def _passes(group: Group) -> None:
    meeting, seat = Meeting.objects.get(held_on=JUNE), Seat.objects.filter(group=group)[0]
    pass_on(meeting, seat, PassedGiven("The pathway", "Team leaders", JUNE), by=SYSTEM, now=NOW)


def parts(made: World, group: Group | None, **asked: str) -> Any:
    page = shown(made, group, **asked)
    return page.title, page.met, page.parts, page.passed, page.form.fields["year"].choices  # type: ignore[attr-defined]


@pytest.mark.parametrize("change", [_enters, _rules, _leaves, _changes, _seats, _meets, _passes])
def test_whatever_changed_the_page_shows_what_the_rows_say(change: Callable[[Group], None]) -> None:
    made = world()
    group = met(made)
    pages = [(group, {}), (group, {"year": "all"}), (None, {}), (None, {"year": "all"})]
    counted = [parts(made, of, **asked) for of, asked in pages]
    assert keep_counted() == 1
    assert not standing_of().met
    assert [parts(made, of, **asked) for of, asked in pages] == counted
    change(group)
    assert {each.group for each in standing_of().met} == {group.pk}
    after = [parts(made, of, **asked) for of, asked in pages]
    CountedYear.objects.all().delete()
    assert [parts(made, of, **asked) for of, asked in pages] == after != counted
    assert keep_counted()
    assert [parts(made, of, **asked) for of, asked in pages] == after


def test_what_is_kept_of_one_group_stands_beside_what_is_counted_of_another(
    django_assert_num_queries: Any,
) -> None:
    made = world()
    met(made)
    keep_counted()
    other = create_group("Audit group", by=SYSTEM)
    came(make_meeting(other, NOVEMBER), seats={seat_of(other, made.agency, "Eve East"): "present"})
    assert [line.name for line in shown(made, year="all").parts[0].lines] == ["Audit group", made.group.name]
    with django_assert_num_queries(9):
        shown(made, year="all")
    assert keep_counted() == 1
    assert keep_counted() == 0
    with django_assert_num_queries(4):
        shown(made, year="all")


def test_rows_changed_by_hand_are_found() -> None:
    group = met(world())
    keep_counted()
    assert differing() == []
    Attended.objects.filter(meeting__held_on=JUNE).update(status=Attendance.ABSENT)
    assert [(each.group, each.year) for each in differing()] == [(group.pk, 2026)]
    with pytest.raises(ClickException, match=f"kept otherwise than its rows say.*: {group.name} 2026"):
        _say_counted()
    Meeting.objects.filter(state=MeetingState.HELD).update(version=99)
    assert differing() == []
