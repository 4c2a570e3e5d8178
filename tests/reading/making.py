"""Make small printed documents for tests: tables from lines with bars, prose from strings."""

from __future__ import annotations

from sightline.reading.blocks import At, Block, Cell, Heading, Paragraph, PrintedDocument, Row, Table
from sightline.reading.interpreters import interpret
from sightline.reading.names import KnownNames
from sightline.reading.schema import Reading, RowRead

HEAD = "No.|Outcome|Lead|Action|Update|By when|RAG"


def cells(line: str, fills: dict[int, str] | None = None) -> tuple[Cell, ...]:
    """The cells of a line: parts between bars, "/n" a line break."""
    parts = [part.strip().replace("/n", "\n") for part in line.split("|")]
    return tuple(Cell(text, n, raw=text, fill=(fills or {}).get(n)) for n, text in enumerate(parts))


def table(
    *lines: str, number: int = 1, fills: dict[tuple[int, int], str] | None = None, header: int = 0
) -> Table:
    """A table of lines. A line "== words" is one cell over the whole width; `fills` shades (row, column), from 0."""
    width = max(line.count("|") + 1 for line in lines)
    rows = []
    for place, line in enumerate(lines):
        shades = {c: colour for (r, c), colour in (fills or {}).items() if r == place}
        at = At(table=number, row=place + 1)
        made = (Cell(line[3:], 0, width),) if line.startswith("== ") else cells(line, shades)
        rows.append(Row(made, header=place < header, at=at))
    return Table(tuple(rows), at=At(table=number))


def doc(*blocks: Block | str, title: str = "", form: str = "docx") -> PrintedDocument:
    """A document of blocks; a string is a paragraph, one that begins with "# " a heading."""
    made: list[Block] = []
    for number, block in enumerate(blocks, 1):
        if not isinstance(block, str):
            made.append(block)
        elif block.startswith("# "):
            made.append(Heading(block[2:], 1, At(line=number)))
        else:
            made.append(Paragraph(block, block, at=At(line=number)))
    return PrintedDocument(tuple(made), form, title=title)


def read(*blocks: Block | str, names: KnownNames | None = None, title: str = "") -> Reading:
    """The reading of a document of blocks."""
    return interpret(doc(*blocks, title=title), names)


def rows(*lines: str, head: str = HEAD, names: KnownNames | None = None) -> list[RowRead]:
    """The rows read from a plan table with the usual header."""
    return read(table(head, *lines), names=names).rows


def codes(reading: Reading) -> list[str]:
    """The warning codes of a reading, in order."""
    return [warning.code for warning in reading.warnings]


def adds_up(reading: Reading) -> bool:
    """Whether every unit has one fate."""
    c = reading.counts
    return c.rows_seen == c.imported + c.joined + c.furniture + c.set_aside
