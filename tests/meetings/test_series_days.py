"""On which days the meetings of a series are proposed."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.definitions.bank_holidays import bank_holiday
from sightline.meetings.choices import Rhythm
from sightline.meetings.rules.series import MOST, after, in_words, proposed

pytestmark = pytest.mark.library


def days(rhythm: Rhythm, first: date, until: date) -> list[date]:
    return [each.day for each in proposed(rhythm, first, until, lambda day: "")]


@pytest.mark.parametrize(
    ("rhythm", "expected"),
    [
        (Rhythm.MONTH, [date(2026, 1, 13), date(2026, 2, 10), date(2026, 3, 10), date(2026, 4, 14)]),
        (Rhythm.SIX_WEEKS, [date(2026, 1, 13), date(2026, 2, 24), date(2026, 4, 7)]),
        (Rhythm.TWO_MONTHS, [date(2026, 1, 13), date(2026, 3, 10)]),
        (Rhythm.QUARTER, [date(2026, 1, 13), date(2026, 4, 14)]),
        (Rhythm.YEAR, [date(2026, 1, 13)]),
        (Rhythm.AS_NEEDED, [date(2026, 1, 13)]),
    ],
)
def test_the_same_weekday_of_the_month_or_so_many_weeks_on(rhythm: Rhythm, expected: list[date]) -> None:
    assert days(rhythm, date(2026, 1, 13), date(2026, 4, 30)) == expected
    assert in_words(Rhythm.QUARTER, date(2026, 1, 13)) == "on the second Tuesday of the month"


def test_the_fifth_friday_is_the_last_one() -> None:
    assert days(Rhythm.MONTH, date(2026, 1, 30), date(2026, 4, 30)) == [
        date(2026, 1, 30), date(2026, 2, 27), date(2026, 3, 27), date(2026, 4, 24),
    ]  # fmt: skip
    assert in_words(Rhythm.MONTH, date(2026, 1, 30)) == "on the last Friday of the month"


def test_a_year_turns_and_no_more_are_proposed_than_two_years_of_months() -> None:
    assert days(Rhythm.QUARTER, date(2026, 11, 10), date(2027, 5, 31))[1:] == [
        date(2027, 2, 9),
        date(2027, 5, 11),
    ]
    assert len(days(Rhythm.MONTH, date(2026, 1, 13), date(2100, 1, 1))) == MOST
    assert after(Rhythm.HALF_YEAR, date(2026, 9, 8)) == date(2027, 3, 9)
    assert after(Rhythm.AS_NEEDED, date(2026, 9, 8)) == date(2026, 10, 6)


def test_a_bank_holiday_gives_way_to_the_week_after_and_says_so() -> None:
    found = proposed(Rhythm.MONTH, date(2026, 3, 2), date(2026, 5, 31), bank_holiday)
    assert [each.day for each in found] == [date(2026, 3, 2), date(2026, 4, 13), date(2026, 5, 11)]
    assert found[1].instead_of == date(2026, 4, 6)
    assert "Easter Monday" in found[1].holiday


def test_bank_holidays_are_those_of_england_and_wales() -> None:
    """The days listed in the field's calendar for 2026 and 2027, and computed ones of 2028."""
    expected = {
        2026: [(1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28)],
        2027: [(1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)],
        2028: [(1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)],
    }
    for year, wanted in expected.items():
        start = date(year, 1, 1).toordinal()
        found = [each for each in map(date.fromordinal, range(start, start + 365)) if bank_holiday(each)]
        weekdays = [(each.month, each.day) for each in found if each.weekday() < 5]
        assert weekdays == wanted
