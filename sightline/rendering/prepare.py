"""A document in the form every writer relies on: clean text, checked colours and links, full rows, no skipped level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sightline.rendering.colours import fill
from sightline.rendering.document import (
    Block,
    BulletList,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from sightline.rendering.svg import checked
from sightline.rendering.text import clean, one_line

_ABROAD = re.compile(r"(?:https?://|mailto:|tel:)[^\s<>\"\x00-\x20\x7f]+", re.IGNORECASE)
_PATH = re.compile(r"(?:/(?![/\\])|\?)[^\s<>\"\\\x00-\x20\x7f]*")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,38}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z]{2})?")
_BLANK = TableCell()


@dataclass(slots=True)
class _Links:
    """Which links a document may hold: addresses with a harmless scheme, and anchors that stand in it."""

    anchors: frozenset[str]
    paths: bool
    taken: set[str] = field(default_factory=set)

    def href(self, value: str) -> str:
        """The link, or an empty string where it is unsafe or leads nowhere: the words are printed all the same."""
        if not value:
            return ""
        if value.startswith("#"):
            return value if value[1:] in self.anchors else ""
        good = _ABROAD.fullmatch(value) or (self.paths and _PATH.fullmatch(value))
        return value if good else ""

    def anchor(self, value: str) -> str:
        """The anchor, once: a second heading of the same anchor has none."""
        if value not in self.anchors or value in self.taken:
            return ""
        self.taken.add(value)
        return value


def prepared(doc: Document, *, paths: bool = False) -> Document:
    """The document as writers take it. `paths` keeps links that are paths of this site ("/actions/1.1/").

    Heading levels never jump by more than one, empty headings go, unsafe links become plain words.
    Raises ValueError where a table's row does not fit its columns or a figure's SVG holds anything but a drawing.
    """
    headings = (b for b in doc.blocks if isinstance(b, Heading))
    links = _Links(frozenset(h.anchor for h in headings if _ANCHOR.fullmatch(h.anchor)), paths)
    blocks: list[Block] = []
    level = 0
    for block in doc.blocks:
        if isinstance(block, Heading):
            if not one_line(block.text):
                continue
            level = max(1, min(block.level, level + 1, 6))
            blocks.append(Heading(one_line(block.text), level, links.anchor(block.anchor)))
        else:
            blocks.append(_block(block, links))
    return replace(
        doc,
        title=one_line(doc.title) or "Untitled document",
        blocks=tuple(blocks),
        subtitle=one_line(doc.subtitle),
        author=one_line(doc.author),
        marking=one_line(doc.marking),
        facts=tuple((one_line(name), one_line(value)) for name, value in doc.facts),
        language=doc.language if _LANGUAGE.fullmatch(doc.language) else "en-GB",
        properties={name: one_line(value) for name, value in doc.properties.items()},
    )


def prepared_table(table: Table, *, paths: bool = False) -> Table:
    """One table as writers take it; see `prepared`."""
    return _table(table, _Links(frozenset(), paths))


def _block(block: Paragraph | BulletList | Table | Figure, links: _Links) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, content=_content(block.content, links))
    if isinstance(block, BulletList):
        return replace(block, items=tuple(_content(item, links) for item in block.items))
    if isinstance(block, Table):
        return _table(block, links)
    caption = one_line(block.caption)
    return Figure(
        svg=checked(block.svg),
        alt=one_line(block.alt) or caption or "Figure",
        caption=caption,
        table=_table(block.table, links) if block.table else None,
    )


def _content(content: str | tuple[Span, ...], links: _Links) -> str | tuple[Span, ...]:
    if isinstance(content, str):
        return clean(content)
    return tuple(replace(span, text=clean(span.text), href=links.href(span.href)) for span in content)


def _table(table: Table, links: _Links) -> Table:
    if not table.columns:
        raise ValueError(f"The table “{table.caption}” has no columns.")
    return replace(
        table,
        caption=one_line(table.caption),
        columns=tuple(Column(clean(c.heading), c.width, c.number) for c in table.columns),
        rows=tuple(_row(table, number, row, links) for number, row in enumerate(table.rows, start=1)),
    )


def _row(table: Table, number: int, row: TableRow, links: _Links) -> TableRow:
    room = 1 if row.band else len(table.columns)
    if len(row.cells) > room:
        raise ValueError(
            f"Row {number} of the table “{table.caption}” has {len(row.cells)} cells where {room} fit."
        )
    blanks = (_BLANK,) * (room - len(row.cells))
    return TableRow(tuple(_cell(cell, links) for cell in row.cells) + blanks, row.band)


def _cell(cell: TableCell, links: _Links) -> TableCell:
    return TableCell(
        clean(cell.text),
        tuple(clean(item) for item in cell.items) if cell.items else (),
        fill(cell.fill) if cell.fill else "",
        cell.bold,
        links.href(cell.href),
    )
