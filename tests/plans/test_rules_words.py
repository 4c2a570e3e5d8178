"""Days, numbers, timescales and the definition file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline import definitions
from sightline.events.choices import Tier
from sightline.plans.rules import addresses, book, last_day, sort_key, standard
from sightline.plans.rules.numbers import numbers_from
from sightline.plans.rules.owners import as_listed, in_words, listed
from sightline.plans.rules.tiers import highest
from sightline.plans.rules.timescales import first_day, first_day_of, latest_day
from sightline.screens.words import count, day, joined


def test_days_and_counts_are_written_as_people_read_them() -> None:
    assert day(date(2018, 9, 30)) == "30 September 2018"
    assert [count(1, "day"), count(0, "day"), count(1200, "day")] == ["1 day", "0 days", "1,200 days"]
    assert count(2, "agency", "agencies") == "2 agencies"
    assert [joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == ["a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2018-09-30", date(2018, 9, 30), date(2018, 9, 30)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_printed_date_has_a_first_and_a_last_day(printed: str, first: date, last: date) -> None:
    assert (first_day_of(printed), last_day(printed)) == (first, last)


@pytest.mark.parametrize(
    "printed", ["", "soon", "2019-13", "2019-00", "2019-02-30", "19-02", "2019-2", "0000-01"]
)
def test_what_is_no_date_is_refused(printed: str) -> None:
    with pytest.raises(ValueError, match="“"):
        last_day(printed)


def test_of_several_dates_the_first_and_the_last() -> None:
    assert first_day(["2018-12", "2018-09-30"]) == date(2018, 9, 30)
    assert latest_day(["2018-12", "2018-09-30"]) == date(2018, 12, 31)
    assert first_day([]) is None
    assert latest_day([]) is None


def test_numbers_sort_as_people_sort_them() -> None:
    printed = ["", "10", "2.11", "1.1c", "2.9", "1.1", "2.10", "1.1a", "2.11 & 3.2", "1.2", "A1", "DAB 1"]
    assert sorted(printed, key=sort_key) == [
        "1.1",
        "1.1a",
        "1.1c",
        "1.2",
        "2.9",
        "2.10",
        "2.11",
        "2.11 & 3.2",
        "10",
        "A1",
        "DAB 1",
        "",
    ]


@given(st.integers(0, 99_999), st.integers(0, 99_999))
def test_whole_numbers_sort_by_their_value(one: int, other: int) -> None:
    assert (sort_key(str(one)) < sort_key(str(other))) == (one < other)


@given(st.text(max_size=60))
def test_any_printed_number_has_a_key_that_fits(text: str) -> None:
    assert 0 < len(sort_key(text)) <= 100


def test_the_numbers_of_the_rules_are_those_of_the_design() -> None:
    numbers = standard()
    assert (numbers.silent_after_days, numbers.update_stays_fresh_days) == (92, 92)
    assert (numbers.long_overdue_days, numbers.due_soon_days, numbers.due_soon_update_days) == (28, 28, 28)
    assert (numbers.slips_that_matter, numbers.quarters_for_green) == (2, 2)


def test_a_definition_with_a_number_too_few_or_too_many_is_refused() -> None:
    definition = definitions.load("plan_rules")
    with pytest.raises(ValueError, match="extra"):
        numbers_from({"numbers": {**definition["numbers"], "extra": {"value": 1, "meaning": "?"}}})
    definition["numbers"].pop("due_soon_days")
    with pytest.raises(ValueError, match="due_soon_days"):
        numbers_from(definition)


def test_tiers_are_the_highest_and_never_below_t1() -> None:
    assert highest([]) == Tier.T1
    assert highest([Tier.T0]) == Tier.T1
    assert highest(["T1", "T2"]) == Tier.T2


def test_addresses() -> None:
    assert addresses.of_action("SL-00001") == "/actions/SL-00001/"
    assert addresses.of_plan("children-first") == "/plans/children-first/"
    assert addresses.of_source("review") == "/sources/review/"
    assert addresses.of_exceptions() == "/reports/exceptions/"
    assert addresses.of_exceptions("x") == "/reports/exceptions/?plan=x"
    assert addresses.of_report(3) == "/reports/exceptions/3/"
    assert addresses.of_import(3) == "/imports/3/"


def test_owners_are_written_leads_first() -> None:
    assert (
        in_words([("QA Group", "support"), ("Police", "lead"), ("AQ", "lead")])
        == "Police; AQ; QA Group (support)"
    )
    assert in_words([]) == ""


def test_keys_are_found_whole_in_a_list_of_them() -> None:
    kept = listed(["qa-group", "board"])
    assert (kept, listed([])) == (",qa-group,board,", "")
    assert as_listed("board") in kept
    assert as_listed("group") not in kept


def test_the_book_of_rules_in_the_documentation_is_current() -> None:
    kept = Path(__file__).resolve().parents[2] / "docs" / "generated" / "plan-rules.md"
    assert kept.read_text(encoding="utf-8") == book.page()


def test_the_book_says_every_rule_in_words() -> None:
    assert all(f"{rule.__doc__}".strip() for rule in book.RULES)
    assert "## Silent" in book.page()
    assert "| silent_after_days | 92 |" in book.page()
