import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rendering.document import Span, TableCell
from sightline.rendering.text import clean, flat, lines, one_line, pieces, plain, spans

ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("plain", "plain"),
        ("a\r\nb\rc\x0bd\x0ce\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("tab\tstays", "tab\tstays"),
        ("bell\x07 null\x00", "bell\ufffd null\ufffd"),
        ("\ufeffmark", "mark"),
        ("half \ud800 pair", "half \ufffd pair"),
        ("not a character \ufffe", "not a character \ufffd"),
    ],
)
def test_what_cannot_be_printed_is_replaced_where_it_stands(given: str, cleaned: str) -> None:
    assert clean(given) == cleaned


@given(ANY)
def test_clean_text_is_clean_and_fits_into_xml(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    element = ET.Element("a")
    element.text = cleaned
    assert (ET.fromstring(ET.tostring(element, "utf-8")).text or "") == cleaned  # noqa: S314


def test_one_line_joins_lines() -> None:
    assert one_line(" a\nb\r\nc ") == "a b c"


def test_an_empty_text_has_no_lines_but_empty_lines_inside_stay() -> None:
    assert lines("") == []
    assert lines("a\n\nb") == ["a", "", "b"]


def test_a_cell_as_plain_text_marks_its_list_items() -> None:
    assert flat(TableCell("a\nb", ("c", "d"))) == "a\nb\n• c\n• d"
    assert flat(TableCell(items=("c",))) == "• c"
    assert flat(TableCell()) == ""


def test_content_is_spans_or_text() -> None:
    assert spans("a") == (Span("a"),)
    assert plain((Span("a", bold=True), Span("b"))) == "ab"


def test_only_long_words_are_cut() -> None:
    assert pieces("short words only", 14) == ["short words only"]
    assert pieces("see abcdefghijklmnop now", 14) == ["see abcd", "efgh", "ijkl", "mnop now"]


@given(ANY, st.integers(4, 30))
def test_pieces_are_the_whole_line_and_never_longer_than_they_may_be(line: str, longest: int) -> None:
    found = pieces(line, longest)
    assert "".join(found) == line
    assert all(len(word) <= max(longest, 7) for piece in found for word in piece.split())
