"""CSV and TSV: separators, quotation marks, line ends in cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.reading.blocks import At, Cell, UnreadableFile
from tests.reading.formats.showing import blocks, codes, read, texts

ROWS = [
    ["No.", "Action", "RAG"],
    ["1.1", "Ask, then\nlisten; again | more", "Green"],
    ["1.2", 'Say "yes"', ""],
]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    lines = [separator.join('"{}"'.format(cell.replace('"', '""')) for cell in row) for row in ROWS]
    document = read(tmp_path, "a.csv", "\r\n".join(lines))
    assert texts(document.tables[0]) == ROWS
    assert document.format == "csv"


def test_a_declared_separator_is_used(tmp_path: Path) -> None:
    assert texts(read(tmp_path, "a.csv", "sep=;\na,1;b,2\n").tables[0]) == [["a,1", "b,2"]]


def test_tabs_and_quotes_in_a_tsv(tmp_path: Path) -> None:
    document = read(tmp_path, "a.tsv", 'No\tWhat\n1\t"two\nlines"\n')
    assert texts(document.tables[0]) == [["No", "What"], ["1", "two\nlines"]]
    assert document.tables[0].rows[1].cells[1] == Cell(
        "two\nlines", 1, raw="two\nlines", at=At(table=1, row=2, column=2)
    )
    assert document.format == "tsv"


def test_lines_before_the_table_are_paragraphs(tmp_path: Path) -> None:
    assert blocks(read(tmp_path, "a.csv", "The plan\n\nNo,What,RAG\n1,a,b\n")) == [
        ("p", "The plan"),
        ("table", [["No", "What", "RAG"], ["1", "a", "b"]]),
    ]


def test_a_file_without_separators_is_text(tmp_path: Path) -> None:
    assert blocks(read(tmp_path, "a.csv", "one\ntwo\n")) == [("p", "one"), ("p", "two")]


def test_only_the_first_records_decide_the_separator(tmp_path: Path) -> None:
    document = read(tmp_path, "a.csv", "a;b\n" * 60 + "x,y,z\n")
    assert texts(document.tables[0])[-1] == ["x,y,z", ""]


def test_lists_and_mark_up_in_cells(tmp_path: Path) -> None:
    table = read(tmp_path, "a.csv", 'No,What\n1,"Led by\n- A\n- B"\n2,"<b>x</b> &amp; y"\n').tables[0]
    assert table.rows[1].cells[1].items == ("A", "B")
    assert table.rows[2].cells[1].text == "x & y"


def test_unprintable_characters_are_left_out_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, "a.csv", "a,b\x00\n" + "c,d\n" * 200)
    assert (texts(document.tables[0])[0], codes(document)) == (["a", "b"], ["control_characters"])


def test_a_guard_against_formulas_is_no_word(tmp_path: Path) -> None:
    table = read(tmp_path, "a.csv", "No,What\n1,'=SUM(A1)\n2,'tis so\n").tables[0]
    assert texts(table)[1:] == [["1", "=SUM(A1)"], ["2", "'tis so"]]


def test_too_many_records_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^This file has more than 5,000 table rows; split it\.$"):
        read(tmp_path, "a.csv", "a,b\n" * 5001)


def test_a_cell_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile, match=r"^A cell of this file never ends; check that its quotation marks"
    ):
        read(tmp_path, "a.csv", 'a,b\n1,"' + "x" * 200_000)
