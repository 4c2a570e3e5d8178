"""What is unusual about a day, and how a sample is drawn."""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.rules import is_own_name
from sightline.events.entries import declared_types
from sightline.oversight.choices import Unusual
from sightline.oversight.rules.numbers import matching, sample_kinds, unusual_rules
from sightline.oversight.rules.sampling import draw, month_after, month_before
from sightline.oversight.rules.unusual import DayOf, Found, told, unusual_in

RULES = unusual_rules()


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (DayOf(), []),
        (DayOf(opened=59), []),
        (DayOf(opened=60), [Found(Unusual.VOLUME, 60, 0)]),
        (DayOf(opened=60, habit=(15, 14, 16)), []),
        (DayOf(opened=61, habit=(15, 14, 16)), [Found(Unusual.VOLUME, 61, 15)]),
        (DayOf(at_night=4), []),
        (DayOf(at_night=5, nights=2), [Found(Unusual.OUT_OF_HOURS, 5, 2)]),
        (DayOf(at_night=500, nights=3), []),
        (DayOf(own_name=1), [Found(Unusual.OWN_NAME, 1)]),
        (DayOf(agencies=3), []),
        (DayOf(agencies=4, refusals=10), [Found(Unusual.OTHER_AGENCIES, 4), Found(Unusual.REFUSALS, 10)]),
        (DayOf(refusals=9), []),
    ],
)
def test_a_day_is_unusual_beside_what_its_person_usually_does(day: DayOf, found: list[Found]) -> None:
    assert unusual_in(day, RULES) == found


def test_each_finding_is_told_in_a_sentence() -> None:
    assert [told(found) for found in (
        Found(Unusual.VOLUME, 1200, 15),
        Found(Unusual.OUT_OF_HOURS, 5),
        Found(Unusual.OUT_OF_HOURS, 5, 2),
        Found(Unusual.OWN_NAME, 1),
        Found(Unusual.OWN_NAME, 3),
        Found(Unusual.OTHER_AGENCIES, 4),
        Found(Unusual.REFUSALS, 10),
    )] == [
        "1,200 times; 15 on a usual day of theirs.",
        "5 entries at night; on no night of the weeks before.",
        "5 entries at night; on 2 nights of the weeks before.",
        "Once.",
        "3 times.",
        "Records of 4 agencies that are not theirs.",
        "10 pages were refused.",
    ]  # fmt: skip


def test_the_night_may_run_over_midnight() -> None:
    rule = RULES[Unusual.OUT_OF_HOURS]
    assert [hour for hour in range(24) if rule.is_at_night(hour)] == [0, 1, 2, 3, 4, 5, 22, 23]
    early = replace(rule, from_hour=1, to_hour=4)
    assert [hour for hour in range(24) if early.is_at_night(hour)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("asked", "name", "own"),
    [
        ("sorrel", "Ann Sorrel", True),
        ("Tom SORREL, neglect", "Ann Sorrel", True),
        ("ann", "Ann Sorrel", False),
        ("sorrels", "Ann Sorrel", False),
        ("li", "Bo Li", False),
        ("", "Ann Sorrel", False),
        ("anything", "", False),
    ],
)
def test_own_name_is_the_family_name_as_a_word(asked: str, name: str, own: bool) -> None:
    assert is_own_name(asked, name) is own


def test_every_kind_of_the_definitions_names_entry_types_that_there_are() -> None:
    types = declared_types()
    assert all(matching(types, kind.kinds) for kind in sample_kinds().values())
    exports = matching(types, sample_kinds()["exports"].kinds)
    assert {"plans.plan_exported", "partners.accounts_taken", "plans.report_printed"} <= set(exports)
    assert matching(types, unusual_rules()[Unusual.VOLUME].kinds)


ENTRIES = st.dictionaries(st.integers(1, 10**6), st.text("0123456789abcdef", min_size=4), max_size=60)


@given(ENTRIES, st.text(min_size=1), st.integers(1, 20))
def test_a_sample_is_drawn_again_alike_whatever_the_order(
    entries: dict[int, str], head: str, size: int
) -> None:
    drawn = draw(entries.items(), head, size)
    assert drawn == draw(reversed(list(entries.items())), head, size)
    assert len(drawn) == len(set(drawn)) == min(size, len(entries))


def test_the_lot_is_what_the_report_says_it_is() -> None:
    entries = {number: f"digest {number}" for number in range(50)}
    lots = {n: hashlib.sha256(f"3-abc\n{digest}".encode()).hexdigest() for n, digest in entries.items()}
    assert draw(entries.items(), "3-abc", 5) == sorted(lots, key=lots.__getitem__)[:5]
    assert draw(entries.items(), "4-abc", 5) != draw(entries.items(), "3-abc", 5)


def test_months() -> None:
    assert month_before(dt.date(2026, 1, 31)) == dt.date(2025, 12, 1)
    assert month_after(dt.date(2026, 12, 1)) == dt.date(2027, 1, 1)
