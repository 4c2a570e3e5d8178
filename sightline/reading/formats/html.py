"""Web pages: what stands on the page, in order. Scripts, styles and hidden parts are never read as words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sightline.reading.blocks import At, Block, Heading, ListItem, Notice, Paragraph, PrintedDocument, Table
from sightline.reading.formats.encodings import decode
from sightline.reading.formats.grid import Spanning, placed
from sightline.reading.formats.html_style import Styles, is_bold, is_hidden
from sightline.reading.formats.html_words import BREAKING, HEADINGS, Words, row_cells, table_rows, text_of
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.weighing import weigh_pieces, weigh_rows
from sightline.reading.formats.words import collapse, printable
from sightline.reading.limits import DEFAULT, Limits

_DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_PLACED = ", ".join(f"td {tag}" for tag in ("table", "h1", "h2", "h3", "h4", "h5", "h6", "p + p"))
_START = re.compile(r"\d{1,4}")


def read_html(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a web page saved as a file. Positions are table, row and column.

    Raises UnreadableFile where the page nests deeper than `limits.depth`.
    """
    text, notices = _text(path.read_bytes())
    blocks, more = html_blocks(text, limits)
    named = LexborHTMLParser(text).css_first("title")
    title = next((b.text for b in blocks if isinstance(b, Heading)), collapse(named.text()) if named else "")
    return PrintedDocument(tuple(blocks), "html", title=title, notices=(*notices, *more))


def html_blocks(text: str, limits: Limits = DEFAULT, tables: int = 0) -> tuple[list[Block], list[Notice]]:
    """The blocks of HTML source, and what was left out. `tables` have been counted before."""
    weigh_rows(text.lower().count("<tr"), limits)
    weigh_pieces(text.count("<"), limits)
    parser = LexborHTMLParser(text)
    page = _Page(Words(Styles.of(parser), limits), tables=tables)
    if parser.body is not None:
        page.walk(parser.body, 0)
    page.end_paragraph()
    hidden = page.words.hidden
    notices = [Notice("hidden_text", f"{hidden} hidden parts of the page were not read.")] if hidden else []
    return page.blocks, notices


def _text(data: bytes) -> tuple[str, list[Notice]]:
    declared = _DECLARED.search(data[:2048])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"utf-16"):
        try:
            return printable(data.decode(declared[1].decode("ascii"))), []
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


@dataclass(slots=True)
class _Page:
    """The page as far as it has been walked."""

    words: Words
    blocks: list[Block] = field(default_factory=list)
    pen: Pen = field(default_factory=Pen)
    tables: int = 0

    def walk(self, node: LexborNode, depth: int) -> None:
        """Adds the blocks under `node`."""
        for tag, child in self.words.parts(node, depth):
            if tag == "-text":
                self.pen.write(text_of(child))
            elif tag == "br":
                self.pen.end_line()
            elif tag in ("ul", "ol", "table") or tag in HEADINGS:
                self.end_paragraph()
                self._whole(tag, child, depth)
            else:
                self._walk_into(tag, child, depth)

    def _whole(self, tag: str, node: LexborNode, depth: int) -> None:
        if tag == "table":
            self._table(node, depth)
        elif tag in HEADINGS:
            if text := collapse(self.words.of(node, depth).text):
                self.blocks.append(Heading(text, HEADINGS[tag]))
        else:
            self._list(node, depth, 0)

    def _walk_into(self, tag: str, node: LexborNode, depth: int) -> None:
        strong = is_bold(node)
        if tag in BREAKING:
            self.end_paragraph()
        if strong:
            self.pen.embolden(opens=True)
        self.walk(node, depth + 1)
        if strong:
            self.pen.embolden(opens=False)
        if tag in BREAKING:
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Closes the paragraph that is being written, if there is any."""
        pen, self.pen = self.pen, Pen(bold=self.pen.bold)
        if pen.text:
            self.blocks.append(Paragraph(pen.text, pen.text, pen.all_bold))

    def _list(self, node: LexborNode, depth: int, level: int) -> None:
        start = _START.fullmatch(node.attributes.get("start") or "")
        number = int(start[0]) if start else 1
        for tag, child in self.words.parts(node, depth):
            if tag in ("ul", "ol"):
                self._list(child, depth + 1, level + 1)
            elif tag == "li":
                marker = f"{number}." if node.tag == "ol" else "•"
                self._item(child, depth + 1, ListItem("", marker, level))
                number += 1

    def _item(self, node: LexborNode, depth: int, empty: ListItem) -> None:
        """An item's own words, then the lists inside it."""
        pen = Pen()
        inner = []
        for tag, child in self.words.parts(node, depth):
            if tag in ("ul", "ol", "table"):
                inner.append((tag, child))
            elif tag == "-text":
                pen.write(text_of(child))
            else:
                breaks = tag in BREAKING or tag == "br"
                pen.write("\n" if breaks else "")
                pen.write(self.words.of(child, depth).text)
        if text := collapse(pen.text):
            self.blocks.append(ListItem(text, empty.marker, empty.level))
        for tag, child in inner:
            if tag == "table":
                self._table(child, depth + 1)
            else:
                self._list(child, depth + 1, empty.level + 1)

    def _table(self, table: LexborNode, depth: int) -> None:
        rows = [row for row in table_rows(table) if not is_hidden(row)]
        if _is_layout(table, rows):
            for row in rows:
                for cell in row_cells(row):
                    self.walk(cell, depth + 1)
                    self.end_paragraph()
            return
        self.tables += 1
        caption = table.css_first("caption")
        spanning = [(self._row(row, depth), _is_header(row)) for row in rows]
        self.blocks.append(
            Table(
                placed(spanning, self.tables),
                collapse(caption.text()) if caption else "",
                at=At(table=self.tables),
            )
        )

    def _row(self, row: LexborNode, depth: int) -> list[Spanning]:
        cells = []
        own = self.words.styles.fill(row)
        for cell in row_cells(row):
            pen = self.words.of(cell, depth + 1)
            fill = self.words.styles.fill(cell) or self._inner_fill(cell, pen.text) or own
            columns, down = (_span(cell, name) for name in ("colspan", "rowspan"))
            cells.append(Spanning.written(pen, (cell.inner_html or "").strip(), fill, columns, down))
        return cells

    def _inner_fill(self, cell: LexborNode, text: str) -> str | None:
        """The background of a label that is all there is in a cell."""
        for part in cell.css("span, div, p, strong, mark, font"):
            if (fill := self.words.styles.fill(part)) and collapse(part.text()) == collapse(text):
                return fill
        return None


def _is_layout(table: LexborNode, rows: list[LexborNode]) -> bool:
    """Whether a table only places other parts of the page: one cell a row, with tables, headings or lists within."""
    alone = all(sum(1 for _ in row_cells(row)) < 2 for row in rows)
    return alone and table.css_first(_PLACED) is not None


def _is_header(row: LexborNode) -> bool:
    tags = {cell.tag for cell in row_cells(row)}
    return tags == {"th"} or (row.parent is not None and row.parent.tag == "thead")


def _span(cell: LexborNode, name: str) -> int:
    found = _START.fullmatch((cell.attributes.get(name) or "1").strip())
    return min(max(int(found[0]) if found else 1, 1), 1000)
