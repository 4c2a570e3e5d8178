"""The meetings of a series are planned at once."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Unacceptable
from sightline.meetings.choices import MeetingDeed
from sightline.meetings.models import Item, Meeting
from sightline.meetings.services import do, plan_series
from tests.access.people import World, enter, world
from tests.meetings.making import make_meeting, make_series

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = date(2027, 1, 12), date(2027, 4, 13), date(2027, 7, 13)


@pytest.fixture
def made() -> World:
    return world()


def plan(series, *days: date) -> list[Meeting]:
    given = {f"day-{number}": day for number, day in enumerate(days)}
    hours = time(10), time(12)
    return plan_series(series, given, *hours, version=series.version, by=SYSTEM, now=timezone.now())


def test_all_begin_with_the_standing_items_and_the_first_with_what_was_deferred(made: World) -> None:
    series = make_series(made.group)
    before = make_meeting(made.group, date(2026, 1, 13), series=series)
    Item.objects.filter(meeting=before, title="Actions").update(is_deferred=True)
    planned = plan(series, SECOND, FIRST)
    agendas = {each.held_on: [item.title for item in each.items.order_by("order")] for each in planned}
    assert agendas == {FIRST: ["Apologies", "Actions", "Actions"], SECOND: ["Apologies", "Actions"]}
    assert [(each.hours, each.place) for each in planned] == [("10:00 to 12:00", series.place)] * 2


def test_a_day_that_stands_or_comes_twice_plans_nothing_and_says_which(made: World) -> None:
    series = make_series(made.group)
    standing = make_meeting(made.group, SECOND, series=series)
    with pytest.raises(Unacceptable) as refused:
        plan(series, FIRST, SECOND, THIRD, THIRD)
    assert set(refused.value.problems) == {"day-1", "day-3"}
    assert Meeting.objects.count() == 1
    do(standing, MeetingDeed.CANCEL, version=1, because="Half-term", by=SYSTEM, now=timezone.now())
    assert len(plan(series, FIRST, SECOND)) == 2


def test_eighteen_cost_what_one_costs(made: World, django_assert_max_num_queries) -> None:
    series = make_series(made.group)
    with django_assert_max_num_queries(12):
        plan(series, *(FIRST + timedelta(days=30 * number) for number in range(18)))


def test_the_page_proposes_days_and_takes_them(made: World, client: Client) -> None:
    series = make_series(made.group)
    enter(client, made.person("unit"))
    address = f"/meetings/series/{series.pk}/plan/?first-day=12&first-month=1&first-year=2027&until-day=31"
    page = client.get(f"{address}&until-month=7&until-year=2027").content.decode()
    assert "on the second Tuesday of the month" in page
    assert 'name="day-2-day"' in page
    assert 'name="day-3-day"' not in page
    sent = {"seen": "1", "starts_at": "10:00", "day-0-day": "12", "day-0-month": "1", "day-0-year": "2027"}
    taken = client.post(f"{address}&until-month=7&until-year=2027", sent)
    assert (taken.status_code, Meeting.objects.get().held_on) == (302, FIRST)
    assert (
        "Planned already: 12 January 2027"
        in client.get(f"/meetings/series/{series.pk}/plan/").content.decode()
    )
    wrong = client.get(f"{address}&until-month=7&until-year=2026")
    assert "The last day is before the first" in wrong.content.decode()
