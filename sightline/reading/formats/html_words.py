"""The words of one cell, heading or list item of a web page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats.html_style import Styles, is_bold, is_hidden
from sightline.reading.formats.inline import unescaped
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import collapse
from sightline.reading.limits import Limits

HEADINGS = {f"h{level}": level for level in range(1, 7)}
UNREAD = {
    "script",
    "style",
    "noscript",
    "template",
    "head",
    "iframe",
    "object",
    "svg",
    "del",
    "math",
    "select",
}
BREAKING = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "blockquote", "pre", "dl", "dt",
    "dd", "hr", "form", "fieldset", "legend", "address", "figure", "figcaption", "details", "summary", "center",
    "caption", "body", "html", *HEADINGS,
}  # fmt: skip


@dataclass(slots=True)
class Words:
    """Walks through parts of a page and writes down what stands there. `hidden` counts what was left out."""

    styles: Styles
    limits: Limits
    hidden: int = 0

    def of(self, node: LexborNode, depth: int) -> Pen:
        """The words under `node`."""
        pen = Pen()
        self.write(node, pen, depth + 1)
        pen.end_line()
        return pen

    def parts(self, node: LexborNode, depth: int) -> Iterator[tuple[str, LexborNode]]:
        """The shown children of `node` with their tags. Raises UnreadableFile where they lie too deep."""
        if depth > self.limits.depth:
            raise UnreadableFile(
                f"The parts of this page lie more than {self.limits.depth} deep in one another; "
                "copy its text into a new document."
            )
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                yield tag, child
            elif tag in UNREAD or tag.startswith(("-", "!", "_")):
                continue
            elif is_hidden(child):
                self.hidden += bool(child.text(strip=True))
            else:
                yield tag, child

    def write(self, node: LexborNode, pen: Pen, depth: int) -> None:
        """Writes the words under `node` with `pen`; paragraphs, breaks and inner table rows become lines."""
        for tag, child in self.parts(node, depth):
            if tag == "-text":
                pen.write(text_of(child))
            elif tag == "table":
                self._inner_table(child, pen, depth)
            else:
                self._write_element(tag, child, pen, depth)

    def _write_element(self, tag: str, node: LexborNode, pen: Pen, depth: int) -> None:
        strong = is_bold(node)
        turn = {"ul": pen.list, "ol": pen.list, "li": pen.item}.get(tag)
        if turn:
            turn(opens=True)
        elif tag == "br" or tag in BREAKING:
            pen.end_line()
        if strong:
            pen.embolden(opens=True)
        self.write(node, pen, depth + 1)
        if strong:
            pen.embolden(opens=False)
        if turn:
            turn(opens=False)
        elif tag in BREAKING:
            pen.end_line()

    def _inner_table(self, table: LexborNode, pen: Pen, depth: int) -> None:
        """A table within a cell: a line for each row, its cells kept apart."""
        pen.end_line()
        for row in table_rows(table):
            cells = [collapse(self.of(cell, depth + 1).text) for cell in row_cells(row)]
            pen.write(" | ".join(cell for cell in cells if cell))
            pen.end_line()


def text_of(node: LexborNode) -> str:
    """The characters of a text node; entities that were escaped twice ("&amp;amp;") are decoded."""
    return unescaped(node.text_content or "")


def table_rows(table: LexborNode) -> Iterator[LexborNode]:
    """The rows of a table, but not those of tables inside it."""
    for child in table.iter():  # the parser puts rows that stand alone into a body, as browsers do
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child.iter() if row.tag == "tr")


def row_cells(row: LexborNode) -> Iterator[LexborNode]:
    """The cells of a table row."""
    return (cell for cell in row.iter() if cell.tag in ("td", "th"))
