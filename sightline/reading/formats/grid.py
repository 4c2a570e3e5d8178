"""Cells with spans, placed on the grid of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.reading.blocks import At, Cell, Row
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import printable

Reach = dict[int, tuple[int, int]]  # column: how many columns a cell covers, how many more rows


@dataclass(frozen=True, slots=True)
class Spanning:
    """A cell as HTML prints it: once, with the columns and rows it covers."""

    text: str
    items: tuple[str, ...] = ()
    raw: str = ""
    fill: str | None = None
    bold: bool = False
    columns: int = 1
    rows: int = 1

    @classmethod
    def written(cls, pen: Pen, raw: str, fill: str | None, columns: int = 1, rows: int = 1) -> Spanning:
        """The cell whose words `pen` wrote down."""
        return cls(pen.text, pen.items, printable(raw), fill, pen.all_bold, columns, rows)


def placed(rows: Iterable[tuple[Sequence[Spanning], bool]], table: int) -> tuple[Row, ...]:
    """Rows of spanning cells (each with whether it is a header) as rows on a grid.

    A cell that reaches down leaves an empty, `continued` cell in each row below it.
    """
    reaching: Reach = {}
    out = []
    for number, (spanning, header) in enumerate(rows, start=1):
        out.append(Row(_row(spanning, reaching, table, number), header, At(table=table, row=number)))
    return tuple(out)


def _row(spanning: Sequence[Spanning], reaching: Reach, table: int, number: int) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    column = 0
    begun: Reach = {}
    waiting = list(reversed(spanning))
    while waiting or any(at >= column for at in reaching):
        at = At(table=table, row=number, column=column + 1)
        if column in reaching:
            span, left = reaching.pop(column)
            cells.append(Cell("", column, span, continued=True, at=at))
            if left > 1:
                begun[column] = (span, left - 1)
        elif waiting:
            cell = waiting.pop()
            span = _room(column, cell.columns, reaching)
            cells.append(Cell(cell.text, column, span, cell.items, cell.raw, cell.fill, cell.bold, at=at))
            if cell.rows > 1:
                begun[column] = (span, cell.rows - 1)
        else:
            span = min(at for at in reaching if at >= column) - column
        column += span
    reaching.update(begun)
    return tuple(cells)


def _room(column: int, wanted: int, reaching: Reach) -> int:
    """How far a cell may stretch to the right before it meets one that reaches down from above."""
    return next((ahead for ahead in range(1, wanted) if column + ahead in reaching), max(wanted, 1))
