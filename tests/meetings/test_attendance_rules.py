"""What attendance means (rules/attendance.py), by short lists that anybody can count again."""

import datetime as dt

import pytest

from sightline.meetings.choices import Attendance
from sightline.meetings.rules.attendance import (
    Mark,
    Numbers,
    Tally,
    combined,
    counts,
    mark_of,
    standard,
    tally,
    year_label,
    year_of,
)

pytestmark = pytest.mark.library
APRIL = Numbers(low_below_percent=75, low_from_meetings=2, year_begins_in_month=4)
P, R, D, A, X = Mark.PRESENT, Mark.REMOTE, Mark.DEPUTY, Mark.APOLOGIES, Mark.ABSENT


def test_the_numbers_that_ship() -> None:
    assert standard() == APRIL


def test_present_remote_and_deputy_attend_and_apologies_and_absence_count_against() -> None:
    told = tally([P, R, D, A, X, P])
    assert told == Tally(attended=4, deputies=1, apologies=1, absent=1)
    assert (told.counted, told.percent) == (6, 67)


def test_vacant_not_yet_a_seat_and_not_entered_leave_the_denominator() -> None:
    told = tally([P, Mark.VACANT, Mark.NO_SEAT, Mark.UNSAID, X])
    assert (told.counted, told.percent, told.vacant, told.unsaid) == (2, 50, 1, 1)
    assert Tally(vacant=3).percent is None


@pytest.mark.parametrize(
    ("attended", "of", "percent"), [(5, 6, 83), (4, 6, 67), (1, 8, 13), (1, 6, 17), (0, 6, 0)]
)
def test_per_cent_are_whole_and_halves_go_upwards(attended: int, of: int, percent: int) -> None:
    assert Tally(attended=attended, absent=of - attended).percent == percent


def test_low_is_below_the_threshold_over_enough_meetings() -> None:
    assert not Tally(attended=3, absent=1).is_low(APRIL)
    assert Tally(attended=2, absent=1).is_low(APRIL)
    assert not Tally(absent=1).is_low(APRIL)
    assert not Tally(vacant=4).is_low(APRIL)


@pytest.mark.parametrize(
    ("said", "is_held", "stands", "mark"),
    [
        (Attendance.PRESENT, True, True, P),
        (Attendance.DEPUTY, False, True, D),  # a deputy came for a seat that nobody held
        (Attendance.REMOTE, True, False, R),  # whoever came is counted, however the seat stood
        (Attendance.ABSENT, False, True, Mark.VACANT),
        (Attendance.APOLOGIES, True, False, Mark.NO_SEAT),
        (Attendance.APOLOGIES, True, True, A),
        (None, True, True, Mark.UNSAID),
        (None, False, True, Mark.VACANT),
        (None, True, False, Mark.NO_SEAT),
    ],
)
def test_the_mark_of_a_place(said: Attendance | None, is_held: bool, stands: bool, mark: Mark) -> None:
    assert mark_of(said, is_held=is_held, stands=stands) == mark


def test_an_agency_attends_by_any_of_its_seats() -> None:
    assert combined([X, A, P]) == P
    assert combined([X, D]) == D
    assert combined([X, A]) == A
    assert combined([Mark.VACANT, X]) == X
    assert combined([Mark.NO_SEAT, Mark.VACANT]) == Mark.VACANT
    assert combined([]) == Mark.NO_SEAT


def test_development_days_count_only_if_the_group_says_so() -> None:
    assert counts(is_development=False, group_counts_development=False)
    assert not counts(is_development=True, group_counts_development=False)
    assert counts(is_development=True, group_counts_development=True)


def test_years_begin_in_the_month_that_is_set() -> None:
    assert [year_of(dt.date(2026, month, 1), APRIL) for month in (3, 4)] == [2025, 2026]
    assert year_label(2025, APRIL) == "2025 to 2026"
    january = Numbers(75, 2, 1)
    assert year_label(year_of(dt.date(2026, 1, 1), january), january) == "2026"
