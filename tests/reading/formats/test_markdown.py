"""Markdown: headings, lists, pipe tables, mark-up in cells."""

from __future__ import annotations

from pathlib import Path

from sightline.reading.blocks import At, Cell, Heading, ListItem, Paragraph
from tests.reading.formats.showing import blocks, places, read, texts


def test_a_whole_small_plan(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "plan.md",
        "# The **plan**\n\nHow it\nis managed  \nby us\n\n| No. | Action | RAG |\n|---|:--|--:|\n"
        "| **Priority 1** | | |\n| 1.1 | Ask<br>then \\| listen &amp;amp; say | **Green** |\n",
    )
    assert blocks(document) == [
        ("h1", "The plan"),
        ("p", "How it is managed\nby us"),
        (
            "table",
            [["No.", "Action", "RAG"], ["Priority 1", "", ""], ["1.1", "Ask\nthen | listen & say", "Green"]],
        ),
    ]
    assert document.title == "The plan"
    assert document.blocks[0] == Heading("The plan", 1, At(line=1))
    table = document.tables[0]
    assert [row.header for row in table.rows] == [True, False, False]
    assert [row.cells[0].bold for row in table.rows] == [False, True, False]
    assert table.rows[2].cells[2] == Cell(
        "Green", 2, raw="**Green**", bold=True, at=At(table=1, row=3, column=3, line=10)
    )
    assert table.at == At(table=1, line=7)


def test_lists(tmp_path: Path) -> None:
    document = read(tmp_path, "a.md", "- a\n  - b\n- c\n\n  more of c\n\n3. d\n4. e\n\n- \n")
    assert blocks(document) == [
        ("li", "•", 0, "a"),
        ("li", "•", 1, "b"),
        ("li", "•", 0, "c"),
        ("p", "more of c"),
        ("li", "3.", 0, "d"),
        ("li", "4.", 0, "e"),
    ]
    assert document.blocks[1] == ListItem("b", "•", 1, At(line=2))


def test_lists_in_cells(tmp_path: Path) -> None:
    table = read(
        tmp_path, "a.md", "|a|b|\n|-|-|\n|Led by<ul><li>x</li><li>y</li></ul>|<i>z</i> <foo>|\n"
    ).tables[0]
    assert texts(table)[1] == ["Led by\nx\ny", "z"]
    assert table.rows[1].cells[0].items == ("x", "y")


def test_html_code_links_and_pictures(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a.md",
        "<table><tr><td>1</td><td>2</td></tr></table>\n\n```\nkept\n  as lines\n```\n\n```\n```\n\n"
        "[the page](http://x) and ![logo](y.png) and `code`\n\n---\n\n<!-- no -->\n\n> quoted\n\n![](z.png)\n",
    )
    assert blocks(document) == [
        ("table", [["1", "2"]]),
        ("p", "kept\nas lines"),
        ("p", "the page and logo and code"),
        ("p", "quoted"),
    ]
    assert document.tables[0].at == At(table=1)
    assert document.blocks[1] == Paragraph("kept\nas lines", "kept\n  as lines\n", at=At(line=3))


def test_bold_paragraphs(tmp_path: Path) -> None:
    assert [
        getattr(block, "bold", None) for block in read(tmp_path, "a.md", "**all**\n\nnot **all**\n").blocks
    ] == [
        True,
        False,
    ]


def test_rows_are_as_wide_as_the_header(tmp_path: Path) -> None:
    assert places(read(tmp_path, "a.md", "|a|b|\n|-|-|\n|c|\n").tables[0])[1] == [
        ("c", 0, 1, False),
        ("", 1, 1, False),
    ]
