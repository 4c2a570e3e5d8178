"""When leads are to be confirmed and terms to be reviewed (rules/rhythm.py)."""

import datetime as dt

import pytest

from sightline.governance.rules.rhythm import (
    Numbers,
    awaits_confirmation,
    confirm_by,
    last_confirmed_enough,
    next_review,
    review_is_near,
    standard,
)

pytestmark = pytest.mark.library
NUMBERS = Numbers(lead_confirmed_days=92, terms_review_months=12, terms_remind_days=28)
JUNE = dt.date(2026, 6, 1)


def test_the_numbers_that_ship() -> None:
    assert standard() == NUMBERS


def test_a_lead_is_confirmed_for_a_quarter_whose_last_day_counts() -> None:
    last = confirm_by(JUNE, NUMBERS)
    assert last == dt.date(2026, 9, 1)
    assert not awaits_confirmation(JUNE, last, NUMBERS)
    assert awaits_confirmation(JUNE, last + dt.timedelta(days=1), NUMBERS)
    assert last_confirmed_enough(last, NUMBERS) == JUNE


@pytest.mark.parametrize(
    ("months", "starts", "due"),
    [(12, "2026-06-01", "2027-06-01"), (12, "2028-02-29", "2029-02-28"), (6, "2026-08-31", "2027-02-28")],
)
def test_the_next_review_is_so_many_months_on(months: int, starts: str, due: str) -> None:
    numbers = Numbers(92, months, 28)
    assert next_review(dt.date.fromisoformat(starts), numbers) == dt.date.fromisoformat(due)


def test_a_review_is_near_four_weeks_before() -> None:
    assert not review_is_near(dt.date(2026, 6, 30), JUNE, NUMBERS)
    assert review_is_near(dt.date(2026, 6, 29), JUNE, NUMBERS)
