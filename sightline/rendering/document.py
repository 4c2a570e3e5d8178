"""A document as dataclasses: what every writer (Word, tagged PDF, HTML, Excel, CSV, Markdown) takes.

Nobody builds Word or PDF by hand: a domain's `reports.py` returns one of these, a writer turns it into bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `href` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 to 6, never skipping a level. `anchor` may be linked to."""

    text: str
    level: int = 1
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text or of spans. `style`: "", "lead", "small", "warning"."""

    content: str | tuple[Span, ...]
    style: str = ""


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; `ordered` numbers it."""

    items: tuple[str | tuple[Span, ...], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: printed heading, relative width, `number` aligns right."""

    heading: str
    width: float = 1.0
    number: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell. `items` are a list inside it after `text`. `fill` is RRGGBB; the text says what it means."""

    text: str = ""
    items: tuple[str, ...] = ()
    fill: str = ""
    bold: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells; `band` true makes it a full-width title row (one cell), as plans print their priorities."""

    cells: tuple[TableCell, ...]
    band: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption (needed for access technology) and a header row repeated on every page."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    caption_visible: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: SVG drawn by the server, its text equivalent, and the table that holds its numbers."""

    svg: str
    alt: str
    caption: str
    table: Table | None = None


Block = Heading | Paragraph | BulletList | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `marking` is printed on every page; `facts` are name and value under the title."""

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    author: str = ""
    marking: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    language: str = "en-GB"
    properties: dict[str, str] = field(default_factory=dict)


def table(title: str, headings: Sequence[str], rows: Iterable[Sequence[object]], marking: str) -> Document:
    """Rows of cells as a document that is written as CSV or Excel."""
    made = tuple(TableRow(tuple(TableCell(_text(cell)) for cell in row)) for row in rows)
    return Document(
        title, (Table(title, tuple(map(Column, headings)), made),), marking=marking, landscape=True
    )


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)
