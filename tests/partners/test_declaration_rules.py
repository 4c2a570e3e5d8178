"""How long a signature holds, and how it stands on a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partners.choices import Signing
from sightline.partners.rules.declarations import (
    Wording,
    holds_until,
    numbers,
    signing,
    wording_on,
    wordings,
)

pytestmark = pytest.mark.library
ON = dt.date(2026, 11, 27)
OLD, NEW = (Wording(name, dt.date(year, 1, 1), "I", "C") for name, year in (("1", 2020), ("2", 2026)))


def test_a_signature_holds_for_a_year() -> None:
    days = (dt.date(2026, 11, 27), dt.date(2024, 2, 29), dt.date(2026, 1, 1))
    assert [holds_until(day, numbers()) for day in days] == [
        dt.date(2027, 11, 26),
        dt.date(2025, 2, 27),
        dt.date(2026, 12, 31),
    ]


def test_the_words_of_a_day_are_the_last_that_began_before_it() -> None:
    days = (dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2025, 12, 31), ON)
    assert [wording_on(day, (OLD, NEW)) for day in days] == [None, OLD, OLD, NEW]
    assert all(wording.text for wording in wordings())


@pytest.mark.parametrize(
    ("days_left", "signed", "expected"),
    [
        (None, "", Signing.NEVER),
        (-1, "2", Signing.OVER),
        (-1, "1", Signing.OVER),
        (300, "1", Signing.OLD_WORDS),
        (0, "2", Signing.SOON),
        (30, "2", Signing.SOON),
        (31, "2", Signing.SIGNED),
    ],
)
def test_a_signature_stands_so(days_left: int | None, signed: str, expected: Signing) -> None:
    expires_on = None if days_left is None else ON + dt.timedelta(days=days_left)
    assert signing(expires_on, signed, "2", ON, numbers()) == expected


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
def test_whoever_signs_today_has_signed_for_a_year_and_no_longer(day: dt.date) -> None:
    last = holds_until(day, numbers())
    assert 364 <= (last - day).days <= 365
