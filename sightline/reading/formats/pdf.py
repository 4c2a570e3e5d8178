"""PDFs: by their structure tree where they are tagged, else by drawn lines and the places of words."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser

from sightline.reading.blocks import (
    At,
    Block,
    Heading,
    Notice,
    PrintedDocument,
    Row,
    Table,
    UnreadableFile,
)
from sightline.reading.formats.pdf_columns import aligned_rows, runs
from sightline.reading.formats.pdf_drawn import DrawnTable, drawn_tables, joined, table_rows
from sightline.reading.formats.pdf_pages import Page, check, laid_out
from sightline.reading.formats.pdf_prose import Sizes, furniture, prose
from sightline.reading.formats.pdf_tagged import Tagged, tagged_share
from sightline.reading.formats.pdf_text import Line, printed_lines
from sightline.reading.formats.pdf_tree import Node, structure
from sightline.reading.formats.words import collapse
from sightline.reading.limits import DEFAULT, Limits

_COVERED = 0.8  # a structure tree that covers less of the text than this is not believed


def read_pdf(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a PDF. Positions are page, table, row and column.

    Raises UnreadableFile where it is encrypted, has too many pages, or holds pictures of text only.
    """
    with path.open("rb") as file:
        notices = check(_document(file), limits)
    with path.open("rb") as file, pdfplumber.open(file) as pdf:
        pages = laid_out(pdf)
        if not any(page.chars for page in pages):
            raise UnreadableFile(
                "This PDF holds pictures of pages and no text; ask for one saved from its program."
            )
        numbers: dict[Any, int] = {source.page_obj.pageid: source.page_number for source in pdf.pages}
        tree = structure(pdf.doc.catalog, numbers)
        if tree is not None and _believable(tree, pages):
            tagged = Tagged({page.number: page for page in pages})
            tagged.walk(tree)
            blocks = tagged.blocks
        else:
            untagged = _Untagged(pages)
            untagged.read()
            blocks, notices = untagged.blocks, notices + untagged.notices
        title = next((b.text for b in blocks if isinstance(b, Heading)), "")
        info = pdf.metadata.get("Title") if isinstance(pdf.metadata, dict) else ""
        return PrintedDocument(
            tuple(blocks), "pdf", title=title or collapse(str(info or "")), notices=tuple(notices)
        )


def _document(file: BinaryIO) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(file))
    except PDFPasswordIncorrect as error:
        raise UnreadableFile(
            "This PDF is protected with a password; save a copy of it without one."
        ) from error


def _believable(tree: Node, pages: list[Page]) -> bool:
    """Whether the structure tree covers the text, and knows of tables where tables are drawn."""
    if tagged_share(tree, pages) < _COVERED:
        return False
    return _has_table(tree) or not any(drawn_tables(page) for page in pages)


def _has_table(node: Node) -> bool:
    return any(child.kind == "Table" or _has_table(child) for child in node.nodes())


@dataclass(slots=True)
class _Open:
    """A table that may go on, on the next page."""

    drawn: DrawnTable
    number: int
    rows: list[Row]
    breaks: set[int] = field(default_factory=set)

    def go_on(self, drawn: DrawnTable) -> None:
        """Adds the rows of the next page; a row that the page cut becomes whole."""
        rows = table_rows(drawn, self.number, len(self.rows))
        if self.drawn.open_bottom and drawn.open_top:
            self.rows[-1] = joined(self.rows[-1], rows[0])
            rows = table_rows(drawn, self.number, len(self.rows) - 1)[1:]
        if rows:
            self.breaks.add(len(self.rows))
        self.rows += rows
        self.drawn = drawn

    def block(self) -> Table:
        at = At(page=self.rows[0].at.page, table=self.number)
        return Table(tuple(self.rows), page_breaks_before=frozenset(self.breaks), at=at)


@dataclass(slots=True)
class _Untagged:
    """Reads pages by what is drawn on them."""

    pages: list[Page]
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tables: int = 0
    waiting: list[Line] = field(default_factory=list)
    open: _Open | None = None

    def read(self) -> None:
        """Adds the blocks of every page."""
        drawn = {page.number: drawn_tables(page) for page in self.pages}
        lines = {page.number: _outside(page, drawn[page.number]) for page in self.pages}
        left_out = furniture(self.pages, lines)
        sizes = Sizes.of([line for page in self.pages for line in lines[page.number]])
        for page in self.pages:
            kept = [line for line in lines[page.number] if (page.number, collapse(line.text)) not in left_out]
            for table in drawn[page.number]:
                above = [line for line in kept if line.top < table.box[1]]
                kept = [line for line in kept if line.top >= table.box[1]]
                self._lines(above, sizes)
                self._table(table, sizes)
            self._lines(kept, sizes)
        self._close_table()
        self._close_prose(sizes)

    def _lines(self, lines: list[Line], sizes: Sizes) -> None:
        if lines:
            self._close_table()
        for gapped, run in runs(lines):
            rows = aligned_rows(run, self.tables + 1) if gapped else None
            if rows is not None:
                self._close_prose(sizes)
                self.tables += 1
                self.blocks.append(Table(tuple(rows), at=At(page=run[0].page, table=self.tables)))
                continue
            if gapped and len(run) > 2:
                self.notices.append(
                    Notice(
                        "columns_unreadable",
                        "Words stand in columns that do not align on every line; they were read line by line.",
                        At(page=run[0].page),
                    )
                )
            self.waiting += run

    def _table(self, drawn: DrawnTable, sizes: Sizes) -> None:
        self._close_prose(sizes)
        if self.open and _goes_on(self.open.drawn, drawn):
            self.open.go_on(drawn)
            return
        self._close_table()
        self.tables += 1
        self.open = _Open(drawn, self.tables, table_rows(drawn, self.tables, 0))

    def _close_table(self) -> None:
        if self.open:
            self.blocks.append(self.open.block())
            self.open = None

    def _close_prose(self, sizes: Sizes) -> None:
        if self.waiting:
            self.blocks += prose(self.waiting, sizes)
            self.waiting = []


def _outside(page: Page, tables: list[DrawnTable]) -> list[Line]:
    boxes = [table.box for table in tables]
    chars = [
        char
        for char in page.chars
        if not any(
            left <= (char["x0"] + char["x1"]) / 2 <= right
            and top <= (char["top"] + char["bottom"]) / 2 <= bottom
            for left, top, right, bottom in boxes
        )
    ]
    return printed_lines(chars, page.number)


def _goes_on(above: DrawnTable, below: DrawnTable) -> bool:
    """Whether a table on the next page has the columns of the one that ended the page before."""
    if below.page.number != above.page.number + 1 or len(above.edges) != len(below.edges):
        return False
    return all(abs(a - b) < 4 for a, b in zip(above.edges, below.edges, strict=True))
