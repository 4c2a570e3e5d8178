"""The filled cells of one sheet, cut into titles, paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from sightline.reading.blocks import At, Block, Cell, Heading, ListItem, Paragraph, Row, Table
from sightline.reading.formats.inline import read_inline
from sightline.reading.formats.words import printable
from sightline.reading.formats.xlsx_looks import PLAIN, Look, SheetLooks

Place = tuple[int, int]
_TABLE = 3  # a row with this many filled cells can only stand in a table


@dataclass(slots=True)
class Grid:
    """One sheet: the text of every filled cell by row and column (1-based), its looks and its merged ranges."""

    texts: dict[Place, str]
    looks: SheetLooks
    merged: dict[Place, Place]
    filled: dict[int, list[int]] = field(init=False, default_factory=dict)
    covering: dict[int, dict[int, tuple[Place, Place]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.texts = {place: text for place, text in self.texts.items() if text.strip()}
        for row, column in sorted(self.texts):
            self.filled.setdefault(row, []).append(column)
        for first, last in self.merged.items():
            for row in range(first[0], min(last[0], max(self.filled, default=0)) + 1):
                self.covering.setdefault(row, {})[first[1]] = (first, last)

    def look(self, place: Place) -> Look:
        """How the cell at `place` looks."""
        return self.looks.cells.get(place, PLAIN)


def sheet_blocks(grid: Grid, tables_before: int) -> list[Block]:
    """The blocks of a sheet. Blank rows part tables unless the rows below go on in the same columns."""
    blocks: list[Block] = []
    tables = tables_before
    for run in _joined(grid, _runs(sorted(grid.filled))):
        titles = _titles(grid, run)
        blocks += [_line(grid, row, first=not blocks and at == 0) for at, row in enumerate(titles)]
        if rows := run[len(titles) :]:
            tables += 1
            blocks.append(_table(grid, rows, tables))
    return blocks


def _runs(rows: list[int]) -> list[list[int]]:
    runs: list[list[int]] = [rows[:1]] if rows else []
    for above, row in pairwise(rows):
        if row == above + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _joined(grid: Grid, runs: list[list[int]]) -> list[list[int]]:
    joined: list[list[int]] = []
    for run in runs:
        if joined and _goes_on(grid, joined[-1], run):
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _goes_on(grid: Grid, table: list[int], run: list[int]) -> bool:
    """Whether a run below blank rows belongs to the table above: as wide, and without a header of its own."""
    widest = max(len(grid.filled[row]) for row in table)
    if widest < _TABLE or not any(len(grid.filled[row]) >= max(_TABLE, widest / 2) for row in run):
        return False
    columns = {column for row in table for column in grid.filled[row]}
    if not all(min(columns) <= column <= max(columns) for row in run for column in grid.filled[row]):
        return False
    head, next_head = _first_wide(grid, table), _first_wide(grid, run)
    return not _stands_out(grid, next_head) or _words(grid, head) == _words(grid, next_head)


def _first_wide(grid: Grid, rows: list[int]) -> int:
    return next((row for row in rows if len(grid.filled[row]) >= _TABLE), rows[0])


def _stands_out(grid: Grid, row: int) -> bool:
    """Whether every filled cell of a row is bold or shaded alike, as headers are."""
    looks = [grid.look((row, column)) for column in grid.filled[row]]
    return all(look.bold for look in looks) or (
        looks[0].fill is not None and len({look.fill for look in looks}) == 1
    )


def _words(grid: Grid, row: int) -> list[str]:
    return [grid.texts[row, column].strip().lower() for column in grid.filled[row]]


def _titles(grid: Grid, run: list[int]) -> list[int]:
    """The rows of one filled cell at the top of a run: all of them where nothing below is a table."""
    single = 0
    while single < len(run) and len(grid.filled[run[single]]) == 1:
        single += 1
    return run[:single]


def _line(grid: Grid, row: int, *, first: bool) -> Block:
    column = grid.filled[row][0]
    inline = read_inline(grid.texts[row, column], typed=True)
    at = At(row=row, column=column)
    look = grid.look((row, column))
    if len(inline.items) == 1:
        return ListItem(inline.items[0], "•", at=at)
    if first and "\n" not in inline.text and (look.bold or column in grid.covering.get(row, {})):
        return Heading(inline.text, 2, at)
    return Paragraph(inline.text, printable(grid.texts[row, column]), inline.bold or look.bold, at)


def _table(grid: Grid, rows: list[int], number: int) -> Table:
    used = [column for row in rows for column in grid.filled[row]]
    left, right = min(used), max(used)
    built = tuple(
        Row(_cells(grid, row, left, right, number), row in grid.looks.header_rows, At(table=number, row=row))
        for row in rows
    )
    return Table(built, at=At(table=number))


def _cells(grid: Grid, row: int, left: int, right: int, table: int) -> tuple[Cell, ...]:
    cells = []
    column = left
    covering = grid.covering.get(row, {})
    while column <= right:
        at = At(table=table, row=row, column=column)
        first, last = covering.get(column, ((row, column), (row, column)))
        span = min(last[1], right) - column + 1
        if first[0] < row:
            cells.append(Cell("", column - left, span, continued=True, at=at))
        else:
            cells.append(_cell(grid, (row, column), column - left, span, at))
        column += span
    return tuple(cells)


def _cell(grid: Grid, place: Place, column: int, span: int, at: At) -> Cell:
    raw = grid.texts.get(place, "")
    inline = read_inline(raw, typed=True)
    look = grid.look(place)
    bold = bool(raw) and (look.bold or inline.bold)
    return Cell(inline.text, column, span, inline.items, printable(raw), look.fill, bold, at=at)
