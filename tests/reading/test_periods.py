"""Periods in titles and in timescales."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import periods


@pytest.mark.parametrize(
    ("title", "words", "start", "end"),
    [
        ("THE PLAN April to September 2019", "April to September 2019", "2019-04-01", "2019-09-30"),
        ("Plan October to March 2019", "October to March 2019", "2018-10-01", "2019-03-31"),
        ("Plan July 2018 to March 2019", "July 2018 to March 2019", "2018-07-01", "2019-03-31"),
        ("Yearly report 2015 – 2016", "2015 – 2016", "2015-04-01", "2016-03-31"),
        ("Plan 2021/22", "2021/22", "2021-04-01", "2022-03-31"),
        ("Strategy 2021-2024", "2021-2024", "2021-04-01", "2024-03-31"),
        ("Plan 2023", "2023", "2023-01-01", "2023-12-31"),
        (
            "Plan: 1st January 2016 to 31st March 2018",
            "1st January 2016 to 31st March 2018",
            "2016-01-01",
            "2018-03-31",
        ),
        ("1st April 2017-31st March 2017", "1st April 2017-31st March 2017", "2017-04-01", "2017-03-31"),
    ],
)
def test_titles(title: str, words: str, start: str, end: str) -> None:
    assert periods.of_title(title) == (words, start, end)


@pytest.mark.parametrize(
    "title", ["January 2022", "The plan", "31st June 2019 to 31st June 2020", "2024-2021", ""]
)
def test_titles_without_a_period(title: str) -> None:
    assert periods.of_title(title) is None


def test_is_quarter() -> None:
    assert periods.is_quarter("Quarter 2 (July-September)")
    assert not periods.is_quarter("Headquarters 2")


@pytest.mark.parametrize("text", ["soon", "spring", "2024-2021", ""])
def test_no_period(text: str) -> None:
    assert periods.find(text) is None


@given(st.text(alphabet="0123456789 /-Qtermsyaculnpig"))
def test_a_period_never_raises(text: str) -> None:
    found = periods.find(text)
    assert found is None or found.kind in ("quarter", "term", "season", "year")
    assert periods.of_title(text) is None or len(periods.of_title(text) or ()) == 3
