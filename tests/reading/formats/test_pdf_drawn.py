"""Untagged PDFs: drawn tables, shading, rows cut by a page, headings by size, undrawn columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.reading.blocks import At, Paragraph, UnreadableFile
from sightline.reading.formats.pdf_text import rgb
from tests.reading.formats.paper import Sheet, pdf
from tests.reading.formats.showing import blocks, codes, fills, places, read, texts


def test_a_whole_small_plan(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .words(50, 40, "The plan", size=18, bold=True)
        .words(50, 70, "How it is")
        .words(50, 82, "managed.")
    )
    sheet.box(250, 150, 350, 180, "0 0.6902 0.3137 rg").grid((50, 100, 250, 350), (100, 120, 150, 180))
    for x, y, words, bold in (
        (55, 115, "No.", True),
        (105, 115, "Action", True),
        (255, 115, "RAG", True),
        (55, 135, "1.1", False),
        (105, 135, "Ask the children what they think", False),
        (105, 147, "of it", False),
        (255, 135, "Green", False),
        (105, 165, "• listen", False),
        (105, 177, "• answer", False),
    ):
        sheet.words(x, y, words, bold=bold)
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert blocks(document) == [
        ("h1", "The plan"),
        ("p", "How it is managed."),
        (
            "table",
            [
                ["No.", "Action", "RAG"],
                ["1.1", "Ask the children what they think of it", "Green"],
                ["", "listen\nanswer", ""],
            ],
        ),
    ]
    table = document.tables[0]
    assert document.title == "The plan"
    assert table.rows[2].cells[1].items == ("listen", "answer")
    assert fills(table)[1:] == [[None, None, None], [None, None, "00B050"]]
    assert [cell.bold for cell in table.rows[0].cells] == [True, True, True]
    assert table.rows[1].cells[1].at == At(page=1, table=1, row=2, column=2)


def test_merged_cells(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .grid((50, 100, 150, 200), (100, 120))
        .words(55, 115, "a")
        .words(105, 115, "b")
        .words(155, 115, "c")
    )
    sheet.line(50, 120, 50, 180).line(200, 120, 200, 180).line(50, 180, 200, 180)
    sheet.line(50, 140, 200, 140).words(55, 135, "Priority 1 over all")
    sheet.line(100, 140, 100, 180).line(150, 140, 150, 180).line(100, 160, 200, 160)
    sheet.words(55, 155, "down").words(105, 155, "d").words(155, 155, "e").words(105, 175, "f").words(
        155, 175, "g"
    )
    assert places(read(tmp_path, "a.pdf", pdf(sheet)).tables[0]) == [
        [("a", 0, 1, False), ("b", 1, 1, False), ("c", 2, 1, False)],
        [("Priority 1 over all", 0, 3, False)],
        [("down", 0, 1, False), ("d", 1, 1, False), ("e", 2, 1, False)],
        [("", 0, 1, True), ("f", 1, 1, False), ("g", 2, 1, False)],
    ]


def test_words_printed_upwards(tmp_path: Path) -> None:
    sheet = Sheet().grid((50, 100, 150), (100, 160)).upwards(80, 155, "Status").words(105, 115, "x")
    assert texts(read(tmp_path, "a.pdf", pdf(sheet)).tables[0]) == [["Status", "x"]]


def test_a_line_that_stops_early_ends(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .grid((50, 250, 350), (100, 160))
        .words(55, 115, "One")
        .words(55, 127, "Two")
        .words(255, 115, "x")
    )
    assert texts(read(tmp_path, "a.pdf", pdf(sheet)).tables[0]) == [["One\nTwo", "x"]]


def test_a_table_goes_on_over_pages_with_its_cut_row_whole(tmp_path: Path) -> None:
    first = Sheet().grid((50, 100, 250), (300, 320))
    first.words(55, 315, "1").words(105, 315, "done")
    for x in (50, 100, 250):
        first.line(x, 320, x, 360)
    first.words(55, 335, "2").words(105, 335, "They are heard in every room")
    second = Sheet()
    for x in (50, 100, 250):
        second.line(x, 40, x, 60)
    second.words(105, 55, "at every meeting").line(50, 60, 250, 60).grid((50, 100, 250), (60, 80))
    second.words(55, 75, "3").words(105, 75, "more")
    table = read(tmp_path, "a.pdf", pdf(first, second)).tables[0]
    assert texts(table) == [
        ["1", "done"],
        ["2", "They are heard in every room at every meeting"],
        ["3", "more"],
    ]
    assert table.page_breaks_before == frozenset({2})
    assert [row.at for row in table.rows] == [
        At(page=1, table=1, row=1),
        At(page=1, table=1, row=2),
        At(page=2, table=1, row=3),
    ]


def test_a_table_goes_on_over_pages_between_whole_rows(tmp_path: Path) -> None:
    first = Sheet().grid((50, 100, 250), (300, 320)).words(55, 315, "1").words(105, 315, "x")
    second = Sheet().grid((50, 100, 250), (100, 120)).words(55, 115, "2").words(105, 115, "y")
    table = read(tmp_path, "a.pdf", pdf(first, second)).tables[0]
    assert (texts(table), table.page_breaks_before) == ([["1", "x"], ["2", "y"]], frozenset({1}))


def test_a_cut_row_that_ends_the_table(tmp_path: Path) -> None:
    first, second = Sheet(), Sheet()
    for x in (50, 100, 250):
        first.line(x, 320, x, 360)
        second.line(x, 40, x, 60)
    first.line(50, 320, 250, 320).words(55, 335, "2").words(105, 335, "One half")
    second.line(50, 60, 250, 60).words(105, 55, "and the other")
    table = read(tmp_path, "a.pdf", pdf(first, second)).tables[0]
    assert (texts(table), table.page_breaks_before) == ([["2", "One half and the other"]], frozenset())


def test_a_shaded_cell_at_the_foot_of_a_page_closes_no_row(tmp_path: Path) -> None:
    first, second = Sheet(), Sheet()
    for x in (50, 100, 250):
        first.line(x, 320, x, 360)
        second.line(x, 40, x, 60)
    first.box(50, 320, 100, 360, "1 0 0 rg").line(50, 320, 250, 320).words(105, 335, "One half")
    second.line(50, 60, 250, 60).words(105, 55, "and the other")
    table = read(tmp_path, "a.pdf", pdf(first, second)).tables[0]
    assert (texts(table), fills(table)) == ([["", "One half and the other"]], [["FF0000", None]])


@pytest.mark.parametrize(
    ("columns", "words"), [((50, 100, 300), ""), ((50, 100, 150, 250), ""), ((50, 100, 250), "Between")]
)
def test_another_table_or_words_between_end_it(
    tmp_path: Path, columns: tuple[float, ...], words: str
) -> None:
    first = Sheet().grid((50, 100, 250), (300, 320)).words(55, 315, "1").words(105, 315, "x")
    second = Sheet().grid(columns, (100, 120)).words(55, 115, "2").words(105, 115, "y")
    if words:
        second.words(50, 60, words)
    assert len(read(tmp_path, "a.pdf", pdf(first, second)).tables) == 2


def test_a_page_between_ends_a_table(tmp_path: Path) -> None:
    sheets = [Sheet().grid((50, 100, 250), (100, 120)).words(55, 115, str(n)) for n in (1, 2)]
    assert len(read(tmp_path, "a.pdf", pdf(sheets[0], Sheet(), sheets[1])).tables) == 2


def test_lines_that_make_no_table(tmp_path: Path) -> None:
    ruled = Sheet().words(50, 50, "Words").line(50, 60, 300, 60).line(50, 70, 300, 70).line(50, 80, 300, 80)
    ruled.line(50, 90, 300, 90).line(50, 95, 300, 95)
    framed = Sheet().words(60, 65, "Framed words").grid((50, 300), (50, 80))
    assert blocks(read(tmp_path, "a.pdf", pdf(ruled, framed))) == [("p", "Words"), ("p", "Framed words")]


def test_a_frame_beside_a_table(tmp_path: Path) -> None:
    sheet = Sheet().grid((50, 100, 150), (100, 120)).words(55, 115, "a").words(105, 115, "b")
    sheet.grid((300, 400), (200, 240, 260)).words(310, 220, "Framed")
    assert blocks(read(tmp_path, "a.pdf", pdf(sheet))) == [("table", [["a", "b"]]), ("p", "Framed")]


def test_headings_paragraphs_and_bullets(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .words(50, 40, "Title", size=20)
        .words(50, 70, "Part", size=14)
        .words(50, 90, "A long line that")
    )
    sheet.words(50, 102, "goes on with multi-").words(50, 114, "agency work").words(
        50, 140, "Another paragraph"
    )
    sheet.words(50, 152, "• first").words(50, 164, "• second that is long and").words(58, 176, "goes on")
    sheet.words(50, 188, "1. Numbered").words(50, 212, "Bold alone", bold=True).words(50, 224, "then plain")
    sheet.words(50, 248, "Recommendation 1 is a new one").words(50, 272, "• ")
    assert blocks(read(tmp_path, "a.pdf", pdf(sheet))) == [
        ("h1", "Title"),
        ("h2", "Part"),
        ("p", "A long line that goes on with multi-agency work"),
        ("p", "Another paragraph"),
        ("li", "•", 0, "first"),
        ("li", "•", 0, "second that is long and goes on"),
        ("p", "1. Numbered"),
        ("p", "Bold alone"),
        ("p", "then plain"),
        ("p", "Recommendation 1 is a new one"),
        ("p", "•"),
    ]


def test_a_paragraph_goes_on_over_a_page_where_it_has_not_ended(tmp_path: Path) -> None:
    sheets = [
        Sheet().words(50, 340, "A sentence that is cut by"),
        Sheet().words(50, 60, "the page. And ends.").words(50, 340, "It says"),
        Sheet().words(50, 60, "Capital letters begin"),
    ]
    document = read(tmp_path, "a.pdf", pdf(*sheets))
    assert blocks(document) == [
        ("p", "A sentence that is cut by the page. And ends."),
        ("p", "It says"),
        ("p", "Capital letters begin"),
    ]
    assert document.blocks[0] == Paragraph(
        "A sentence that is cut by the page. And ends.",
        "A sentence that is cut by the page. And ends.",
        at=At(page=1),
    )


def test_running_titles_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    sheets = [
        Sheet()
        .words(50, 20, "The plan 2026")
        .words(50, 200, f"Page words {n}.")
        .words(240, 390, f"Page {n} of 3")
        for n in (1, 2, 3)
    ]
    assert blocks(read(tmp_path, "a.pdf", pdf(*sheets))) == [
        ("p", "Page words 1."),
        ("p", "Page words 2."),
        ("p", "Page words 3."),
    ]


def test_columns_that_align_on_every_line_are_a_table(tmp_path: Path) -> None:
    sheet = Sheet().words(50, 40, "Attendance was as follows.")
    for y, seat, share in ((70, "Chair", "100%"), (84, "Head of service", "83%"), (98, "Lay member", "67%")):
        sheet.words(50, y, seat).words(250, y, share)
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert blocks(document) == [
        ("p", "Attendance was as follows."),
        ("table", [["Chair", "100%"], ["Head of service", "83%"], ["Lay member", "67%"]]),
    ]
    assert document.tables[0].rows[1].cells[1].at == At(page=1, table=1, row=2, column=2)


def test_columns_that_do_not_align_stay_words_and_are_told(tmp_path: Path) -> None:
    sheet = Sheet()
    for y, x, words in ((70, 250, "By March"), (84, 290, "Ongoing"), (98, 270, "By the end of June")):
        sheet.words(50, y, "Ask them").words(x, y, words)
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert blocks(document) == [("p", "Ask them By March Ask them Ongoing Ask them By the end of June")]
    assert codes(document) == ["columns_unreadable"]
    assert document.notices[0].at == At(page=1)


def test_a_line_with_fewer_columns_spoils_the_table(tmp_path: Path) -> None:
    sheet = Sheet()
    for y in (70, 84, 98):
        sheet.words(50, y, "One").words(150, y, "two")
        if y > 70:
            sheet.words(250, y, "three")
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert (document.tables, codes(document)) == ((), ["columns_unreadable"])


def test_running_text_in_two_columns_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    for y in (70, 84, 98):
        for x in (20, 260):
            sheet.words(x, y, "so many words stand in each of the columns here", size=8)
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert (document.tables, codes(document)) == ((), ["columns_unreadable"])


def test_two_lines_with_gaps_are_neither_table_nor_told(tmp_path: Path) -> None:
    sheet = Sheet().words(50, 70, "Name").words(250, 70, "Date").words(50, 84, "Chair").words(250, 84, "May")
    document = read(tmp_path, "a.pdf", pdf(sheet))
    assert (blocks(document), codes(document)) == ([("p", "Name Date Chair May")], [])


def test_a_pdf_of_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"^This PDF holds pictures of pages and no text; ask for one"):
        read(tmp_path, "a.pdf", pdf(Sheet().box(0, 0, 100, 100, "0 g")))


@pytest.mark.parametrize(
    ("colour", "result"),
    [
        ((1, 0, 0), "FF0000"),
        ([0.5], "808080"),
        (0, "000000"),
        ((0, 0.25, 1, 0), "FFBF00"),
        ((0, 0, 0, 2), "000000"),
        (("pattern",), None),
        ((), None),
        (None, None),
        ((1, 2), None),
    ],
)
def test_colours_of_pdf(colour: object, result: str | None) -> None:
    assert rgb(colour) == result
