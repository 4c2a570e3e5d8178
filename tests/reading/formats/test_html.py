"""Web pages: tables with spans and shading, lists, headings, what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.reading.blocks import At, Paragraph, UnreadableFile
from sightline.reading.formats.colours import css_colour, tinted
from tests.reading.formats.showing import blocks, codes, fills, places, read, texts

PAGE = "<!doctype html><html><head><title>Saved page</title>{head}</head><body>{body}</body></html>"


def page(body: str, head: str = "") -> str:
    return PAGE.format(head=head, body=body)


def test_headings_paragraphs_and_lists_in_order(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a.html",
        page(
            "<h1>The <i>plan</i></h1><p>One<br>two &amp;amp; three</p>loose words"
            "<div><b>All bold</b></div><ul><li>a<ul><li>b</li></ul></li><li><p>c</p> d</li><p>lost</p>"
            "<li><ul></ul></li><li>g<table><tr><td>1<td>2</tr></table></li></ul>"
            '<ol start="3"><li>e</li></ol><ul><ol><li>f</li></ol></ul><h2> </h2><b><p>Bold too</p></b>'
        ),
    )
    assert blocks(document) == [
        ("h1", "The plan"),
        ("p", "One\ntwo & three"),
        ("p", "loose words"),
        ("p", "All bold"),
        ("li", "•", 0, "a"),
        ("li", "•", 1, "b"),
        ("li", "•", 0, "c d"),
        ("li", "•", 0, "g"),
        ("table", [["1", "2"]]),
        ("li", "3.", 0, "e"),
        ("li", "1.", 1, "f"),
        ("p", "Bold too"),
    ]
    assert document.title == "The plan"
    assert document.blocks[3] == Paragraph("All bold", "All bold", bold=True)
    assert document.blocks[11] == Paragraph("Bold too", "Bold too", bold=True)


def test_the_title_of_a_page_without_headings(tmp_path: Path) -> None:
    assert read(tmp_path, "a.htm", page("<p>x</p>")).title == "Saved page"
    assert read(tmp_path, "c.htm", "<html><frameset></frameset></html>").blocks == ()
    assert read(tmp_path, "b.htm", "<html><body><p>x</p></body></html>").title == ""


def test_cells_that_span(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.html",
        page(
            "<table><caption>The table</caption>"
            "<thead><tr><th rowspan=2>No<th colspan=2>What</tr><tr><td>a<td>b</tr></thead>"
            "<tbody><tr><td rowspan=3>1<td>x<td>y</tr><tr><td colspan=9>z</tr><tr></tr></tbody>"
            "<tr><th>h<th>i</tr><tr><td>k<td rowspan=x>l<td rowspan=2>m</tr><tr><td>n</tr></table>"
        ),
    ).tables[0]
    assert table.caption == "The table"
    assert [row.header for row in table.rows] == [True, True, False, False, False, True, False, False]
    assert places(table) == [
        [("No", 0, 1, False), ("What", 1, 2, False)],
        [("", 0, 1, True), ("a", 1, 1, False), ("b", 2, 1, False)],
        [("1", 0, 1, False), ("x", 1, 1, False), ("y", 2, 1, False)],
        [("", 0, 1, True), ("z", 1, 9, False)],
        [("", 0, 1, True)],
        [("h", 0, 1, False), ("i", 1, 1, False)],
        [("k", 0, 1, False), ("l", 1, 1, False), ("m", 2, 1, False)],
        [("n", 0, 1, False), ("", 2, 1, True)],
    ]
    assert table.rows[3].cells[1].at == At(table=1, row=4, column=2)


def test_a_cell_that_spans_stops_at_one_that_reaches_down(tmp_path: Path) -> None:
    table = read(
        tmp_path, "a.html", page("<table><tr><td>a<td rowspan=2>b</tr><tr><td colspan=3>c<td>d</tr></table>")
    ).tables[0]
    assert places(table)[1] == [("c", 0, 1, False), ("", 1, 1, True), ("d", 2, 1, False)]


def test_shading_of_cells(tmp_path: Path) -> None:
    head = (
        "<style>td.good, .ok { background: #0a0 none } p.x { color: red } .late{background-color:Red}</style>"
    )
    table = read(
        tmp_path,
        "a.html",
        page(
            '<table><tr bgcolor="#eeeeee"><td class="x good">a<td style="background-color: rgb(255, 192, 0)">b'
            '<td bgcolor=red>c<td>d<td class="late">e</tr>'
            '<tr><td><span style="background:#ffbf00cc">Amber</span>'
            '<td>Some <mark style="background:yellow">words</mark>'
            '<td style="background-color:transparent">x<td style="background:url(y.png)">y'
            '<td style="background:rgba(1,2,3,0)">z</tr></table>',
            head,
        ),
    ).tables[0]
    assert fills(table) == [
        ["00AA00", "FFC000", "FF0000", "EEEEEE", "FF0000"],
        [None, None, None, None, None],
    ]


def test_a_label_alone_in_its_cell_shades_it(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.html",
        page('<table><tr><td><p><span style="background:#FFBF00">Amber</span></p><td>x</tr></table>'),
    ).tables[0]
    assert fills(table) == [["FFBF00", None]]


def test_words_in_cells(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "a.html",
        page(
            "<table><tr><td>Stem:<ul><li>a<li><p>b</p></ul>after<td>1<br>2<td><p>x</p><p>y</p>"
            "<td><b>bold</b><td style='font-weight:700'><span style='font-weight:bold'>heavy</span>"
            "<td>old<del>gone</del><table><tr><td>i<td></td><td>j</tr><tbody><tr><td>k</tr></table></tr></table>"
        ),
    ).tables[0]
    assert texts(table) == [["Stem:\na\nb\nafter", "1\n2", "x\ny", "bold", "heavy", "old\ni | j\nk"]]
    assert table.rows[0].cells[0].items == ("a", "b")
    assert [cell.bold for cell in table.rows[0].cells] == [False, False, False, True, True, False]
    assert table.rows[0].cells[1].raw == "1<br>2"


def test_a_table_that_only_places_other_tables_is_opened(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a.html",
        page(
            "<table><tr><td><h1>Title</h1>words<table><tr><td>1<td>2</tr></table></td></tr><tr></tr></table>"
        ),
    )
    assert blocks(document) == [("h1", "Title"), ("p", "words"), ("table", [["1", "2"]])]


def test_a_table_of_one_column_is_a_table(tmp_path: Path) -> None:
    assert blocks(read(tmp_path, "a.html", page("<table><tr><td>a</tr><tr><td><p>b</p></tr></table>"))) == [
        ("table", [["a"], ["b"]])
    ]


def test_hidden_parts_scripts_and_comments_are_not_read(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "a.html",
        page(
            "<!-- no --><p>seen</p><p hidden>no</p><p style='display:none'>no</p><p hidden></p>"
            "<script>no()</script><template>no</template><table><tr hidden><td>n<td>o</tr><tr><td>1<td>2</tr></table>"
        ),
    )
    assert blocks(document) == [("p", "seen"), ("table", [["1", "2"]])]
    assert codes(document) == ["hidden_text"]


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1"])
def test_a_declared_encoding_is_used(tmp_path: Path, declared: str) -> None:
    content = page("<p>caf\u00e9</p>", f'<meta charset="{declared}">').encode("latin-1")
    assert blocks(read(tmp_path, "a.html", content)) == [("p", "café")]


@pytest.mark.parametrize("declared", ["utf-8", "no-such-code", "shift_jis"])
def test_a_wrong_declaration_does_no_harm(tmp_path: Path, declared: str) -> None:
    content = page("<p>\u00fcber caf\u00e9 \u2013</p>", f'<meta charset="{declared}">').encode()
    assert blocks(read(tmp_path, "a.html", content)) == [("p", "über café –")]


def test_a_page_that_nests_too_deep_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        UnreadableFile, match=r"^The parts of this page lie more than 200 deep in one another; copy"
    ):
        read(tmp_path, "a.html", page("<div>" * 300 + "x"))


@pytest.mark.parametrize(
    ("word", "colour"),
    [
        ("#abc", "AABBCC"),
        ("#00B050", "00B050"),
        ("#00B050FF", "00B050"),
        ("rgb(0 176 80)", "00B050"),
        ("rgba(0,176,80,0.5)", "00B050"),
        ("rgba(0,176,80,50%)", "00B050"),
        ("rgb(300,0,0)", "FF0000"),
        ("rgba(0,0,0,0)", None),
        ("Green", "008000"),
        ("transparent", None),
        ("", None),
    ],
)
def test_css_colours(word: str, colour: str | None) -> None:
    assert css_colour(word) == colour


@pytest.mark.parametrize(
    ("colour", "tint", "result"),
    [
        ("4472C4", 0.4, "8EAADB"),
        ("4472C4", -0.25, "2F5496"),
        ("FFFFFF", -0.5, "808080"),
        ("000000", 0.5, "808080"),
    ],
)
def test_theme_colours_with_tint(colour: str, tint: float, result: str) -> None:
    """The values Word and Excel show for the accent "4472C4", 40 % lighter and 25 % darker, within a shade."""
    found = tinted(colour, tint)
    assert max(abs(int(found[i : i + 2], 16) - int(result[i : i + 2], 16)) for i in (0, 2, 4)) <= 1
