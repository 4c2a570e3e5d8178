"""Tagged PDFs: the structure tree gives rows, columns and lists, over page breaks too."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from pikepdf import Array, Dictionary, Name

from sightline.reading.blocks import At, PrintedDocument
from sightline.reading.formats.pdf_align import Piece, columns_of
from tests.reading.formats.paper import Sheet, Tree, pdf
from tests.reading.formats.showing import blocks, codes, fills, places, read, texts


def tagged(tmp_path: Path, sheets: list[Sheet], *children: Any, **given: Any) -> PrintedDocument:
    return read(tmp_path, "a.pdf", pdf(*sheets, tree=("Document", {}, children), **given))


def node(kind: str, *children: Any, **attributes: Any) -> Tree:
    return kind, attributes, children


def cell(*children: Any, kind: str = "TD", columns: int = 1, rows: int = 1) -> Tree:
    given: dict[str, Any] = {}
    if columns > 1 or rows > 1:
        given["A"] = Array(
            [Dictionary(O=Name.Table, ColSpan=columns), Dictionary(O=Name.Table, RowSpan=rows)]
        )
    return kind, given, children


def marked(words: list[tuple[float, float, str]]) -> Sheet:
    sheet = Sheet()
    for mark, (x, y, text) in enumerate(words):
        sheet.words(x, y, text, mark=mark)
    return sheet


def test_headings_paragraphs_and_lists(tmp_path: Path) -> None:
    sheet = marked(
        [
            (50, 20, "The plan"),
            (50, 40, "How it is managed by"),
            (50, 52, "the group"),
            (50, 70, "Loose words"),
            (50, 90, "•"),
            (60, 90, "a"),
            (60, 110, "b"),
            (50, 130, "3."),
            (60, 130, "c"),
            (50, 150, "Part"),
            (50, 170, "linked"),
            (50, 190, "Contents 3"),
            (50, 210, "d"),
            (50, 230, "e"),
        ]
    )
    document = tagged(
        tmp_path,
        [sheet],
        node("H1", 0),
        node("Absatz", 1, node("Span", 2)),
        3,
        node(
            "L",
            node("LI", node("Lbl", 4), node("LBody", 5, node("L", node("LI", node("LBody", 6))))),
            node("LI", node("Lbl", 7), node("LBody", node("P", 8))),
            node("LI"),
            node("L", node("LI", 12)),
        ),
        node("Sect", node("H", 9), node("P", node("Link", 10))),
        node("TOC", node("TOCI", 11)),
        node("Title", 13),
        node("H2"),
        node("P"),
    )
    assert blocks(document) == [
        ("h1", "The plan"),
        ("p", "How it is managed by the group"),
        ("p", "Loose words"),
        ("li", "•", 0, "a"),
        ("li", "•", 1, "b"),
        ("li", "3.", 0, "c"),
        ("li", "•", 1, "d"),
        ("h1", "Part"),
        ("p", "linked"),
        ("h1", "e"),
    ]
    assert [block.at for block in document.blocks] == [At(page=1)] * 10


def test_a_table_over_pages_with_its_cut_cell_whole(tmp_path: Path) -> None:
    first = marked([(50, 40, "No."), (150, 40, "Action"), (50, 80, "1"), (150, 80, "One half")])
    second = marked([(150, 40, "and the other"), (50, 80, "2"), (150, 80, "more")])
    document = tagged(
        tmp_path,
        [first.artifact(200, 390, "Page 1"), second],
        node(
            "Table",
            node("Caption", (2, 99)),
            node("THead", node("TR", cell(0), cell(1))),
            node(
                "TBody",
                node("TR", cell(2), cell(node("P", 3), node("P", (2, 0)))),
                node("TR", cell((2, 1)), cell((2, 2))),
            ),
            node("TR"),
        ),
    )
    table = document.tables[0]
    assert texts(table) == [["No.", "Action"], ["1", "One half\nand the other"], ["2", "more"]]
    assert [row.header for row in table.rows] == [True, False, False]
    assert [row.at for row in table.rows] == [At(page=n, table=1, row=r) for r, n in ((1, 1), (2, 1), (3, 2))]
    assert (table.page_breaks_before, table.at) == (frozenset({2}), At(page=1, table=1))
    assert document.blocks == (table,)


def test_a_header_tagged_again_on_each_page_is_read_once(tmp_path: Path) -> None:
    sheets = [marked([(50, 40, "No."), (150, 40, "Action"), (50, 80, words)]) for words in ("1", "2")]
    head = node("TR", cell(0, (2, 0)), cell(1, (2, 1)))
    body = [node("TR", cell(2), cell()), node("TR", cell((2, 2)), cell())]
    late = node("TR", cell(7, (2, 2)), cell())
    assert texts(tagged(tmp_path, sheets, node("Table", head, *body, late)).tables[0]) == [
        ["No.", "Action"],
        ["1", ""],
        ["2", ""],
        ["2", ""],
    ]


def test_empty_cells_left_out_of_the_tree_are_put_back(tmp_path: Path) -> None:
    """Chromium leaves them out: the places of the words tell the columns."""
    sheet = marked(
        [
            (50, 40, "No"), (150, 40, "Action"), (300, 40, "RAG"),
            (50, 60, "Priority 1"),
            (152, 80, "heard"), (301, 80, "Red"),
            (51, 100, "2"), (300, 100, "Amber"),
            (150, 120, "only this"),
        ]
    )  # fmt: skip
    sheet.parts.insert(0, "q 1 0 0 rg 290 314 60 16 re f Q")
    sheet.parts.insert(0, "q 0 1 0 rg 290 274 60 16 re f Q")
    document = tagged(
        tmp_path,
        [sheet],
        node(
            "Table",
            node("TR", *(cell(n, kind="TH") for n in (0, 1, 2))),
            node("TR", cell(3, columns=3)),
            node("TR", cell(4), cell(5)),
            node("TR", cell(6), cell(7)),
            node("TR", cell(8)),
        ),
    )
    table = document.tables[0]
    assert places(table) == [
        [("No", 0, 1, False), ("Action", 1, 1, False), ("RAG", 2, 1, False)],
        [("Priority 1", 0, 3, False)],
        [("", 0, 1, False), ("heard", 1, 1, False), ("Red", 2, 1, False)],
        [("2", 0, 1, False), ("", 1, 1, False), ("Amber", 2, 1, False)],
        [("", 0, 1, False), ("only this", 1, 1, False), ("", 2, 1, False)],
    ]
    assert [row.header for row in table.rows] == [True, False, False, False, False]
    assert fills(table) == [[None] * 3, [None], [None, None, "FF0000"], [None] * 3, [None, None, "00FF00"]]


def test_cells_that_reach_down_and_declare_their_colour(tmp_path: Path) -> None:
    sheet = marked([(50, 40, "a"), (150, 40, "b"), (150, 60, "c"), (50, 80, "d"), (150, 80, "e")])
    green = Array([Dictionary(O=Name.Layout, BackgroundColor=Array([0, 1, 0]))])
    document = tagged(
        tmp_path,
        [sheet],
        node(
            "Table",
            node("TR", cell(0, rows=2), node("Zelle", 1, A=green)),
            node("TR", cell(2)),
            node("TR", cell(3), cell(4)),
            node("TR", cell(), cell()),
        ),
    )
    table = document.tables[0]
    assert places(table) == [
        [("a", 0, 1, False), ("b", 1, 1, False)],
        [("", 0, 1, True), ("c", 1, 1, False)],
        [("d", 0, 1, False), ("e", 1, 1, False)],
        [("", 0, 1, False), ("", 1, 1, False)],
    ]
    assert fills(table)[0] == [None, "00FF00"]


def test_lists_and_tables_in_cells(tmp_path: Path) -> None:
    sheet = marked(
        [(50, 20 + 12 * n, words) for n, words in enumerate(("Stem", "•", "one", "two", "i", "j", "k", "x"))]
    )
    items = node("L", node("LI", node("Lbl", 1), node("LBody", 2)), node("LI", node("LBody", node("P", 3))))
    inner = node("Table", node("TR", cell(4), cell(5)), node("TR", cell(6)))
    document = tagged(tmp_path, [sheet], node("Table", node("TR", cell(node("P", 0), items, inner), cell(7))))
    assert texts(document.tables[0]) == [["Stem\none\ntwo\ni | j\nk", "x"]]
    assert document.tables[0].rows[0].cells[0].items == ("one", "two")


def test_attributes_by_class(tmp_path: Path) -> None:
    sheet = marked([(50, 40, "a"), (150, 40, "b"), (50, 60, "wide")])
    wide = node("TD", 2, C=Name.Breit)
    document = tagged(tmp_path, [sheet], node("Table", node("TR", cell(0), cell(1)), node("TR", wide)))
    assert places(document.tables[0])[1] == [("wide", 0, 2, False)]


def test_a_tree_that_covers_little_is_not_believed(tmp_path: Path) -> None:
    sheet = Sheet().words(50, 40, "One", mark=0).words(50, 90, "Many words that no mark holds")
    assert blocks(tagged(tmp_path, [sheet], node("H1", 0))) == [
        ("p", "One"),
        ("p", "Many words that no mark holds"),
    ]


def test_a_tree_of_a_table_that_covers_little_gives_way_to_the_drawn_one(tmp_path: Path) -> None:
    sheet = (
        Sheet()
        .grid((50, 100, 250), (100, 120))
        .words(55, 115, "a", mark=0)
        .words(105, 115, "no mark holds this")
    )
    assert blocks(tagged(tmp_path, [sheet], node("Table", node("TR", cell(0))))) == [
        ("table", [["a", "no mark holds this"]])
    ]


def test_a_tree_that_knows_no_table_where_one_is_drawn_is_not_believed(tmp_path: Path) -> None:
    sheet = Sheet().grid((50, 100, 200), (100, 120)).words(55, 115, "a", mark=0).words(105, 115, "b", mark=1)
    assert blocks(tagged(tmp_path, [sheet], node("P", 0, 1))) == [("table", [["a", "b"]])]


def test_a_tree_without_tables_on_pages_without_tables(tmp_path: Path) -> None:
    assert blocks(tagged(tmp_path, [marked([(50, 40, "Words")])], node("H3", 0))) == [("h3", "Words")]


def test_odd_trees_do_no_harm(tmp_path: Path) -> None:
    content = pdf(marked([(50, 40, "Words")]), tree=("Document", {}, [node("P", 0)]))
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as paper:
        root = paper.Root.StructTreeRoot
        document = root.K[0]
        document.K.append(document)  # a child that is its own parent
        document.K.append(Dictionary(Type=Name.OBJR))
        document.K.append(pikepdf.String("neither"))
        document.K.append(Dictionary(Type=Name.MCR, MCID=pikepdf.String("no number"), Pg=paper.pages[0].obj))
        document.K.append(
            Dictionary(S=Name.Kreis, K=Dictionary(S=Name.P, Pg=paper.make_indirect(Dictionary()), K=0))
        )
        document.K.append(Dictionary(S=Name.P, A=Array([5, Name.Unknown])))
        paper.save(tmp_path / "b.pdf")
    assert blocks(read(tmp_path, "c.pdf", (tmp_path / "b.pdf").read_bytes())) == [("p", "Words")]


def test_an_empty_tree_is_no_tree(tmp_path: Path) -> None:
    content = pdf(Sheet().words(50, 40, "Words"), catalog={"StructTreeRoot": Array([])})
    assert blocks(read(tmp_path, "a.pdf", content)) == [("p", "Words")]


def test_marks_without_a_page_are_left_alone(tmp_path: Path) -> None:
    tree = Dictionary(K=Array([0, Dictionary(S=Name.P, K=0)]))
    content = pdf(marked([(50, 40, "Words")]), catalog={"StructTreeRoot": tree})
    assert blocks(read(tmp_path, "a.pdf", content)) == [("p", "Words")]


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([[(1, 1, 0.0), (1, 1, 9.0)]], [[0, 1]]),
        ([[(1, 1, 0.0), (1, 1, 9.0)], [(1, 1, 8.0)]], [[0, 1], [1]]),
        ([[(1, 1, 0.0), (1, 1, 9.0)], [(1, 1, None)]], [[0, 1], [0]]),
        ([[(1, 2, 0.0), (1, 1, 9.0)], [(1, 1, 9.0)], [(1, 1, 0.0), (1, 1, 9.0)]], [[0, 1], [1], [0, 1]]),
        ([[(1, 2, 0.0), (1, 1, 9.0)], [(1, 1, 0.0), (1, 1, 9.0)]], [[0, 1], [1, 2]]),
        ([[(1, 2, 0.0)], [(1, 1, 0.0)]], [[0], [0]]),
        ([[(3, 1, 0.0)], [(1, 1, 5.0), (1, 1, 9.0)]], [[0], [0, 1]]),
        ([], []),
    ],
)
def test_columns_of_cells(rows: list[list[tuple[int, int, float | None]]], columns: list[list[int]]) -> None:
    assert columns_of([[Piece(*piece) for piece in row] for row in rows]) == columns


def test_a_typst_table_as_our_writer_makes_it(tmp_path: Path) -> None:
    source = tmp_path / "a.typ"
    source.write_text(
        """
#set document(title: "Plan")
#set page(width: 14cm, height: 5cm, margin: 1cm, footer: context [Page #counter(page).display()])
#set text(size: 9pt, lang: "en")
= The plan
#table(columns: (2cm, 6cm, 2cm), table.header([*No.*], [*Action*], [*RAG*]),
  table.cell(colspan: 3)[*Priority 1*],
  [1.1], [Ask them #list([one], [two])], table.cell(fill: rgb("#00B050"))[Green],
  [1.2], [#lorem(30)], [],
)
"""
    )
    document = read(tmp_path, "a.pdf", typst.compile(str(source), format="pdf", pdf_standards=["ua-1"]))
    table = document.tables[0]
    assert [block[0] for block in blocks(document)] == ["h1", "table"]
    assert [row[0] for row in texts(table)] == ["No.", "Priority 1", "1.1", "1.2"]
    assert texts(table)[2] == ["1.1", "Ask them\none\ntwo", "Green"]
    assert table.rows[2].cells[1].items == ("one", "two")
    assert (texts(table)[3][1][:11], texts(table)[3][1].count(" ")) == ("Lorem ipsum", 29)
    assert fills(table)[2] == [None, None, "00B050"]
    assert table.rows[0].header
    assert codes(document) == []


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium to print with")
def test_a_page_printed_by_chromium(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>1.{n}<td>Ask number {n}<td><td style='background:#FFC000'>" for n in range(40))
    (tmp_path / "a.html").write_text(
        "<meta charset=utf-8><style>td,th{border:1px solid}</style><h1>The plan</h1><table>"
        f"<thead><tr><th>No.<th>Action<th>Update<th>RAG</tr></thead>{rows}</table>"
    )
    printer = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'c'}")
    out = tmp_path / "printed.pdf"
    # A browser's own page header prints the file's path, untagged: a long one outweighs a short table.
    subprocess.run(
        (*printer, "--no-pdf-header-footer", f"--print-to-pdf={out}", str(tmp_path / "a.html")),
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = read(tmp_path, "b.pdf", out.read_bytes())
    table = document.tables[0]
    assert [block[0] for block in blocks(document)] == ["h1", "table"]
    assert texts(table) == [
        ["No.", "Action", "Update", "RAG"],
        *([f"1.{n}", f"Ask number {n}", "", ""] for n in range(40)),
    ]
    assert fills(table)[1:] == [[None, None, None, "FFC000"]] * 40
    assert len(table.page_breaks_before) == 1
