import io
import warnings

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from sightline.rendering.document import Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.rendering.excel import CELL_LIMIT, CUT, to_xlsx
from sightline.rendering.text import clean
from tests.rendering.examples import FIGURE, PLAN, band, row, table, whole


def opened(doc: Document) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(doc)), rich_text=False)


def test_one_sheet_a_table_and_the_rest_at_the_end() -> None:
    book = opened(whole())
    assert book.sheetnames == ["Actions", "Attendance", "About"]
    assert [row[0] for row in book["About"].iter_rows(values_only=True)] == [
        "Wealdshire action plan",
        "April 2026 to March 2028",
        "OFFICIAL & more",
        "As at: 22 November 2026",
        "Owner: Business group",
        "What this is.",
        "Read the plan or the site",
        "The plan",
        "More",
        "• one",
        "• two",
        "• first",
        "• second",
        "• first again",
        "Take care.\nReally.",
        "Small print.",
        FIGURE.alt,
    ]


def test_cells_hold_the_very_text() -> None:
    sheet = opened(whole())["Actions"]
    assert [list(cells) for cells in sheet.iter_rows(values_only=True)] == [
        ["No.", "Action", "Status"],
        ["Priority 1: Children are heard", None, None],
        ["1.1", "Ask children\n\nand tell them\n• what they said\n• what we did", "Green"],
        ["1.10", "=SUM(A1:A9)", "Red | not *yet* <b>done</b>"],
        ["Priority 2: Neglect", None, None],
        ["2.1", "• only a list", None],
    ]
    assert sheet["B4"].data_type == "s"


def test_the_head_stays_in_sight_and_on_every_page() -> None:
    sheet = opened(whole())["Actions"]
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.oddHeader.center.text == "&BOFFICIAL && more"
    assert sheet.oddFooter.right.text == "Page &P of &N"
    assert opened(whole(landscape=False, marking=""))["Actions"].page_setup.orientation == "portrait"


def test_bands_are_merged_bold_and_high_enough() -> None:
    long = table(band("Priority " * 60), row("1", "2", "3"))
    sheet = opened(Document("T", (long,)))["Actions"]
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A2:C2"]
    assert sheet["A2"].font.b
    assert sheet.row_dimensions[2].height == 56.25


def test_a_band_over_one_column_is_not_merged() -> None:
    sheet = opened(Document("T", (table(band("B"), headings=("One",)),)))["Actions"]
    assert [list(cells) for cells in sheet.iter_rows(values_only=True)] == [["One"], ["B"]]
    assert list(sheet.merged_cells.ranges) == []


def test_fills_come_with_text_that_can_be_read() -> None:
    sheet = opened(whole())["Actions"]
    assert sheet["C3"].fill.fgColor.rgb == "FF00703C"
    assert sheet["C3"].font.color.rgb == "FFFFFFFF"
    assert sheet["C3"].font.b
    assert sheet["A5"].fill.fgColor.rgb == "FFFFB700"


def test_links_lead_outside_only() -> None:
    rows = table(
        TableRow(
            (
                TableCell("a", href="https://a.test/"),
                TableCell("b", href="#x"),
                TableCell("", href="https://a.test/"),
            )
        ),
        TableRow((TableCell("c", href="https://a.test/" + "x" * 2000), TableCell("d", href="javascript:x"))),
    )
    sheet = opened(Document("T", (rows,)))["Actions"]
    links = {cell.coordinate: cell.hyperlink.target for line in sheet for cell in line if cell.hyperlink}
    assert links == {"A2": "https://a.test/"}
    assert sheet["A2"].value == "a"
    assert sheet["A3"].value == "c"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-5", -5),
        ("0.5", 0.5),
        ("1.10", "1.10"),
        ("007", "007"),
        ("1,200", "1,200"),
        ("86%", "86%"),
        ("-0", 0),
        ("1234567890123456", "1234567890123456"),
        ("no figure", "no figure"),
        ("", None),
    ],
)
def test_only_numbers_that_stay_the_same_are_numbers(text: str, value: object) -> None:
    numbers = Table("N", (Column("n", number=True), Column("t")), (row(text, text),))
    sheet = opened(Document("T", (numbers,)))["N"]
    assert sheet["A2"].value == value
    assert sheet["B2"].value == (text or None)


def test_sheet_names_are_such_as_excel_takes() -> None:
    captions = ["A/B: [plan]?", "a b plan", "History", "", "'quoted'", "x" * 40, "x" * 40, "About", "[]"]
    tables = tuple(Table(caption, (Column("a"),), ()) for caption in captions)
    assert opened(Document("The title", tables)).sheetnames == [
        "A B plan",
        "a b plan 2",
        "History 2",
        "The title",
        "quoted",
        "x" * 31,
        "x" * 29 + " 2",
        "About 2",
        "Table",
        "About",
    ]


def test_two_tables_without_a_name_are_told_apart() -> None:
    tables = tuple(Table("[]", (Column("a"),), ()) for _ in range(2))
    assert opened(Document("T", tables)).sheetnames == ["Table", "Table 2", "About"]


@pytest.mark.parametrize("letter", ["x", "\N{GRINNING FACE}"])
def test_a_text_that_is_too_long_is_cut_and_says_so(letter: str) -> None:
    text = opened(Document("T", (table(row(letter * 40_000)),)))["Actions"]["A2"].value
    assert str(text).endswith(CUT)
    assert len(str(text).encode("utf-16-le")) // 2 in (CELL_LIMIT, CELL_LIMIT - 1)


def test_a_text_that_just_fits_is_whole() -> None:
    text = "x" * CELL_LIMIT
    assert opened(Document("T", (table(row(text)),)))["Actions"]["A2"].value == text


def test_properties() -> None:
    found = opened(whole()).properties
    assert (found.title, found.creator) == ("Wealdshire action plan", "Business unit")
    assert (found.subject, found.keywords, found.category) == ("Plan", "plan, children", None)


def test_a_figure_without_table_has_no_sheet() -> None:
    figure = type(FIGURE)(FIGURE.svg, "alt", "c", None)
    assert opened(Document("T", (figure, Paragraph("")))).sheetnames == ["About"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=20), min_size=3, max_size=3))
def test_any_text_is_a_string_and_comes_back(texts: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = opened(Document("T", (table(row(*texts)),)))["Actions"]
    found = [sheet.cell(2, column).value for column in (1, 2, 3)]
    assert found == [clean(text) or None for text in texts]


def test_the_plan_has_as_many_rows_as_it_has() -> None:
    assert opened(Document("T", (PLAN,)))["Actions"].max_row == len(PLAN.rows) + 1
