"""PDFs that say nothing of their structure: drawn tables, aligned columns, and the words between."""

from __future__ import annotations

from dataclasses import dataclass, field

from sightline.reading.blocks import At, Block, Notice, Row, Table
from sightline.reading.formats.pdf_columns import aligned_rows, runs
from sightline.reading.formats.pdf_drawn import joined, table_rows
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_prose import Sizes, furniture, prose
from sightline.reading.formats.pdf_ruled import DrawnTable
from sightline.reading.formats.pdf_text import Line, printed_lines
from sightline.reading.formats.words import collapse


@dataclass(slots=True)
class _Open:
    """A table that may go on, on the next page."""

    drawn: DrawnTable
    number: int
    rows: list[Row]
    breaks: set[int] = field(default_factory=set)

    def go_on(self, page: Page, drawn: DrawnTable) -> None:
        """Adds the rows of the next page; a row that the page cut becomes whole."""
        rows = table_rows(page, drawn, self.number, len(self.rows))
        if self.drawn.open_bottom and drawn.open_top:
            self.rows[-1] = joined(self.rows[-1], rows[0])
            rows = table_rows(page, drawn, self.number, len(self.rows) - 1)[1:]
        if rows:
            self.breaks.add(len(self.rows))
        self.rows += rows
        self.drawn = drawn

    def block(self) -> Table:
        at = At(page=self.rows[0].at.page, table=self.number)
        return Table(tuple(self.rows), page_breaks_before=frozenset(self.breaks), at=at)


@dataclass(slots=True)
class Untagged:
    """Reads pages by what is drawn on them."""

    pages: list[Page]
    blocks: list[Block] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tables: int = 0
    waiting: list[Line] = field(default_factory=list)
    open: _Open | None = None

    def read(self) -> None:
        """Adds the blocks of every page."""
        lines = {page.number: _outside(page) for page in self.pages}
        left_out = furniture(self.pages, lines)
        sizes = Sizes.of([line for page in self.pages for line in lines[page.number]])
        for page in self.pages:
            kept = [line for line in lines[page.number] if (page.number, collapse(line.text)) not in left_out]
            for table in page.tables:
                above = [line for line in kept if line.top < table.box[1]]
                kept = [line for line in kept if line.top >= table.box[1]]
                self._lines(above, sizes)
                self._table(page, table, sizes)
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

    def _table(self, page: Page, drawn: DrawnTable, sizes: Sizes) -> None:
        self._close_prose(sizes)
        if self.open and _goes_on(self.open.drawn, drawn):
            self.open.go_on(page, drawn)
            return
        self._close_table()
        self.tables += 1
        self.open = _Open(drawn, self.tables, table_rows(page, drawn, self.tables, 0))

    def _close_table(self) -> None:
        if self.open:
            self.blocks.append(self.open.block())
            self.open = None

    def _close_prose(self, sizes: Sizes) -> None:
        if self.waiting:
            self.blocks += prose(self.waiting, sizes)
            self.waiting = []


def _outside(page: Page) -> list[Line]:
    boxes = [table.box for table in page.tables]
    chars = [
        char
        for char in page.chars
        if not any(
            left <= char.centre <= right and top <= char.middle <= bottom
            for left, top, right, bottom in boxes
        )
    ]
    return printed_lines(chars, page.number)


def _goes_on(above: DrawnTable, below: DrawnTable) -> bool:
    """Whether a table on the next page has the columns of the one that ended the page before."""
    if below.page != above.page + 1 or len(above.edges) != len(below.edges):
        return False
    return all(abs(a - b) < 4 for a, b in zip(above.edges, below.edges, strict=True))
