"""Tagged PDFs: the file itself says what is a heading, a list, a row, a cell, over page breaks too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sightline.reading.blocks import At, Block, Heading, ListItem, Paragraph, Row, Table
from sightline.reading.formats.grid import placed
from sightline.reading.formats.pdf_cells import TableCells, TreeCell
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_text import Char, rgb, write_lines, written_lines
from sightline.reading.formats.pdf_tree import Node
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import collapse

_HEADING = re.compile(r"H([1-6])?")
_FLOWING = {
    "Span",
    "Link",
    "Quote",
    "Code",
    "Note",
    "Reference",
    "NonStruct",
    "Strong",
    "Em",
    "Sub",
    "FENote",
}
_BULLET_LABELS = {"•", "●", "▪", "■", "◦", "‣", "-", "–", "o", "·", "⁃"}


def tagged_share(root: Node, pages: list[Page]) -> float:
    """How much of the text that is no page furniture the tree covers, 0 to 1."""
    marks = set(root.marks())
    inside = outside = 0
    for page in pages:
        for char in page.chars:
            if char.text.isspace() or char.artifact:
                continue
            if (page.number, char.mark) in marks:
                inside += 1
            else:
                outside += 1
    return inside / max(inside + outside, 1)


@dataclass(slots=True)
class Tagged:
    """Walks a structure tree and writes down its blocks."""

    pages: dict[int, Page]
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0

    def walk(self, node: Node, level: int = 0) -> None:
        """Adds the blocks under `node`; `level` is how deep the list around it lies."""
        loose = Pen()
        where = At()
        for child in node.children:
            if isinstance(child, Node) and child.kind not in _FLOWING:
                self._paragraph(loose, where)
                loose = Pen()
                self._element(child, level)
            else:
                marks = child.marks() if isinstance(child, Node) else [child]
                where = where if loose.buffer or loose.lines else _page_at(marks)
                self._write_marks(marks, loose)
        self._paragraph(loose, where)

    def _paragraph(self, pen: Pen, at: At) -> None:
        if pen.text:
            text = collapse(pen.text)
            self.blocks.append(Paragraph(text, text, pen.all_bold, at))

    def _element(self, node: Node, level: int) -> None:
        heading = _HEADING.fullmatch(node.kind)
        if heading or node.kind == "Title":
            text = collapse(self._words(node).text)
            if text:
                self.blocks.append(Heading(text, int((heading and heading[1]) or 1), _page_at(node.marks())))
        elif node.kind == "Table":
            self._table(node)
        elif node.kind == "L":
            for item in (child for child in node.nodes() if child.kind in ("LI", "L")):
                if item.kind == "L":
                    self._element(item, level + 1)
                else:
                    self._item(item, level)
        elif node.kind == "P":
            self._paragraph(self._words(node), _page_at(node.marks()))
        elif node.kind != "TOC":
            self.walk(node, level)

    def _item(self, item: Node, level: int) -> None:
        inner = [node for node in _descend(item) if node.kind == "L"]
        pen = self._words(item, lists=False)
        label = next(
            (collapse(self._words(n, lists=False).text) for n in item.nodes() if n.kind == "Lbl"), "•"
        )
        marker = "•" if not label or label in _BULLET_LABELS else label
        text = collapse(pen.text)
        if text:
            self.blocks.append(ListItem(text, marker, level, _page_at(item.marks())))
        for part in inner:
            self._element(part, level + 1)

    def _words(self, node: Node, *, lists: bool = True) -> Pen:
        pen = Pen()
        self._write(node, pen, lists=lists)
        return pen

    def _write(self, node: Node, pen: Pen, *, lists: bool) -> None:
        """Writes the words under `node`: consecutive marks flow on, elements of their own begin new lines."""
        run: list[tuple[int, int]] = []
        for child in node.children:
            if not isinstance(child, Node):
                run.append(child)
            elif child.kind in _FLOWING:
                run += child.marks()
            elif child.kind != "Lbl" and (lists or child.kind != "L"):
                self._write_marks(run, pen)
                run = []
                self._write_element(child, pen, lists=lists)
        self._write_marks(run, pen)

    def _write_element(self, node: Node, pen: Pen, *, lists: bool) -> None:
        if node.kind == "TR":  # a table within a cell: a line for each row, its cells kept apart
            cells = (collapse(self._words(cell).text) for cell in node.nodes())
            pen.write(" | ".join(cell for cell in cells if cell))
        elif node.kind == "LI" and lists:
            pen.item(opens=True)
            self._write(node, pen, lists=lists)
            pen.item(opens=False)
        else:
            self._write(node, pen, lists=lists)
        pen.end_line()

    def _write_marks(self, marks: list[tuple[int, int]], pen: Pen) -> None:
        write_lines(pen, written_lines(self._chars(marks)))

    def _chars(self, marks: list[tuple[int, int]]) -> list[tuple[int, Char]]:
        return [
            (number, char)
            for number, mark in marks
            if (page := self.pages.get(number))
            for char in page.by_mark.get(mark, ())
        ]

    def _table(self, node: Node) -> None:
        self.tables += 1
        rows = [(self._once(row), head) for row, head in _rows(node, head=False) if row.nodes()]
        drawn = TableCells(self.pages, [[self._cell(cell) for cell in row.nodes()] for row, _ in rows])
        heads = [head or {cell.kind for cell in row.nodes()} == {"TH"} for row, head in rows]
        numbers = _page_numbers([row for row, _ in rows])
        grid = placed(zip(drawn.spanning(), heads, strict=True), self.tables)
        self.blocks.append(
            Table(
                tuple(_on_page(row, page) for row, page in zip(grid, numbers, strict=True)),
                caption=next(
                    (collapse(self._words(n).text) for n in node.nodes() if n.kind == "Caption"), ""
                ),
                page_breaks_before=frozenset(
                    at for at, (a, b) in enumerate(pairwise(numbers), start=1) if a != b
                ),
                at=At(table=self.tables, page=numbers[0] if numbers else None),
            )
        )

    def _once(self, row: Node) -> Node:
        """A row without the copies of it that some programs print, and tag, on each following page."""
        pages = sorted({page for page, _ in row.marks()})
        if len(pages) < 2:
            return row
        printed = [(page, words) for page in pages if (words := self._words(_only(row, page)).text)]
        same = len(printed) > 1 and len({words for _, words in printed}) == 1
        return _only(row, printed[0][0]) if same else row

    def _cell(self, cell: Node) -> TreeCell:
        inked = (found for found in self._chars(cell.marks()) if not found[1].text.isspace())
        declared = cell.attributes.get("BackgroundColor")
        return TreeCell(
            self._words(cell),
            _span(cell, "ColSpan"),
            _span(cell, "RowSpan"),
            next(inked, None),
            rgb(declared) if isinstance(declared, list) else None,
        )


def _rows(node: Node, *, head: bool) -> Iterator[tuple[Node, bool]]:
    for child in node.nodes():
        if child.kind == "TR":
            yield child, head
        elif child.kind in ("THead", "TBody", "TFoot"):
            yield from _rows(child, head=child.kind == "THead")


def _only(node: Node, page: int) -> Node:
    kept = [
        _only(c, page) if isinstance(c, Node) else c
        for c in node.children
        if isinstance(c, Node) or c[0] == page
    ]
    return Node(node.kind, node.attributes, kept)


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, 1)
    return min(max(value, 1), 1000) if isinstance(value, int) else 1


def _page_numbers(rows: list[Node]) -> list[int | None]:
    """The page each row begins on; an empty row stands on the page of the row above."""
    numbers: list[int | None] = []
    for row in rows:
        marks = row.marks()
        numbers.append(min(page for page, _ in marks) if marks else (numbers[-1] if numbers else None))
    return numbers


def _on_page(row: Row, page: int | None) -> Row:
    cells = tuple(replace(cell, at=replace(cell.at, page=page)) for cell in row.cells)
    return replace(row, cells=cells, at=replace(row.at, page=page))


def _descend(node: Node) -> Iterator[Node]:
    for child in node.nodes():
        yield child
        if child.kind != "L":
            yield from _descend(child)


def _page_at(marks: list[tuple[int, int]]) -> At:
    return At(page=marks[0][0]) if marks else At()
