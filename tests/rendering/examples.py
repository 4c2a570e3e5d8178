"""Documents that the tests of the writers share."""

from __future__ import annotations

from sightline.rendering import colours
from sightline.rendering.charts import bar_chart
from sightline.rendering.document import (
    BulletList,
    Column,
    Document,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)

FIGURE = bar_chart(
    "Attendance", [("Police", 92), ("Trust", None)], heading="Agency", measure="Attendance (%)"
)


def row(*texts: str) -> TableRow:
    """A row of plain cells."""
    return TableRow(tuple(TableCell(text) for text in texts))


def band(text: str, fill: str = "") -> TableRow:
    """A title row."""
    return TableRow((TableCell(text, bold=True, fill=fill),), band=True)


def table(*rows: TableRow, headings: tuple[str, ...] = ("No.", "Action", "Status")) -> Table:
    """A table with plain columns."""
    return Table("Actions", tuple(Column(heading) for heading in headings), rows)


PLAN = table(
    band("Priority 1: Children are heard"),
    TableRow(
        (
            TableCell("1.1", href="https://example.test/actions/1.1/"),
            TableCell("Ask children\n\nand tell them", ("what they said", "what we did")),
            TableCell("Green", fill=colours.GREEN, bold=True),
        )
    ),
    row("1.10", "=SUM(A1:A9)", "Red | not *yet* <b>done</b>"),
    band("Priority 2: Neglect", fill=colours.AMBER),
    TableRow((TableCell("2.1"), TableCell(items=("only a list",)))),
)


def whole(landscape: bool = True, **more: object) -> Document:
    """A document that holds one of everything."""
    blocks = (
        Paragraph("What this is.", "lead"),
        Paragraph(
            (
                Span("Read "),
                Span("the plan", bold=True, href="#plan"),
                Span(" or ", italic=True),
                Span("the site", href="https://example.test/?a=1&b=2"),
            )
        ),
        Heading("The plan", 1, "plan"),
        PLAN,
        Heading("More", 2),
        BulletList(("one", (Span("two", bold=True),))),
        BulletList(("first", "second"), ordered=True),
        BulletList(("first again",), ordered=True),
        Paragraph("Take care.\nReally.", "warning"),
        Paragraph("Small print.", "small"),
        FIGURE,
    )
    given: dict[str, object] = {
        "subtitle": "April 2026 to March 2028",
        "author": "Business unit",
        "marking": "OFFICIAL & more",
        "facts": (("As at", "22 November 2026"), ("Owner", "Business group")),
        "landscape": landscape,
        "properties": {"subject": "Plan", "keywords": "plan, children", "nonsense": "x"},
    }
    return Document("Wealdshire action plan", blocks, **(given | more))  # type: ignore[arg-type]
