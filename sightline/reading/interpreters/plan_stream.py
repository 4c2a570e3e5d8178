"""The plan tables of a document as one stream: headers, titles and rows in the order they are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.reading import headings
from sightline.reading.blocks import At, Row, Table
from sightline.reading.interpreters import columns as headers
from sightline.reading.interpreters.columns import Columns
from sightline.reading.interpreters.compacting import compact
from sightline.reading.interpreters.desk import FURNITURE, IMPORTED, PROSE, Desk
from sightline.reading.interpreters.grid import BULLET, GridRow, align, grid_row, move_back
from sightline.reading.interpreters.joins import starts_lower
from sightline.reading.interpreters.titles import Title, aim_of, is_aim, title_of

_PAGE = re.compile(r"^\W*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.I)
_BAND = re.compile(r"\b(?:short|medium|long)[\s-]+term\b", re.I)


@dataclass(slots=True)
class Heading:
    """A title that stands over rows: of a priority (`title`), or any other band across the table."""

    text: str
    title: Title | None
    at: At
    aim: str = ""


@dataclass(slots=True)
class Stretch:
    """Rows under one header: the header's columns, then headings and rows in order."""

    columns: Columns
    at: At
    table: int
    entries: list[Heading | GridRow] = field(default_factory=list)


def stretches(desk: Desk) -> list[Stretch]:
    """Every plan table of the document, tables cut by pages put together, headings above tables taken along."""
    return _Walk(desk).walk()


class _Walk:
    """Walks the blocks once, remembering the columns that hold and the headings not yet used."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.found: list[Stretch] = []
        self.waiting: list[tuple[int, Heading]] = []
        self.tables = dict(desk.open_tables())
        self.near = False  # only furniture since the last plan table

    def walk(self) -> list[Stretch]:
        """Go through the document's blocks in order."""
        for index, block in enumerate(self.desk.doc.blocks):
            if isinstance(block, Table):
                if index in self.tables:
                    self._table(index, block)
                else:
                    self.near = False
            elif (index, PROSE) not in self.desk.fates:
                self._prose(index, block.text, block.at)
        return self.found

    def _prose(self, index: int, text: str, at: At) -> None:
        title = title_of(text)
        if title:
            self.waiting = [(index, Heading(text, title, at))]
        elif self.waiting and not self.waiting[-1][1].aim and self._says_more(text):
            self.waiting.append((index, Heading(text, None, at)))
        else:
            self.waiting = []
            self.near = False

    def _says_more(self, text: str) -> bool:
        """Whether a paragraph under a waiting title is its missing words or its aim."""
        first = self.waiting[0][1].title
        lonely = first is not None and not first.title and len(self.waiting) == 1
        return (lonely and len(text.split()) <= 60) or is_aim(text)

    def _table(self, index: int, table: Table) -> None:
        table = compact(table)
        header = _first_header(table.rows)
        if header is None and not self._carries_on(table):
            self.near = False
            return
        if header is not None and not (self.found and _alike(self.found[-1].columns, header)):
            self._begin(header, table, index)
        self._rows(index, table)
        self.near = True

    def _begin(self, columns: Columns, table: Table, index: int) -> None:
        self.found.append(Stretch(columns, table.at, index))

    def _carries_on(self, table: Table) -> bool:
        """Whether a table without a header is the next page of the one before."""
        if not (self.near and self.found):
            return False
        width = self.found[-1].columns.width
        return table.width in (width, width - 1)

    def _rows(self, index: int, table: Table) -> None:
        self._use_waiting(self.found[-1])
        place, opens = 0, True
        while place < len(table.rows):
            taken = self._header(table, index, place)
            if taken:
                place, opens = place + taken, True
                continue
            opens = opens or place in table.page_breaks_before
            self._one(self.found[-1], table.rows[place], index, place, opens=opens)
            place, opens = place + 1, False

    def _header(self, table: Table, index: int, place: int) -> int:
        """How many rows a header takes here: a repeated one is furniture, another changes the columns from here on."""
        current = self.found[-1].columns
        header = headers.find(table.rows, place)
        if header is None or (
            not header.same_as(current) and headers.is_repeated(table.rows[place], current)
        ):
            taken = int(headers.is_repeated(table.rows[place], current))
        else:
            taken = header.header_rows
            if not _alike(current, header):
                self._begin(header, table, index)
            if title := title_of(header.priority_text):
                self.found[-1].entries.append(Heading(header.priority_text, title, table.rows[place].at))
        for one in range(place, place + taken):
            self.desk.take(FURNITURE, index, one)
        return taken

    def _one(self, stretch: Stretch, row: Row, index: int, place: int, *, opens: bool) -> None:
        texts = [cell.text for cell in row.cells if cell.text.strip()]
        if not texts or (len(texts) == 1 and _PAGE.match(texts[0]) and len(row.cells) == 1):
            self.desk.take(FURNITURE, index, place)
            return
        heading = _heading(row, stretch.columns)
        if heading:
            self.desk.take(IMPORTED, index, place)
            stretch.entries.append(heading)
            return
        made = grid_row(row, index, place, stretch.columns.width, opens_page=opens)
        above = stretch.entries[-1] if stretch.entries else None
        if not move_back(made, stretch.columns, above if isinstance(above, GridRow) else None):
            align(made, stretch.columns)
        stretch.entries.append(made)

    def _use_waiting(self, stretch: Stretch) -> None:
        if not self.waiting:
            return
        (first, heading), *rest = self.waiting
        self.desk.take(IMPORTED, first)
        for index, more in rest:
            self.desk.take(IMPORTED, index)
            if is_aim(more.text):
                heading.aim = aim_of(more.text)
            else:
                heading.title = heading.title and Title(heading.title.number, more.text, heading.title.raw)
        stretch.entries.append(heading)
        self.waiting = []


def _first_header(rows: tuple[Row, ...]) -> Columns | None:
    """The first header of a table; titles may stand above it."""
    for place, row in enumerate(rows[:6]):
        found = headers.find(rows, place)
        if found:
            return found
        if len([c for c in row.cells if c.text.strip()]) > 2:
            break
    return None


def _alike(old: Columns, new: Columns) -> bool:
    """Whether a header means the same as the one before, though its words may differ between priorities."""
    unknown = [c for c in range(old.width) if c not in old.meanings]
    return (
        new.width == old.width
        and new.meanings == old.meanings
        and all(headings.plain(old.headings[c]) == headings.plain(new.headings[c]) for c in unknown)
    )


def _heading(row: Row, columns: Columns) -> Heading | None:
    """The title a row is, or None: words in one cell and the rest empty (documents.md M2)."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    if len(filled) == 2 and (pair := title_of(f"{filled[0].text}: {filled[1].text}")):
        bare = title_of(filled[0].text)
        if bare and not bare.title and len(row.cells) - len(filled) > 1:
            return Heading(pair.raw, pair, row.at)
    if len(filled) != 1:
        return None
    text, cell = " ".join(filled[0].text.split()), filled[0]
    title = title_of(text)
    if title:
        return Heading(text, title, row.at)
    wide = cell.span * 2 > columns.width
    alone = (
        cell.column == 0 and cell.bold and columns.meanings.get(0) != headings.ACTION and columns.width > 2
    )
    if (wide or alone or _BAND.search(text)) and not BULLET.match(cell.text) and not starts_lower(text):
        return Heading(text, None, row.at)
    return None
