"""Tables without drawn lines: read only where the columns align on every line."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sightline.reading.blocks import At, Cell, Row
from sightline.reading.formats.pdf_text import Char, Line, printed_lines

_GAP = 1.5  # widths of type between two words that part columns
_NEAR = 3.0  # points within which two beginnings align
_FEWEST = 3  # lines
_WORDY = 45  # characters: two columns of longer pieces are running text set in columns


def pieces(line: Line) -> list[Line]:
    """A line cut at its wide gaps."""
    parts: list[list[Char]] = []
    inked = [char for char in line.chars if not char.text.isspace()]
    for char in inked:
        if not parts or char.x0 - parts[-1][-1].x1 > _GAP * char.size:
            parts.append([])
        parts[-1].append(char)
    return [printed_lines(part, line.page)[0] for part in parts]


def runs(lines: Sequence[Line]) -> list[tuple[bool, list[Line]]]:
    """Lines grouped: (True, lines with gaps in them) or (False, running text)."""
    grouped: list[tuple[bool, list[Line]]] = []
    for line in lines:
        gapped = len(pieces(line)) > 1
        if grouped and grouped[-1][0] == gapped and grouped[-1][1][-1].page == line.page:
            grouped[-1][1].append(line)
        else:
            grouped.append((gapped, [line]))
    return grouped


def aligned_rows(lines: Sequence[Line], table: int) -> list[Row] | None:
    """The rows of a table, or None where its columns do not align on every line."""
    cut = [pieces(line) for line in lines]
    if len(cut) < _FEWEST or len({len(parts) for parts in cut}) > 1:
        return None
    for above, below in pairwise(cut):
        if not all(_align(a, b) for a, b in zip(above, below, strict=True)):
            return None
    if len(cut[0]) == 2 and sum(len(part.text) for parts in cut for part in parts) / (2 * len(cut)) > _WORDY:
        return None
    return [
        _row(parts, At(page=lines[0].page, table=table, row=number))
        for number, parts in enumerate(cut, start=1)
    ]


def _align(above: Line, below: Line) -> bool:
    """Whether two pieces begin, end or have their middle at the same place."""
    return (
        abs(above.x0 - below.x0) < _NEAR
        or abs(above.x1 - below.x1) < _NEAR
        or abs(above.x0 + above.x1 - below.x0 - below.x1) < 2 * _NEAR
    )


def _row(parts: Sequence[Line], at: At) -> Row:
    cells = tuple(
        Cell(
            part.text.strip(),
            column,
            raw=part.text.strip(),
            bold=part.bold,
            at=At(page=at.page, table=at.table, row=at.row, column=column + 1),
        )
        for column, part in enumerate(parts)
    )
    return Row(cells, at=at)
