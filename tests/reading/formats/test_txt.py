"""Plain text: tables by tabs and pipes, headings, bullets, inline mark-up, encodings."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from sightline.reading.blocks import At, Cell, Paragraph, Row, Table, UnreadableFile
from tests.reading.formats.showing import blocks, codes, read, texts


def test_a_whole_small_plan(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "plan.txt",
        "## THE PLAN\n\nHow it is managed\n\nNo.\tAction\tRAG\n<b>Priority 1: Hear them</b>\t\t\n1.1\tAsk\t**Green**\n",
    )
    assert document.title == "THE PLAN"
    assert document.file == "plan.txt"
    assert document.sha256 == hashlib.sha256((tmp_path / "plan.txt").read_bytes()).hexdigest()
    assert blocks(document) == [
        ("h2", "THE PLAN"),
        ("p", "How it is managed"),
        ("table", [["No.", "Action", "RAG"], ["Priority 1: Hear them", "", ""], ["1.1", "Ask", "Green"]]),
    ]
    table = document.tables[0]
    assert table.at == At(table=1, line=5)
    assert table.rows[2] == Row(
        (
            Cell("1.1", 0, raw="1.1", at=At(table=1, row=3, column=1, line=7)),
            Cell("Ask", 1, raw="Ask", at=At(table=1, row=3, column=2, line=7)),
            Cell("Green", 2, raw="**Green**", bold=True, at=At(table=1, row=3, column=3, line=7)),
        ),
        at=At(table=1, row=3, line=7),
    )
    assert table.rows[1].cells[0].bold is True


def test_positions_count_physical_lines(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "\n\none\n\nthree\n")
    assert document.blocks == (
        Paragraph("one", "one", at=At(line=3)),
        Paragraph("three", "three", at=At(line=5)),
    )


@pytest.mark.parametrize(
    ("cell", "text", "items"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo", ()),
        ("Stem: <ul> <li>a</li> <li>b &amp; c</li> </ul>", "Stem:\na\nb & c", ("a", "b & c")),
        ("Led by <ul> • A • B • C &amp;amp; D", "Led by\nA\nB\nC & D", ("A", "B", "C & D")),
        ("• one • two", "one\ntwo", ("one", "two")),
        ("• only one", "• only one", ("only one",)),
        ("•", "•", ()),
        ("4 <sup>th</sup> October", "4 th October", ()),
        ("a < b and c > d", "a < b and c > d", ()),
        ("see [the page](#x) and ![logo](y.png)", "see the page and logo", ()),
        ("<ol><li>a<ul><li>inner</li></ul></li></ol>", "a\ninner", ("a", "inner")),
        ("</b>closed</li></ul> twice", "closed\ntwice", ()),
        ("half <b>bold</b>", "half bold", ()),
        ("Board · Group", "Board · Group", ()),
        ("a\u00adb\u200bc\x07d", "abcd", ()),
    ],
)
def test_inline_mark_up_in_a_cell(tmp_path: Path, cell: str, text: str, items: tuple[str, ...]) -> None:
    rows = read(tmp_path, "a.txt", f"{'x' * 200}\t{cell}\n").tables[0].rows
    assert (rows[0].cells[1].text, rows[0].cells[1].items, rows[0].cells[1].bold) == (text, items, False)


def test_pipe_tables_lose_their_rule_and_keep_escaped_pipes(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "| No | What |\n|----|:---:|\n| 1 | a \\| b |\n")
    assert texts(document.tables[0]) == [["No", "What"], ["1", "a \\| b"]]


def test_html_tables_in_a_text(tmp_path: Path) -> None:
    document = read(
        tmp_path, "a.txt", "a\tb\n<TABLE><tr><td>1</td>\n<td>2</td></tr></TABLE>\nc\td\n<table>open"
    )
    assert blocks(document) == [
        ("table", [["a", "b"]]),
        ("table", [["1", "2"]]),
        ("table", [["c", "d"]]),
        ("p", "<table>open"),
    ]
    assert [table.at for table in document.tables] == [At(table=1, line=1), At(table=2), At(table=3, line=4)]


def test_a_blank_line_parts_tables_and_rows_of_empty_cells_are_dropped(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "a\tb\n\t\nc\td\n\ne\tf\n")
    assert [texts(table) for table in document.tables] == [[["a", "b"], ["c", "d"]], [["e", "f"]]]


def test_an_indent_or_a_list_marker_is_no_column(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "\tindented words\n1.\tfirst\n•\tsecond\n  o\tinner\n- dash\n")
    assert blocks(document) == [
        ("p", "indented words"),
        ("p", "1. first"),
        ("li", "•", 0, "second"),
        ("li", "o", 1, "inner"),
        ("li", "-", 0, "dash"),
    ]


def test_an_indented_line_within_a_table_is_a_row(tmp_path: Path) -> None:
    document = read(tmp_path, "a.txt", "1\ta\tb\n\t\tmore of b\n")
    assert texts(document.tables[0]) == [["1", "a", "b"], ["", "", "more of b"]]


@pytest.mark.parametrize(
    ("content", "words", "found"),
    [
        (codecs.BOM_UTF8 + "naïve".encode(), "naïve", []),
        ("naïve".encode("utf-16"), "naïve", []),
        (codecs.BOM_UTF16_BE + "naïve".encode("utf-16-be"), "naïve", []),
        ("naïve words".encode("utf-16-le"), "naïve words", []),
        ("naïve words".encode("utf-16-be"), "naïve words", []),
        ("naïve – words".encode("cp1252"), "naïve – words", ["encoding_guessed"]),
        (b"x" * 200 + b"\x00", "x" * 200, ["control_characters"]),
        (b"one\r\ntwo", "one", []),
        (b"one\rtwo", "one", []),
    ],
)
def test_encodings(tmp_path: Path, content: bytes, words: str, found: list[str]) -> None:
    document = read(tmp_path, "a.txt", content)
    assert (blocks(document)[0], codes(document)) == (("p", words), found)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^This file holds bytes that no text has; save it again"):
        read(tmp_path, "a.txt", bytes(range(256)) * 4)


def test_two_lines_of_dashes_in_a_cell_are_a_list() -> None:
    from sightline.reading.formats.inline import Inline, read_inline

    assert read_inline("Led by\n- A\n- B", typed=True) == Inline("Led by\nA\nB", ("A", "B"))
    assert read_inline("one\r\ntwo", typed=True) == Inline("one\ntwo")


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Ask them <b>: now", "Ask them <b>: now"),
        ("<b>Amber</b>", "Amber"),
        ("one<br>two", "one\ntwo"),
        ("R&D&notes &sect 11 &lt;b&gt; &#38; &bogus;", "R&D&notes &sect 11 <b> & &bogus;"),
        ("x < y", "x < y"),
        ("**all** of it", "all of it"),
    ],
)
def test_what_somebody_typed_is_mark_up_only_where_it_is_closed(raw: str, text: str) -> None:
    from sightline.reading.formats.inline import read_inline

    assert read_inline(raw, typed=True).text == text


def test_a_table_is_as_wide_as_its_widest_row(tmp_path: Path) -> None:
    table = read(tmp_path, "a.txt", "a\tb\nc\td\te\n").tables[0]
    assert isinstance(table, Table)
    assert table.width == 3
