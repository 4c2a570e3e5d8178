"""For which meeting an item waits, when each begins, and how a standing item is written."""

from __future__ import annotations

from datetime import date, time

import pytest

from sightline.meetings.rules.agenda import begins, minutes_over, next_for
from sightline.meetings.rules.lines import StandingItem, standing_item

pytestmark = pytest.mark.library
DAYS = [date(2026, 6, 10), date(2026, 6, 10), date(2026, 9, 9)]


def test_an_item_waits_for_the_first_meeting_from_its_day_on_or_after_it() -> None:
    assert [
        next_for(day, DAYS) for day in (date(2026, 1, 1), DAYS[0], date(2026, 6, 11), date(2027, 1, 1))
    ] == [
        0,
        0,
        2,
        None,
    ]
    assert [next_for(day, DAYS, after=True) for day in (DAYS[0], DAYS[2])] == [2, None]


def test_times_are_told_as_far_as_the_minutes_before_are_known() -> None:
    assert list(begins(time(10), [5, 20, None, 10])) == [time(10), time(10, 5), time(10, 25), None]
    assert list(begins(None, [5, 5])) == [None, None]
    assert [minutes_over(time(10), time(10, 30), lasts) for lasts in ([20, None, 11], [30], [])] == [1, 0, 0]
    assert minutes_over(time(10), None, [500]) == 0


def test_a_standing_item_is_a_line_with_its_lead_and_minutes() -> None:
    assert standing_item("Exceptions | Chair | 20") == StandingItem("Exceptions", "Chair", 20)
    assert standing_item("Exceptions | Chair") == StandingItem("Exceptions", "Chair")
    assert standing_item("Exceptions | 20") == StandingItem("Exceptions", "", 20)
    assert standing_item("Exceptions - safeguarding plan") == StandingItem("Exceptions - safeguarding plan")
    assert standing_item("Exceptions | Chair | 9999") == StandingItem("Exceptions", "Chair | 9999")
