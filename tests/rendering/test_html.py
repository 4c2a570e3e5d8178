import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from sightline.rendering.document import Document, Figure, Heading, Paragraph, Span, TableCell, TableRow
from sightline.rendering.html import to_html
from sightline.rendering.text import clean
from tests.rendering.examples import FIGURE, PLAN, band, row, table, whole


def opened(doc: Document, standalone: bool = True) -> LexborHTMLParser:
    return LexborHTMLParser(to_html(doc, standalone))


def texts(nodes: list[LexborNode]) -> list[str]:
    return [node.text() for node in nodes]


def test_a_file_knows_its_language_title_and_author() -> None:
    page = opened(whole())
    assert to_html(whole()).startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert texts(page.css("head > title, h1")) == ["Wealdshire action plan"] * 2
    assert [m.attributes for m in page.css("meta[name=author]")] == [
        {"name": "author", "content": "Business unit"}
    ]
    assert texts(page.css(".marking")) == ["OFFICIAL & more"] * 2
    assert texts(page.css(".subtitle, .facts p")) == [
        "April 2026 to March 2028",
        "As at: 22 November 2026",
        "Owner: Business group",
    ]


def test_what_is_not_given_is_not_there() -> None:
    page = opened(Document("T", ()))
    assert page.css(".marking, .subtitle, .facts, meta[name=author]") == []


def test_headings_move_down_by_one() -> None:
    page = opened(Document("T", tuple(Heading(f"H{n}", n, f"a{n}") for n in range(1, 7))))
    assert [(h.tag, h.attributes["id"]) for h in page.css("h2, h3, h4, h5, h6")] == [
        ("h2", "a1"),
        ("h3", "a2"),
        ("h4", "a3"),
        ("h5", "a4"),
        ("h6", "a5"),
        ("h6", "a6"),
    ]


def test_a_table_has_caption_heads_and_groups() -> None:
    page = opened(Document("T", (PLAN,)))
    assert texts(page.css("table > caption")) == ["Actions"]
    assert [(th.text(), th.attributes["scope"]) for th in page.css("thead th")] == [
        ("No.", "col"),
        ("Action", "col"),
        ("Status", "col"),
    ]
    bands = page.css("tbody th")
    assert [(th.text(), th.attributes["scope"], th.attributes["colspan"]) for th in bands] == [
        ("Priority 1: Children are heard", "rowgroup", "3"),
        ("Priority 2: Neglect", "rowgroup", "3"),
    ]
    assert [len(body.css("tr")) for body in page.css("tbody")] == [3, 2]
    frame = page.css(".table-frame")[0].attributes
    assert (frame["role"], frame["aria-labelledby"], frame["tabindex"]) == ("region", "caption-1", "0")


def test_a_table_without_caption_is_no_region() -> None:
    bare = type(PLAN)("", PLAN.columns, PLAN.rows)
    assert opened(Document("T", (bare,))).css("caption, [role=region]") == []


def test_a_hidden_caption_is_there_for_those_who_listen() -> None:
    page = opened(whole())
    assert [c.attributes.get("class") for c in page.css("caption")] == [None, "visually-hidden"]


def test_cells_keep_lines_lists_links_and_fills() -> None:
    first = opened(Document("T", (PLAN,))).css("tbody tr")[1].css("td")
    assert first[0].css("a")[0].attributes == {"href": "https://example.test/actions/1.1/"}
    assert (first[1].html or "").replace("\n", "") == (
        "<td>Ask children<br><br>and tell them<ul><li>what they said</li><li>what we did</li></ul></td>"
    )
    assert first[2].html == '<td class="fill-00703C"><strong>Green</strong></td>'


def test_the_style_sheet_dresses_each_fill_and_nothing_has_a_style_of_its_own() -> None:
    page = to_html(whole())
    assert ".fill-00703C { background: #00703C; color: #FFFFFF; }" in page
    assert ".fill-FFB700 { background: #FFB700; color: #0B0C0C; }" in page
    assert "@page { size: A4 landscape; }" in page
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert "@page" not in to_html(whole(landscape=False))


def test_numbers_stand_to_the_right() -> None:
    page = opened(whole())
    assert texts(page.css("th.number, td.number")) == ["Attendance (%)", "92", "no figure"]


def test_paragraphs_lists_and_figures() -> None:
    page = opened(whole())
    assert texts(page.css("p.lead, p.warning, p.small")) == [
        "What this is.",
        "Take care.\nReally.",
        "Small print.",
    ]
    assert [texts(each.css("li")) for each in page.css("main > ul, main > ol")] == [
        ["one", "two"],
        ["first", "second"],
        ["first again"],
    ]
    assert texts(page.css("figure > figcaption")) == ["Attendance"]
    assert len(page.css("figure > svg[role=img]")) == 1
    assert page.css("a[href='#plan'] > strong")[0].text() == "the plan"
    assert texts(page.css("p em")) == [" or "]


def test_a_figure_without_caption_or_table() -> None:
    page = opened(Document("T", (Figure(FIGURE.svg, "alt", ""),)))
    assert page.css("figcaption, table") == []


def test_a_fragment_is_for_a_page_that_has_its_own_title_and_style() -> None:
    path = table(TableRow((TableCell("1", href="/actions/1/"),)), band("B"))
    doc = Document("T", (Heading("H"), path), marking="OFFICIAL", facts=(("As at", "today"),))
    fragment = to_html(doc, standalone=False)
    assert fragment.startswith(
        '<div class="document">\n<div class="facts"><p><strong>As at:</strong> today</p>'
    )
    page = LexborHTMLParser(fragment)
    assert page.css("style, h1, title, .marking") == []
    assert texts(page.css("h2")) == ["H"]
    assert page.css("a")[0].attributes == {"href": "/actions/1/"}
    assert opened(doc).css("a") == []


def test_words_too_long_for_any_column_may_break() -> None:
    assert "<wbr>" in to_html(Document("T", (Paragraph("x" * 40),)))
    assert opened(Document("T", (Paragraph("x" * 40),))).css("p")[0].text() == "x" * 40


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&amp;"


@pytest.mark.parametrize("standalone", [True, False])
def test_hostile_words_stay_words_wherever_they_stand(standalone: bool) -> None:
    doc = Document(
        HOSTILE,
        (
            Heading(HOSTILE),
            Paragraph((Span(HOSTILE, href="https://a.test/?'&"),), HOSTILE),
            table(row(HOSTILE, HOSTILE), band(HOSTILE), headings=(HOSTILE, "b")),
        ),
        **{name: HOSTILE for name in ("subtitle", "author", "marking", "language")},
        facts=((HOSTILE, HOSTILE),),
    )
    page = opened(doc, standalone)
    assert page.css("script, img") == []
    assert page.css("h2")[0].text() == HOSTILE


@given(st.text(max_size=80))
def test_any_text_is_read_back(text: str) -> None:
    page = opened(Document("T", (Paragraph(text), table(row(text)))))
    wanted = clean(text)
    assert page.css("main > p")[0].text() == wanted
    assert page.css("td")[0].text() == wanted
