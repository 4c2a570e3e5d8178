"""Rules of minutes: one line makes an action; what two people write at once is kept."""

from datetime import date

import pytest

from sightline.meetings.rules.lines import Line, day_in, understood
from sightline.meetings.rules.minutes import joined_texts, mark_of, replaced, stands_already

pytestmark = pytest.mark.library
ON = date(2026, 6, 10)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Write to heads — Pol Ice — 12 July 2026", Line("Write to heads", "Pol Ice", date(2026, 7, 12))),
        ("Write to heads - Police - by 12/7", Line("Write to heads", "Police", date(2026, 7, 12))),
        ("Re-audit ten cases | Health | 1st jan", Line("Re-audit ten cases", "Health", date(2027, 1, 1))),
        ("Write to heads — 2026-07-12", Line("Write to heads", "", date(2026, 7, 12))),
        ("Write to heads – Police", Line("Write to heads", "Police", None)),
        ("Write to heads", Line("Write to heads")),
    ],
)
def test_a_line_says_what_who_and_by_when(line: str, told: Line) -> None:
    assert understood(line, ON) == told


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("  ", "what is to be done first"),
        (" — Police", "what is to be done first"),
        ("a — b — c — d", "three parts"),
        ("Write — Police — 31 June", "“31 June” is no day"),
        ("Write — Police — soon", "“soon” is no day"),
    ],
)
def test_a_line_that_cannot_be_understood_says_why(line: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        understood(line, ON)


def test_days_as_people_type_them() -> None:
    assert [
        day_in(text, ON) for text in ("1.2.27", "3 Sept", "by 3 september 2026", "29/2/2027", "3 Foo")
    ] == [
        date(2027, 2, 1),
        date(2026, 9, 3),
        date(2026, 9, 3),
        None,
        None,
    ]


def test_a_text_that_its_writer_had_not_seen_is_never_replaced() -> None:
    assert replaced([1, 2], [1]) == {1}
    assert replaced([1, 2], [1, 2, 3]) == {1, 2}
    assert replaced([2], [1]) == frozenset()
    assert joined_texts(["one", "two"]) == "one\n\ntwo"


def test_what_is_sent_twice_stands_once() -> None:
    assert stands_already({1: "said"}, {1}, "said") == 1
    assert stands_already({1: "said", 2: "more"}, set(), "said") == 1
    assert stands_already({1: "said"}, {1}, "other") is None
    # Its writer joins what another text says too: that one is to be replaced as well.
    assert stands_already({1: "said", 2: "more"}, {1, 2}, "said") is None
    assert mark_of("form", "Adopt it.") == mark_of("form", "Adopt it.") != mark_of("form", "Adopt it")
    assert mark_of("") == ""
