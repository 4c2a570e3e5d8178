from dataclasses import replace

import pytest

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
from sightline.rendering.prepare import prepared, prepared_table
from tests.rendering.examples import FIGURE, row, table


def only(*blocks: object) -> Document:
    return Document("T", blocks)  # type: ignore[arg-type]


def test_titles_are_one_clean_line_and_never_empty() -> None:
    doc = prepared(
        Document(" \n ", (), subtitle="a\nb", author="x\x00", marking="m\n", facts=(("n\n", "v"),))
    )
    assert (doc.title, doc.subtitle, doc.author) == ("Untitled document", "a b", "x\ufffd")
    assert (doc.marking, doc.facts) == ("m", (("n", "v"),))


@pytest.mark.parametrize(
    ("given", "taken"), [("cy", "cy"), ("fr-FR", "fr-FR"), ("", "en-GB"), ('x"><script>', "en-GB")]
)
def test_an_unknown_language_is_british_english(given: str, taken: str) -> None:
    assert prepared(Document("T", (), language=given)).language == taken


def test_heading_levels_begin_at_one_and_skip_none() -> None:
    levels = [3, 1, 4, 6, 2, 9, 0]
    doc = prepared(only(*(Heading(f"H{n}", level) for n, level in enumerate(levels))))
    assert [h.level for h in doc.blocks if isinstance(h, Heading)] == [1, 1, 2, 3, 2, 3, 1]


def test_seven_levels_are_six() -> None:
    doc = prepared(only(*(Heading("H", level) for level in range(1, 9))))
    assert [h.level for h in doc.blocks if isinstance(h, Heading)] == [1, 2, 3, 4, 5, 6, 6, 6]


def test_empty_headings_go() -> None:
    assert prepared(only(Heading(" \n"), Heading("a\nb"))).blocks == (Heading("a b"),)


def test_an_anchor_stands_once_and_has_a_plain_name() -> None:
    doc = prepared(only(Heading("A", 1, "a"), Heading("B", 1, "a"), Heading("C", 1, 'c"x')))
    assert [h.anchor for h in doc.blocks if isinstance(h, Heading)] == ["a", "", ""]


@pytest.mark.parametrize(
    "href",
    ["https://a.test/x?y=1&z=2", "http://a.test", "mailto:a@b.test", "tel:+441632960000", "#here"],
)
def test_good_links_stay(href: str) -> None:
    doc = prepared(only(Heading("H", 1, "here"), Paragraph((Span("x", href=href),))))
    assert doc.blocks[1] == Paragraph((Span("x", href=href),))


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//evil.test/",
        "/\\evil.test",
        "https://a b",
        'https://a"onclick=x',
        "#nowhere",
        "/actions/1/",
        "relative",
        "https://a\nb",
    ],
)
def test_bad_links_become_words(href: str) -> None:
    doc = prepared(only(Heading("H", 1, "here"), Paragraph((Span("x", href=href),))))
    assert doc.blocks[1] == Paragraph((Span("x"),))


@pytest.mark.parametrize(
    ("href", "kept"), [("/actions/1/?a=b", True), ("?page=2", True), ("//e.test", False)]
)
def test_pages_may_link_to_paths(href: str, kept: bool) -> None:
    given = table(TableRow((TableCell("1", href=href),)))
    assert prepared_table(given, paths=True).rows[0].cells[0].href == (href if kept else "")
    assert prepared_table(given).rows[0].cells[0].href == ""


def test_short_rows_are_filled_and_cells_cleaned() -> None:
    given = Table(
        "C\n",
        (Column("a\x00"), Column("b", 2.0, True)),
        (TableRow((TableCell("x\r\ny", ("i\x01",), "#abcdef", True),)),),
    )
    wanted = TableRow((TableCell("x\ny", ("i\ufffd",), "ABCDEF", True), TableCell()))
    assert prepared_table(given) == Table("C", (Column("a\ufffd"), Column("b", 2.0, True)), (wanted,))


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"Row 2 of the table “Actions” has 4 cells where 3 fit\."):
        prepared_table(table(row("1"), row("1", "2", "3", "4")))
    with pytest.raises(ValueError, match=r"has 2 cells where 1 fit\."):
        prepared_table(table(TableRow((TableCell(), TableCell()), band=True)))


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(ValueError, match=r"The table “T” has no columns\."):
        prepared(only(Table("T", (), ())))


def test_lists_paragraphs_and_figures_are_prepared() -> None:
    figure = replace(FIGURE, alt="", caption="c\nd")
    doc = prepared(only(BulletList(("a\x00", (Span("b\x00"),))), Paragraph("p\r\nq"), figure))
    assert doc.blocks[0] == BulletList(("a\ufffd", (Span("b\ufffd"),)))
    assert doc.blocks[1] == Paragraph("p\nq")
    assert doc.blocks[2] == Figure(FIGURE.svg, "c d", "c d", FIGURE.table)


def test_a_figure_without_words_is_still_announced() -> None:
    figure = prepared(only(replace(FIGURE, alt="", caption="", table=None))).blocks[0]
    assert figure == Figure(FIGURE.svg, "Figure", "", None)


def test_a_figure_that_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="script"):
        prepared(only(replace(FIGURE, svg=FIGURE.svg.replace("</svg>", "<script/></svg>"))))
