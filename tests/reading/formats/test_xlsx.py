# ruff: noqa: DTZ001  (what Excel stores has no time zone)
"""Workbooks: sheets, titles, values as shown, fills, merges, hidden parts, formulas."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from sightline.reading.blocks import At, Cell, Heading, ListItem, Paragraph, PrintedDocument, UnreadableFile
from sightline.reading.formats.xlsx_values import Value, shown
from tests.reading.formats.showing import blocks, codes, fills, places, read, texts

HEADER = ("No.", "Action", "RAG")


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(tmp_path: Path, fill: Callable[[Worksheet], object], title: str = "Sheet1") -> PrintedDocument:
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = title
    fill(page)
    return read(tmp_path, "a.xlsx", saved(book))


def rows(*given: tuple[object, ...]) -> Callable[[Worksheet], None]:
    def fill(page: Worksheet) -> None:
        for row in given:
            page.append(row)

    return fill


def changed(content: bytes, part: str, old: str, new: str) -> bytes:
    """A zipped file with one of its parts changed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            text = before.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            after.writestr(name, text)
    return out.getvalue()


def test_a_whole_small_plan(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page["A1"] = "The plan"
        page["A1"].font = Font(bold=True)
        page["A2"] = "How it is managed"
        for column, words in enumerate(HEADER, start=1):
            page.cell(4, column, words).font = Font(bold=True)
        page["A5"] = "Priority 1: Hear them"
        page.merge_cells("A5:C5")
        page.append(("1.1", "Ask:\n• one\n• two", "Green"))

    document = sheet(tmp_path, fill, "Plan 2026")
    assert blocks(document) == [
        ("h1", "Plan 2026"),
        ("h2", "The plan"),
        ("p", "How it is managed"),
        ("table", [["No.", "Action", "RAG"], ["Priority 1: Hear them"], ["1.1", "Ask:\none\ntwo", "Green"]]),
    ]
    assert document.title == "The plan"
    assert document.blocks[1] == Heading("The plan", 2, At(row=1, column=1))
    table = document.tables[0]
    assert table.rows[1].cells == (
        Cell("Priority 1: Hear them", 0, 3, raw="Priority 1: Hear them", at=At(table=1, row=5, column=1)),
    )
    assert table.rows[2].cells[1].items == ("one", "two")
    assert [cell.bold for cell in table.rows[0].cells] == [True, True, True]


def test_a_sheet_with_a_name_of_its_own_is_a_heading_and_one_without_is_not(tmp_path: Path) -> None:
    assert [block for block in blocks(sheet(tmp_path, rows(HEADER), "Plan")) if block[0] == "h1"] == [
        ("h1", "Plan")
    ]
    assert [block for block in blocks(sheet(tmp_path, rows(HEADER))) if block[0] == "h1"] == []


def test_every_sheet_is_headed_where_there_are_several(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(HEADER)
    book.create_sheet("Empty")
    book.create_chartsheet("Chart")
    book.create_sheet("Second").append(("a", "b", "c"))
    document = read(tmp_path, "a.xlsx", saved(book))
    assert blocks(document) == [
        ("h1", "Sheet"),
        ("table", [list(HEADER)]),
        ("h1", "Second"),
        ("table", [["a", "b", "c"]]),
    ]
    assert [table.at for table in document.tables] == [At(table=1), At(table=2)]


def test_a_table_that_begins_further_right_keeps_the_sheets_positions(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page["C3"], page["D3"], page["E4"] = "a", "b", "c"

    table = sheet(tmp_path, fill).tables[0]
    assert places(table) == [
        [("a", 0, 1, False), ("b", 1, 1, False), ("", 2, 1, False)],
        [("", 0, 1, False), ("", 1, 1, False), ("c", 2, 1, False)],
    ]
    assert table.rows[1].cells[2].at == At(table=1, row=4, column=5)


def test_blank_rows_part_tables_of_other_shape_and_join_those_that_go_on(tmp_path: Path) -> None:
    blank: tuple[object, ...] = ()
    document = sheet(
        tmp_path,
        rows(
            HEADER,
            ("1", "x", "y"),
            blank,
            ("2", "x", "y"),
            blank,
            ("Key",),
            ("Red", "late"),
            blank,
            ("n", "o", "p", "q"),
        ),
    )
    assert blocks(document) == [
        ("table", [list(HEADER), ["1", "x", "y"], ["2", "x", "y"]]),
        ("p", "Key"),
        ("table", [["Red", "late"]]),
        ("table", [["n", "o", "p", "q"]]),
    ]


@pytest.mark.parametrize("shaded", [False, True])
def test_a_header_of_its_own_begins_a_table_and_a_repeated_one_does_not(tmp_path: Path, shaded: bool) -> None:
    def fill(page: Worksheet) -> None:
        def head(row: int, words: tuple[str, ...]) -> None:
            for column, word in enumerate(words, start=1):
                cell = page.cell(row, column, word)
                cell.font = Font(bold=not shaded)
                if shaded:
                    cell.fill = PatternFill("solid", "FF112233")

        head(1, HEADER)
        page.append(("1", "x", "y"))
        head(4, HEADER)
        page.append(("2", "x", "y"))
        head(7, ("Who", "When", "Why"))
        page.append(("3", "x", "y"))

    assert [texts(table) for table in sheet(tmp_path, fill).tables] == [
        [list(HEADER), ["1", "x", "y"], list(HEADER), ["2", "x", "y"]],
        [["Who", "When", "Why"], ["3", "x", "y"]],
    ]


def test_a_run_further_right_is_a_table_of_its_own(tmp_path: Path) -> None:
    document = sheet(tmp_path, rows(HEADER, ("1", "x", "y"), (), ("", "2", "x", "y")))
    assert [texts(table) for table in document.tables] == [[list(HEADER), ["1", "x", "y"]], [["2", "x", "y"]]]


def test_a_sheet_of_single_cells_is_running_text(tmp_path: Path) -> None:
    document = sheet(tmp_path, rows(("one",), (), ("two\nlines",), ("• three",)))
    assert document.blocks == (
        Paragraph("one", "one", at=At(row=1, column=1)),
        Paragraph("two\nlines", "two\nlines", at=At(row=3, column=1)),
        ListItem("three", "•", at=At(row=4, column=1)),
    )


def test_merged_cells(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        for row in (("No", "What", "x", "RAG"), (1, "a", "b", "c"), (None, "d", "e", "f")):
            page.append(row)
        page.merge_cells("B1:C1")
        page.merge_cells("A2:A3")
        page.merge_cells("H2:J9")

    assert places(sheet(tmp_path, fill).tables[0]) == [
        [("No", 0, 1, False), ("What", 1, 2, False), ("RAG", 3, 1, False)],
        [("1", 0, 1, False), ("a", 1, 1, False), ("b", 2, 1, False), ("c", 3, 1, False)],
        [("", 0, 1, True), ("d", 1, 1, False), ("e", 2, 1, False), ("f", 3, 1, False)],
    ]


def test_fills_of_every_kind(tmp_path: Path) -> None:
    kinds = [
        PatternFill("solid", "FF00B050"),
        PatternFill("solid", Color(theme=4)),
        PatternFill("solid", Color(theme=4, tint=0.4)),
        PatternFill("solid", Color(indexed=2)),
        PatternFill("solid", Color(indexed=64)),
        PatternFill("solid", Color(theme=77)),
        PatternFill("solid", Color(auto=True)),
        PatternFill("gray125", fgColor="FF000000", bgColor="FFFFC000"),
        PatternFill(),
    ]

    def fill(page: Worksheet) -> None:
        for column, kind in enumerate(kinds, start=1):
            page.cell(1, column, "x").fill = kind

    assert fills(sheet(tmp_path, fill).tables[0]) == [
        ["00B050", "4F81BD", "95B3D7", "FF0000", None, None, None, "FFC000", None]
    ]


def test_gradients_and_missing_themes_are_no_fill(tmp_path: Path) -> None:
    from openpyxl.styles import GradientFill

    book = openpyxl.Workbook()
    page = book["Sheet"]
    page.append(("a", "b"))
    page["A1"].fill = GradientFill(stop=("FF000000", "FFFFFFFF"))
    page["B1"].fill = PatternFill("solid", Color(theme=4))
    for theme in (
        "<theme/>",
        "<a:t xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:clrScheme>"
        "<a:accent1><a:sysClr val='windowText'/></a:accent1></a:clrScheme></a:t>",
    ):
        book.loaded_theme = theme
        assert fills(read(tmp_path, "a.xlsx", saved(book)).tables[0]) == [[None, None]]


def test_a_workbook_without_a_theme_part(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(("a", "b"))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            if "theme" not in name:
                after.writestr(name, before.read(name))
    assert fills(read(tmp_path, "a.xlsx", out.getvalue()).tables[0]) == [[None, None]]


def test_headers_that_excel_knows(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        for row in (("a", "b"), ("c", "d"), ("e", "f"), ("g", "h")):
            page.append(row)
        page.print_title_rows = "1:2"
        page.add_table(ExcelTable(displayName="T", ref="A3:B4"))

    assert [row.header for row in sheet(tmp_path, fill).tables[0].rows] == [True, True, True, False]


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book["Sheet"]
    page.append(("a", "b"))
    page.append(("c", "d"))
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    for name, state in (("Back", "hidden"), ("Deep", "veryHidden"), ("Void", "hidden")):
        other = book.create_sheet(name)
        other.sheet_state = state
        if name != "Void":
            other.append((name, "x"))
    document = read(tmp_path, "a.xlsx", saved(book))
    assert [block for block in blocks(document) if block[0] == "table"] == [
        ("table", [["a", "b"], ["c", "d"]]),
        ("table", [["Back", "x"]]),
        ("table", [["Deep", "x"]]),
    ]
    assert [(notice.code, notice.message) for notice in document.notices] == [
        ("hidden_sheet", "Hidden sheets were read too: “Back”, “Deep”."),
        ("hidden_rows", "2 hidden rows or columns were read too."),
    ]


def test_formulas_give_their_stored_values(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(("total", "=1+1", "=2+2"))
    content = changed(saved(book), "xl/worksheets/sheet1.xml", "<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>")
    document = read(tmp_path, "a.xlsx", content)
    assert blocks(document) == [("table", [["total", "2"]])]
    assert codes(document) == ["formula_value"]


def test_comments_are_told_of(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(("a", "b"))
        page["A1"].comment = Comment("look here", "somebody")

    assert codes(sheet(tmp_path, fill)) == ["comments_unread"]


def test_styles_that_cannot_be_made_out_cost_the_colours_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book["Sheet"]
    page.append(("a", "b"))
    page.append(("c", None))
    page.merge_cells("A2:B2")
    page["A1"].fill = PatternFill("solid", "FF00B050")
    content = changed(saved(book), "xl/styles.xml", 'patternType="solid"', 'patternType="strange"')
    document = read(tmp_path, "a.xlsx", content)
    assert places(document.tables[0]) == [[("a", 0, 1, False), ("b", 1, 1, False)], [("c", 0, 2, False)]]
    assert (fills(document.tables[0])[0], codes(document)) == ([None, None], ["colours_unread"])


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (None, "General", ""),
        ("words", "@", "words"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        (3.0, "General", "3"),
        (1.1, "General", "1.1"),
        (0.1 + 0.2, "General", "0.3"),
        (1.1, "0.00", "1.10"),
        (0.86, "0%", "86%"),
        (0.1234, "0.0%", "12.3%"),
        (357082, "#,##0", "357,082"),
        (357082, '"£"#,##0.00', "£357,082.00"),
        (12.5, "[$£-809]#,##0.00", "£12.50"),
        (-5, "0.0;[Red]-0.0", "-5.0"),
        (3, '0" cases"', "3cases"),
        (3, "0\\x", "3x"),
        (1500.0, "0.00E+00", "1500"),
        (dt.date(2018, 9, 30), "dd/mm/yyyy", "30 September 2018"),
        (dt.date(2018, 9, 30), "General", "30 September 2018"),
        (dt.date(2021, 4, 1), "mmm-yy", "April 2021"),
        (dt.date(2021, 4, 1), "yyyy", "2021"),
        (dt.datetime(2021, 4, 1, 9, 30), "dd/mm/yyyy hh:mm", "1 April 2021 09:30"),
        (dt.datetime(2021, 4, 1), "dd/mm/yyyy hh:mm", "1 April 2021"),
        (dt.datetime(2021, 4, 1, 9, 30), "dd/mm/yyyy", "1 April 2021"),
        (dt.time(9, 30), "hh:mm", "09:30"),
        (dt.timedelta(hours=30), "[h]:mm", "1 day, 6:00:00"),
    ],
)
def test_values_as_they_are_shown(value: Value, shape: str, text: str) -> None:
    assert shown(value, shape) == text


def test_values_through_a_file(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(("1.10", 1.1, dt.date(2021, 4, 1), 0.5, True))
        page["B1"].number_format = "0.00"
        page["C1"].number_format = "mmm-yy"
        page["D1"].number_format = "0%"

    assert texts(sheet(tmp_path, fill).tables[0]) == [["1.10", "1.10", "April 2021", "50%", "TRUE"]]


def test_too_many_filled_rows_are_refused_before_they_are_laid_out(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^This file has more than 5,000 filled rows; split it\.$"):
        sheet(tmp_path, rows(*[(number, "x") for number in range(5001)]))


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("F1048576", "The cells of a sheet in this file lie too far apart; delete those far from the table."),
        ("ZZZ1", "A sheet has more than 500 columns; leave out what is no plan."),
        ("CZ1", "A table in this file has more than 100 columns; leave out what is no plan."),
    ],
)
def test_cells_far_from_the_table_are_refused(tmp_path: Path, place: str, sentence: str) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(("a", "b", "c", "d", "e"))
    content = changed(saved(book), "xl/worksheets/sheet1.xml", 'r="E1"', f'r="{place}"')
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, "a.xlsx", content)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "</sheetData>",
            "</sheetData>" + "<row />" * 100_001,
            "A sheet is formatted far below its table; delete the empty rows and save the file.",
        ),
        (
            "</sheetData>",
            '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
            "Cells in this file are merged far beyond its tables; undo that and save it again.",
        ),
    ],
)
def test_sheets_that_ask_for_too_much_memory_are_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    book = openpyxl.Workbook()
    book["Sheet"].append(("a", "b"))
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, "a.xlsx", changed(saved(book), "xl/worksheets/sheet1.xml", old, new))
    assert str(refused.value) == sentence
