"""Dates in running text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import dates


def test_dates_are_found_in_order_with_their_places() -> None:
    text = "Moved from 4 th October 2018 to January 2019"
    assert dates.find(text) == [
        dates.Found(11, 28, "2018-10-04", 10, 4),
        dates.Found(32, 44, "2019-01", 1),
    ]


def test_may_is_a_month_only_where_it_is_written_as_one() -> None:
    assert [f.month for f in dates.find("This may be done in May 2018, or May")] == [5, 5]
    assert dates.find("it may take time") == []


def test_a_month_takes_the_only_year_that_stands_apart() -> None:
    assert [f.iso for f in dates.find("December Business Group 2018")] == ["2018-12"]
    assert [f.iso for f in dates.find("December Business Group 2018 or 2019")] == [""]


@pytest.mark.parametrize(
    ("text", "words"), [("31 June 2019", ["31 June 2019"]), ("30/02/19", ["30/02/19"]), ("1 May 2019", [])]
)
def test_impossible_days(text: str, words: list[str]) -> None:
    assert dates.impossible(text) == words


def test_a_year_can_be_given_to_a_day_or_a_month() -> None:
    day, month = dates.find("29 February and March")
    assert (day.in_year(2020), day.in_year(2019), month.in_year(2019)) == ("2020-02-29", "", "2019-03")
    assert (day.is_day, month.is_day) == (True, False)


def test_last_day() -> None:
    assert dates.last_day("2020-02") == date(2020, 2, 29)
    assert dates.last_day("2019-03-05") == date(2019, 3, 5)
    with pytest.raises(ValueError, match="Invalid isoformat"):
        dates.last_day("soon")


@pytest.mark.parametrize(("text", "year"), [("2019", 2019), ("'19", 2019), ("19", 2019)])
def test_years(text: str, year: int) -> None:
    assert dates.full_year(text) == year


def test_figures_with_a_year_of_three_digits_are_no_date() -> None:
    assert dates.find("1.2.201") == []


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_is_that_day(day: date) -> None:
    for form in ("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y"):
        assert [f.iso for f in dates.find(day.strftime(form))] == [day.isoformat()]


@given(st.text())
def test_places_lie_in_the_text(text: str) -> None:
    found = dates.find(text)
    assert all(0 <= f.start < f.end <= len(text) for f in found)
    assert [f.start for f in found] == sorted(f.start for f in found)
