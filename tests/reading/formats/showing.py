"""Shows what was read as plain tuples, so that tests compare whole documents by equality."""

from __future__ import annotations

from pathlib import Path

from sightline.reading.blocks import Block, Heading, ListItem, PrintedDocument, Table
from sightline.reading.formats import printed

Shown = tuple[object, ...]


def read(folder: Path, name: str, content: bytes | str) -> PrintedDocument:
    """Writes a file and reads it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return printed(path)


def blocks(document: PrintedDocument) -> list[Shown]:
    """Every block: ("h1", words), ("p", words), ("li", marker, level, words), ("table", rows of words)."""
    return [_block(block) for block in document.blocks]


def _block(block: Block) -> Shown:
    if isinstance(block, Table):
        return ("table", texts(block))
    if isinstance(block, Heading):
        return (f"h{block.level}", block.text)
    if isinstance(block, ListItem):
        return ("li", block.marker, block.level, block.text)
    return ("p", block.text)


def texts(table: Table) -> list[list[str]]:
    """The words of every cell."""
    return [[cell.text for cell in row.cells] for row in table.rows]


def places(table: Table) -> list[list[tuple[str, int, int, bool]]]:
    """Words, grid column, span and whether it is continued, of every cell."""
    return [[(c.text, c.column, c.span, c.continued) for c in row.cells] for row in table.rows]


def fills(table: Table) -> list[list[str | None]]:
    """The shading of every cell."""
    return [[cell.fill for cell in row.cells] for row in table.rows]


def codes(document: PrintedDocument) -> list[str]:
    """The codes of what the reader noticed."""
    return [notice.code for notice in document.notices]
