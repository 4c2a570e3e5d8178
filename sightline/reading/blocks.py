"""Neutral blocks: what every file format is turned into before anything is interpreted.

A format reader (`formats/`) says only what stands on the paper: headings, paragraphs, list items and tables
with their cells, each with its position. What a heading or a cell *means* is decided by `interpreters/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class At:
    """Where something stands: page, table, row, column (all 1-based) or line of a text file (1-based)."""

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    line: int | None = None

    def as_json(self) -> dict[str, int]:
        """The parts that are known, under the names of `reading-schema.md`."""
        names = ("page", "table", "row", "column", "line")
        return {name: value for name in names if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader or interpreter wants a person to know. `code` is a stable snake_case word."""

    code: str
    message: str
    at: At = field(default_factory=At)


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell.

    `text` holds its words: mark-up removed, entities decoded, white space collapsed, paragraphs and list items
    separated by a line break. `items` holds the list items where the cell holds a list. `raw` is the text as it
    stood in the file, mark-up and all. `fill` is the shading as RRGGBB (upper case) or None. A cell spanning
    several grid columns appears once with `span`; a vertically merged cell appears in its first row with its
    text and, in the rows below, as an empty cell with `continued=True`.
    """

    text: str
    column: int = 0
    span: int = 1
    items: tuple[str, ...] = ()
    raw: str = ""
    fill: str | None = None
    bold: bool = False
    continued: bool = False
    at: At = field(default_factory=At)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `repeated_header` says the file itself marks it as a header row."""

    cells: tuple[Cell, ...]
    header: bool = False
    at: At = field(default_factory=At)

    def text_at(self, column: int) -> str:
        """The words in grid column `column` (0-based), or an empty string where the row has no such cell."""
        return next((c.text for c in self.cells if c.column <= column < c.column + c.span), "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `page_breaks_before` holds indexes of rows that open a new page, where the format knows."""

    rows: tuple[Row, ...]
    caption: str = ""
    page_breaks_before: frozenset[int] = frozenset()
    at: At = field(default_factory=At)

    @property
    def width(self) -> int:
        """How many grid columns the widest row has."""
        return max((c.column + c.span for r in self.rows for c in r.cells), default=0)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 6."""

    text: str
    level: int = 1
    at: At = field(default_factory=At)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `raw` keeps mark-up. `bold` is true where the whole of it is bold."""

    text: str
    raw: str = ""
    bold: bool = False
    at: At = field(default_factory=At)


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list outside tables. `marker` is as printed ("•", "1.", "a)")."""

    text: str
    marker: str = ""
    level: int = 0
    at: At = field(default_factory=At)


Block = Heading | Paragraph | ListItem | Table


@dataclass(frozen=True, slots=True)
class PrintedDocument:
    """A file as neutral blocks in reading order, with what its reader noticed."""

    blocks: tuple[Block, ...]
    format: str
    file: str = ""
    sha256: str = ""
    title: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))


class UnreadableFile(Exception):
    """The file cannot be read. The message is one sentence fit to show, saying why and what to do."""
