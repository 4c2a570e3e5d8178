"""An item has one number for everybody; what a reader may not read is a gap that says so."""

from __future__ import annotations

import pytest

from sightline.meetings.rules.agenda import gap, placed

pytestmark = pytest.mark.library


def test_what_may_be_read_keeps_its_number_and_gaps_say_what_is_between() -> None:
    found, rest = placed("abcdefg", lambda each: each in "bf")
    assert [(each.place, each.what, each.gap) for each in found] == [
        (2, "b", "1. One confidential item"),
        (6, "f", "3 to 5. 3 confidential items"),
    ]
    assert rest == "7. One confidential item"


def test_where_everything_or_nothing_may_be_read() -> None:
    assert placed("ab", lambda each: False) == ([], "1 to 2. 2 confidential items")
    found, rest = placed("ab", lambda each: True)
    assert ([each.gap for each in found], rest) == (["", ""], "")
    assert (placed("", lambda each: True), gap(1, 0)) == (([], ""), "")
