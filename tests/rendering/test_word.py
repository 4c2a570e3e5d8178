import io

import docx
import pytest
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.table import _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

from sightline.rendering import colours
from sightline.rendering.document import (
    BulletList,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from sightline.rendering.text import clean
from sightline.rendering.word import to_docx
from tests.rendering.examples import FIGURE, PLAN, row, table, whole


def opened(doc: Document) -> WordFile:
    return docx.Document(io.BytesIO(to_docx(doc)))


def styled(word: WordFile) -> list[tuple[str, str]]:
    return [(p.style.name if p.style else "", p.text) for p in word.paragraphs if p.text]


def paragraphs(cell: _Cell) -> list[tuple[str, str]]:
    return [(p.style.name if p.style else "", p.text) for p in cell.paragraphs]


def fill(cell: _Cell) -> str | None:
    shade = cell._tc.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    return None if shade is None else shade.get(qn("w:fill"))


def row_marks(table: WordTable, number: int) -> list[str]:
    properties = table.rows[number]._tr.trPr
    return [] if properties is None else [child.tag.split("}")[1] for child in properties]


def test_every_paragraph_has_its_style() -> None:
    assert styled(opened(whole())) == [
        ("Title", "Wealdshire action plan"),
        ("Subtitle", "April 2026 to March 2028"),
        ("Facts", "As at: 22 November 2026"),
        ("Facts", "Owner: Business group"),
        ("Lead", "What this is."),
        ("Normal", "Read the plan or the site"),
        ("Heading 1", "The plan"),
        ("Caption", "Actions"),
        ("Heading 2", "More"),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
        ("List Number", "first"),
        ("List Number", "second"),
        ("List Number", "first again"),
        ("Warning", "Take care.\nReally."),
        ("Small", "Small print."),
        ("Caption", "Attendance"),
    ]


def test_styles_that_are_used_are_defined_once() -> None:
    word = opened(whole())
    identities = [s.get(qn("w:styleId")) for s in word.styles.element.style_lst]
    assert len(identities) == len(set(identities))
    used = {e.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle") for e in word.element.iter(qn(tag))}
    assert used <= set(identities)


def test_the_file_knows_title_author_and_language() -> None:
    word = opened(whole())
    core = word.core_properties
    assert (core.title, core.author, core.language) == ("Wealdshire action plan", "Business unit", "en-GB")
    assert (core.subject, core.keywords, core.comments) == ("Plan", "plan, children", "")
    assert {e.get(qn("w:val")) for e in word.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_long_properties_are_cut_as_the_format_demands() -> None:
    core = opened(
        Document("T" * 300, (), author="A" * 300, properties={"subject": "S" * 300})
    ).core_properties
    assert [len(text) for text in (core.title, core.author, core.subject)] == [255, 255, 255]


def test_every_page_has_marking_and_number() -> None:
    section = opened(whole()).sections[0]
    assert section.header.paragraphs[0].text == "OFFICIAL & more"
    fields = [e.get(qn("w:instr")) for e in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == [" PAGE ", " NUMPAGES "]
    assert "".join(t.text or "" for t in section.footer._element.iter(qn("w:t"))) == "Page 1 of 1"


@pytest.mark.parametrize(("landscape", "size"), [(True, (297, 210)), (False, (210, 297))])
def test_the_table_is_as_wide_as_the_page_within_its_margins(landscape: bool, size: tuple[int, int]) -> None:
    word = opened(whole(landscape))
    section = word.sections[0]
    width, height = section.page_width, section.page_height
    left, right = section.left_margin, section.right_margin
    assert width is not None
    assert height is not None
    assert left is not None
    assert right is not None
    assert (round(width.mm), round(height.mm)) == size
    grid = sum(int(column.get(qn("w:w")) or 0) for column in word.tables[0]._tbl.iter(qn("w:gridCol")))
    assert abs(grid - (width - left - right) // 635) <= 10


def test_the_header_row_repeats_and_short_rows_stay_whole() -> None:
    first = opened(Document("T", (table(row("1", "short"), row("2", "long " * 2000)),))).tables[0]
    assert row_marks(first, 0) == ["cantSplit", "tblHeader"]
    assert row_marks(first, 1) == ["cantSplit"]
    assert row_marks(first, 2) == []
    assert [paragraphs(cell) for cell in first.rows[0].cells] == [
        [("Table Heading", heading)] for heading in ("No.", "Action", "Status")
    ]


def test_bands_are_one_cell_across() -> None:
    plan = opened(whole()).tables[0]
    found = plan.rows[1]._tr.tc_lst
    assert [(cell.grid_span, _Cell(cell, plan).text) for cell in found] == [
        (3, "Priority 1: Children are heard")
    ]
    assert paragraphs(_Cell(found[0], plan))[0][0] == "Table Heading"
    assert [fill(plan.rows[n].cells[0]) for n in (1, 4)] == [colours.BAND_FILL, colours.AMBER]


def test_cells_keep_lines_as_paragraphs_and_lists_as_lists() -> None:
    plan = opened(whole()).tables[0]
    assert paragraphs(plan.cell(2, 1)) == [
        ("Table Text", "Ask children"),
        ("Table Text", ""),
        ("Table Text", "and tell them"),
        ("Table Bullet", "what they said"),
        ("Table Bullet", "what we did"),
    ]
    assert paragraphs(plan.cell(5, 1)) == [("Table Bullet", "only a list")]
    assert paragraphs(plan.cell(5, 2)) == [("Table Text", "")]
    numbering = opened(whole()).styles["Table Bullet"].element.pPr.numPr
    assert numbering.numId.val == opened(whole()).styles["List Bullet"].element.pPr.numPr.numId.val


def test_a_filled_cell_has_words_that_can_be_read() -> None:
    cell = opened(whole()).tables[0].cell(2, 2)
    run = cell.paragraphs[0].runs[0]
    assert (cell.text, fill(cell), run.bold, str(run.font.color.rgb)) == ("Green", "00703C", True, "FFFFFF")


def test_the_caption_is_the_title_of_the_table_too() -> None:
    word = opened(
        Document(
            "T", (PLAN, Table('"', (Column("a"),), (), caption_visible=False), Table("", (Column("a"),), ()))
        )
    )
    titles = [[e.get(qn("w:val")) for e in t._tbl.iter(qn("w:tblCaption"))] for t in word.tables]
    assert titles == [["Actions"], ['"'], []]
    assert [text for style, text in styled(word) if style == "Caption"] == ["Actions"]


def test_links_are_links() -> None:
    word = opened(whole())
    targets = {i: r.target_ref for i, r in word.part.rels.items() if r.reltype == RELATIONSHIP_TYPE.HYPERLINK}
    links = list(word.element.body.iter(qn("w:hyperlink")))
    found = [link.get(qn("w:anchor")) or targets[link.get(qn("r:id")) or ""] for link in links]
    assert found == ["plan", "https://example.test/?a=1&b=2", "https://example.test/actions/1.1/"]
    marks = [(b.get(qn("w:name")), b.getparent().style) for b in word.element.iter(qn("w:bookmarkStart"))]
    assert marks == [("plan", "Heading1")]


def test_the_same_address_is_kept_once_and_an_empty_link_not_at_all() -> None:
    spans = tuple(Span(text, href="https://a.test/") for text in ("a", "b", ""))
    word = opened(Document("T", (Paragraph(spans),)))
    assert len(list(word.element.body.iter(qn("w:hyperlink")))) == 2
    assert [r.target_ref for r in word.part.rels.values() if r.is_external] == ["https://a.test/"]


def test_numbered_lists_begin_again() -> None:
    word = opened(whole())
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style and p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = word.part.numbering_part.element
    starts = [numbering.num_having_numId(n).lvlOverride_lst[0].startOverride.val for n in numbers]
    assert starts == [1, 1, 1]


def test_a_figure_is_a_picture_with_words() -> None:
    word = opened(whole())
    picture = word.inline_shapes[0]
    assert picture._inline.docPr.get("descr") == FIGURE.alt
    assert round(picture.width.mm) == 165
    assert picture.height / picture.width == pytest.approx(112 / 640, rel=0.01)
    assert [[c.text for c in r.cells] for r in word.tables[1].rows] == [
        ["Agency", "Attendance (%)"],
        ["Police", "92"],
        ["Trust", "no figure"],
    ]


def test_a_figure_without_caption_or_table() -> None:
    word = opened(Document("T", (Figure(FIGURE.svg, "alt", ""),)))
    assert styled(word) == [("Title", "T")]
    assert len(word.inline_shapes) == 1


def test_numbers_stand_to_the_right() -> None:
    cells = opened(whole()).tables[1].rows[1].cells
    sides = [e.get(qn("w:val")) for c in cells for e in c._tc.iter(qn("w:jc"))]
    assert sides == ["right"]


def test_two_tables_stay_two() -> None:
    word = opened(Document("T", (PLAN, PLAN)))
    tags = [e.tag.split("}")[1] for e in word.element.body]
    assert tags == ["p", "p", "tbl", "p", "p", "tbl", "p", "sectPr"]


def test_tabs_and_breaks_in_a_paragraph() -> None:
    given = (Span("a\tb\nc\n", italic=True), Span("\t"))
    word = opened(Document("T", (Paragraph(given), BulletList(("x\ny",)), Heading("H"))))
    assert [p.text for p in word.paragraphs] == ["T", "a\tb\nc\n\t", "x\ny", "H"]


def test_a_link_in_a_filled_cell_has_the_colour_that_can_be_read() -> None:
    cell = TableCell("1", fill=colours.GREEN, href="https://a.test/")
    word = opened(Document("T", (table(TableRow((cell,))),)))
    (link,) = word.element.body.iter(qn("w:hyperlink"))
    assert [e.get(qn("w:val")) for e in link.iter(qn("w:color"))] == ["FFFFFF"]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_is_read_back(text: str, items: list[str]) -> None:
    given = table(TableRow((TableCell(text), TableCell(items=tuple(items)))))
    word = opened(Document(text, (Paragraph(text), given)))
    assert word.paragraphs[1].text == clean(text)
    cells = word.tables[0].rows[1].cells
    assert [p.text for p in cells[0].paragraphs] == clean(text).split("\n")
    assert [p.text for p in cells[1].paragraphs] == ([clean(item) for item in items] or [""])
