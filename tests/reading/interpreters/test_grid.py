"""Single rows: cells with lists, placing by content."""

from __future__ import annotations

import pytest

from sightline.reading import headings
from sightline.reading.blocks import Cell
from sightline.reading.interpreters import grid


def test_bullets_become_items() -> None:
    assert grid.listed(Cell("We will:\n•  ask\n• tell")).items == ("ask", "tell")
    assert grid.listed(Cell("• ask")).items == ()
    assert grid.listed(Cell("•\nask them\n•\ntell")).text == "ask them\ntell"
    assert grid.listed(Cell("•\n• ask")).items == ("", "ask")
    assert grid.listed(Cell("one\n\n two  three")).text == "one\ntwo three"


def test_what_is_a_point_of_a_list() -> None:
    assert grid.is_bulleted(Cell("• ask"))
    assert grid.is_bulleted(Cell("ask\ntell", items=("ask", "tell")))
    assert not grid.is_bulleted(Cell("We will ask", items=("ask",)))
    assert not grid.is_bulleted(Cell(""))
    assert not grid.is_bulleted(None)


@pytest.mark.parametrize(
    ("text", "meaning", "worth"),
    [
        ("", headings.NUMBER, 0),
        ("1.1", headings.NUMBER, 2),
        ("Ask", headings.NUMBER, -2),
        ("Green", headings.RATING, 2),
        ("Green", headings.ACTION, -1.5),
        ("By 3 May 2024", headings.TIMESCALE, 2),
        ("2, 27", headings.SOURCE, 1),
        ("Ask them all", headings.SOURCE, -0.5),
        ("Police", headings.LEAD, 1.5),
        ("Ask them all", headings.LEAD, -0.5),
        ("1.1", headings.ACTION, -2),
        ("Ask every child in the county", headings.ACTION, 1),
        ("Ask every child in the county", "", 0),
        ("Police", headings.ACTION, 0),
    ],
)
def test_how_words_suit_a_column(text: str, meaning: str, worth: float) -> None:
    assert grid.fit(text, meaning) == worth


def test_the_ways_to_place_cells_have_an_end() -> None:
    assert sum(1 for _ in grid._ways(24, 12)) == grid.MOST_ALIGNMENTS
