from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sightline.rendering.document import (
    Column,
    Document,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from sightline.rendering.markdown import to_markdown
from sightline.rendering.text import clean
from tests.rendering.examples import PLAN, row, table, whole

READER = MarkdownIt("commonmark").enable("table")


def words(token: Token) -> str:
    """The words of inline mark-up as a reader sees them."""
    shown = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(
        "\n"
        if child.content == "<br>" and child.type == "html_inline"
        else shown.get(child.type, child.content)
        for child in token.children or []
    )


def cells(text: str) -> list[list[str]]:
    tokens = READER.parse(text)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if token.type == "tr_open":
            rows.append([])
        if before.type in ("th_open", "td_open"):
            rows[-1].append(words(token))
    return rows


def test_a_document_is_read_back() -> None:
    text = to_markdown(whole())
    assert cells(text)[:6] == [
        ["No.", "Action", "Status"],
        ["Priority 1: Children are heard", "", ""],
        ["1.1", "Ask children\n\nand tell them\n• what they said\n• what we did", "Green"],
        ["1.10", "=SUM(A1:A9)", "Red | not *yet* <b>done</b>"],
        ["Priority 2: Neglect", "", ""],
        ["2.1", "• only a list", ""],
    ]


def test_the_document_as_it_is_written() -> None:
    assert to_markdown(whole()).split("\n| ")[0] == (
        "**OFFICIAL & more**\n\n# Wealdshire action plan\n\nApril 2026 to March 2028\n\n"
        "- **As at:** 22 November 2026\n- **Owner:** Business group\n\nWhat this is.\n\n"
        "Read [**the plan**](<#plan>)* or *[the site](<https://example.test/?a=1&b=2>)\n\n"
        "## The plan\n\n**Actions**\n"
    ).replace("OFFICIAL & more", r"OFFICIAL \& more").replace("* or *", " *or* ")


def test_lists_breaks_and_figures() -> None:
    text = to_markdown(whole())
    assert "- one\n- **two**\n\n1. first\n2. second\n\n1. first again\n\nTake care.\\\nReally.\n" in text
    assert (
        "Bar chart: Attendance. Most: Police, 92. Least: Trust, 0.\n\n| Agency | Attendance (%) |\n" in text
    )
    assert "| --- | ---: |" in text


def test_a_figure_without_table_gives_its_words() -> None:
    figure = whole().blocks[-1]
    bare = type(figure)(figure.svg, "What it shows", "C", None)  # type: ignore[union-attr,call-arg]
    assert to_markdown(Document("T", (bare,))) == "# T\n\nWhat it shows\n"  # type: ignore[arg-type]


def test_a_link_and_bold_in_a_cell() -> None:
    cell = TableCell("a\n\nb", bold=True, href="https://a.test/")
    given = Table("T", (Column("H"),), (TableRow((cell,)),), caption_visible=False)
    text = to_markdown(Document("T", (given,)))
    assert text == "# T\n\n| H |\n| --- |\n| [**a**](<https://a.test/>)<br><br>**b** |\n"
    empty = TableCell("", ("x",), href="https://a.test/")
    assert to_markdown(Document("T", (Table("", (Column("H"),), (TableRow((empty,)),)),))).endswith(
        "| [• x](<https://a.test/>) |\n"
    )
    blank = TableCell("", href="https://a.test/")
    assert to_markdown(Document("T", (Table("", (Column("H"),), (TableRow((blank,)),)),))).endswith("|  |\n")


def test_spans_of_white_space_bear_no_marks() -> None:
    spans = (
        Span("a"),
        Span(" ", bold=True),
        Span("\n", italic=True),
        Span(" b ", bold=True),
        Span("", href="https://a.test/"),
    )
    assert to_markdown(Document("T", (Paragraph(spans),))) == "# T\n\na \\\n **b** \n"


def test_line_starts_open_nothing() -> None:
    text = "- a\n+ b\n1. c\n2) d\n# e\n=== f\n> g\n* h\n    i\n`j`"
    tokens = READER.parse(to_markdown(Document("T", (Paragraph(text),))))
    assert [t.type for t in tokens if t.type.endswith("_open")] == ["heading_open", "paragraph_open"]
    assert words(tokens[-2]) == text.replace("    i", "i")


def test_headings_move_down_and_stop_at_six() -> None:
    doc = Document("T", tuple(Heading(f"H{n} #", n) for n in range(1, 7)))
    heads = [t for t in READER.parse(to_markdown(doc)) if t.type == "heading_open"]
    assert [t.tag for t in heads] == ["h1", "h2", "h3", "h4", "h5", "h6", "h6"]
    assert r"## H1 \#" in to_markdown(doc)


def squeezed(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


@given(st.lists(st.text(max_size=25), min_size=3, max_size=3))
def test_any_cell_is_read_back_but_for_white_space(texts: list[str]) -> None:
    text = to_markdown(Document("T", (table(row(*texts)),)))
    assert [squeezed(cell) for cell in cells(text)[1]] == [squeezed(clean(each)) for each in texts]


def test_the_plan_alone() -> None:
    assert to_markdown(Document("T", (PLAN,))).count("\n| ") == 7
