import io
from collections import Counter
from collections.abc import Iterator

import pdfplumber
import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

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
from sightline.rendering.pdf import to_pdf, to_png
from tests.rendering.examples import FIGURE, PLAN, band, row, table, whole


def opened(doc: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(to_pdf(doc)))


def elements(node: object) -> Iterator[pikepdf.Dictionary]:
    """Every structure element in reading order."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from elements(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from elements(node.get("/K"))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    return [str(e.S).removeprefix("/") for e in elements(pdf.Root.StructTreeRoot.K)]


def attributes(element: pikepdf.Dictionary, name: str) -> list[object]:
    given = element.get("/A")
    if given is None:
        return []
    return [str(a[name]) for a in (given if isinstance(given, pikepdf.Array) else [given]) if name in a]


def text(doc: Document) -> str:
    with pdfplumber.open(io.BytesIO(to_pdf(doc))) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def tables(doc: Document) -> list[list[list[str | None]]]:
    with pdfplumber.open(io.BytesIO(to_pdf(doc))) as pdf:
        return [found for page in pdf.pages for found in page.extract_tables()]


def test_the_file_says_that_it_is_accessible_in_which_language_and_what_it_is_called() -> None:
    pdf = opened(whole())
    assert str(pdf.Root.Lang) == "en-GB"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Wealdshire action plan"
        assert metadata["dc:creator"] == ["Business unit"]
        assert metadata["dc:description"] == "Plan"


def test_a_language_without_country() -> None:
    assert str(opened(Document("T", (), language="cy")).Root.Lang) == "cy"


def test_a_table_over_many_pages_is_one_table() -> None:
    rows = [row(str(n), "What we will do", "Green") for n in range(120)]
    pdf = opened(Document("T", (table(*rows),), landscape=True))
    assert len(pdf.pages) > 3
    found = Counter(tags(pdf))
    assert (found["Table"], found["THead"], found["TR"], found["TH"], found["TD"]) == (1, 1, 121, 3, 360)
    assert found["Caption"] == 1


def test_the_head_is_printed_on_every_page() -> None:
    rows = [row(str(n), "What we will do", "Green") for n in range(120)]
    with pdfplumber.open(io.BytesIO(to_pdf(Document("T", (table(*rows),), marking="OFFICIAL")))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert all("No. Action Status" in page for page in pages)
    assert all(page.startswith("OFFICIAL\n") for page in pages)
    assert [page.split("\n")[-1] for page in pages] == [
        f"T Page {n} of {len(pages)}" for n in range(1, len(pages) + 1)
    ]


@pytest.mark.parametrize("above", range(40, 44))
def test_a_caption_never_stands_alone_at_the_foot_of_a_page(above: int) -> None:
    blocks = (
        *(Paragraph("What this is.") for _ in range(above)),
        table(row("1", "What we will do", "Green")),
    )
    with pdfplumber.open(io.BytesIO(to_pdf(Document("T", blocks)))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert ["Actions\n" in page for page in pages] == ["What we will do" in page for page in pages]


def test_bands_are_heads_of_the_rows_below() -> None:
    pdf = opened(Document("T", (PLAN,)))
    heads = [e for e in elements(pdf.Root.StructTreeRoot.K) if e.S == "/TH"]
    assert [attributes(e, "/ColSpan") for e in heads] == [[], [], [], ["3"], ["3"]]


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (band("a"),),
        (band("a"), band("b")),
        (row("1"), band("a")),
        (band("a"), row("1"), band("b"), band("c")),
    ],
)
def test_bands_may_stand_anywhere(rows: tuple[TableRow, ...]) -> None:
    assert Counter(tags(opened(Document("T", (table(*rows),)))))["TR"] == len(rows) + 1


def test_the_rest_is_tagged_as_what_it_is() -> None:
    pdf = opened(whole())
    found = Counter(tags(pdf))
    assert (found["Title"], found["H1"], found["H2"]) == (1, 1, 1)
    assert (found["L"], found["LI"], found["Figure"], found["Link"]) == (5, 8, 1, 3)
    figures = [e for e in elements(pdf.Root.StructTreeRoot.K) if e.S == "/Figure"]
    assert [str(e.Alt) for e in figures] == [FIGURE.alt]


def test_links_lead_where_they_say() -> None:
    pdf = opened(whole())
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert [str(n.A.URI) for n in notes if "/A" in n and "/URI" in n.A] == [
        "https://example.test/?a=1&b=2",
        "https://example.test/actions/1.1/",
    ]
    assert len(notes) == 3


def test_what_is_printed_is_what_was_said() -> None:
    page = text(whole())
    for line in (
        "Marking: OFFICIAL & more",
        "As at: 22 November 2026",
        "Read the plan or the site",
        "1. first again",
        "Really.",
    ):
        assert line in page.split("\n")


def test_a_table_is_read_back_cell_by_cell() -> None:
    assert tables(Document("T", (PLAN,))) == [
        [
            ["No.", "Action", "Status"],
            ["Priority 1: Children are heard", None, None],
            ["1.1", "Ask children\nand tell them\n• what they said\n• what we did", "Green"],
            ["1.10", "=SUM(A1:A9)", "Red | not *yet* <b>done</b>"],
            ["Priority 2: Neglect", None, None],
            ["2.1", "• only a list", ""],
        ]
    ]


def test_text_is_never_taken_for_mark_up() -> None:
    words = '#[x] $y$ @ref *b* _i_ `c` = h\n- l // c <label> \\ "q" ~ -- #read("document.typ")'
    page = text(Document("T", (Paragraph(words), table(row(words)))))
    assert '#[x] $y$ @ref *b* _i_ `c` = h\n- l // c <label> \\ "q" ~ -- #read("document.typ")' in page


def test_words_longer_than_their_column_are_broken_not_cut() -> None:
    word = "antidisestablishmentarianism" * 3
    found = tables(Document("T", (table(*[row(word, "a " * 400, "b " * 400)]),)))[0][1][0] or ""
    assert found.replace("\n", "") == word
    assert "\n" in found


def test_a_long_row_goes_on_over_the_page() -> None:
    doc = Document("T", (table(row("1", "word " * 6000, "x")),))
    assert len(opened(doc).pages) > 1
    assert text(doc).count("word") == 6000


def test_headings_lists_and_paragraphs_of_every_kind() -> None:
    blocks = (
        *(Heading(f"H{n}", n) for n in range(1, 7)),
        *(Paragraph("p", style) for style in ("", "lead", "small", "warning", "unknown")),
        Paragraph(""),
        BulletList(()),
        BulletList((), ordered=True),
        BulletList(("", (Span(""), Span("x", href="https://a.test/")))),
    )
    found = Counter(tags(opened(Document("T", blocks))))
    assert [found[f"H{n}"] for n in range(1, 7)] == [1] * 6


def test_cells_of_every_kind() -> None:
    cells = [
        TableCell(),
        TableCell("", href="https://a.test/"),
        TableCell("x", ("",), "FFFF00", True, "https://a.test/"),
        TableCell("\n"),
        TableCell("x\ty"),
    ]
    given = Table(
        "", tuple(Column("" if n else "n", number=n == 1) for n in range(5)), (TableRow(tuple(cells)),)
    )
    assert Counter(tags(opened(Document("T", (given,)))))["TD"] == 5


def test_a_figure_without_caption_or_table() -> None:
    found = Counter(tags(opened(Document("T", (Figure(FIGURE.svg, "alt", ""),)))))
    assert (found["Figure"], found["Table"]) == (1, 0)


def test_characters_without_a_glyph_are_named() -> None:
    assert "all well [grinning face]" in text(Document("T", (Paragraph("all well \N{GRINNING FACE}"),)))


def test_a_mark_that_no_font_sets_on_its_letter_is_named() -> None:
    # An Arabic sign on a Latin letter: each has a glyph, the two together have none in one font.
    assert "x[arabic" in text(Document("T", (Paragraph("x\u0653"),)))


def test_a_figure_as_a_picture() -> None:
    assert to_png(FIGURE.svg, 72).startswith(b"\x89PNG")


HOSTILE = st.text(st.characters(exclude_categories=()), max_size=40)


@settings(max_examples=60, deadline=None)
@given(HOSTILE, st.lists(HOSTILE, max_size=2))
@example("\u202eevil\u202c \u2066x", ["\u200f"])
@example("e\u0301\u0653\u20dd", ["\ufe0f\u20e3"])
@example('#import "@preview/x:1.0.0"', ["#{panic()}"])
def test_any_text_makes_an_accessible_file(words: str, items: list[str]) -> None:
    given = table(band(words), TableRow((TableCell(words, tuple(items), href="https://a.test/"),)))
    pdf = opened(Document(words, (Heading(words), Paragraph(words), given), marking=words, author=words))
    assert Counter(tags(pdf))["TR"] == 3
