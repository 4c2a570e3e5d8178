"""The cells of a tagged table: columns for cells after gaps, shading for cells with and without words."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sightline.reading.formats.grid import Spanning
from sightline.reading.formats.pdf_align import Piece, columns_of
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_text import Char
from sightline.reading.formats.pen import Pen


@dataclass(frozen=True, slots=True)
class TreeCell:
    """A cell as the structure tree has it. `first` is its first printed character with the number of its page."""

    pen: Pen
    columns: int = 1
    rows: int = 1
    first: tuple[int, Char] | None = None
    declared: str | None = None


@dataclass(slots=True)
class TableCells:
    """The rows of one table. Where a program left empty cells out, they are put back."""

    pages: dict[int, Page]
    rows: list[list[TreeCell]]

    def spanning(self) -> list[list[Spanning]]:
        """Every row's cells as they span the grid, shaded as the page shows them."""
        pieces = [[_piece(cell) for cell in row] for row in self.rows]
        columns = columns_of(pieces)
        starts = self._starts(columns)
        width = max((sum(cell.columns for cell in row) for row in self.rows), default=0)
        reaching: dict[int, int] = {}
        out = []
        for row, places in zip(self.rows, columns, strict=True):
            out.append(self._row(row, places, starts, [c for c in range(width) if not reaching.get(c)]))
            reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
            for cell, place in zip(row, places, strict=True):
                if cell.rows > 1:
                    reaching.update({column: cell.rows - 1 for column in range(place, place + cell.columns)})
        return out

    def _row(
        self, row: list[TreeCell], places: list[int], starts: dict[int, float], free: list[int]
    ) -> list[Spanning]:
        given = dict(zip(places, row, strict=True))
        covered = {column for place, cell in given.items() for column in range(place, place + cell.columns)}
        line = next((cell.first for cell in row if cell.first), None)
        cells = []
        for column in sorted({*places, *(c for c in free if c not in covered)}):
            cell = given.get(column) or TreeCell(Pen())
            fill = cell.declared or self._fill(cell.first, line, starts.get(column))
            cells.append(Spanning.written(cell.pen, cell.pen.text, fill, cell.columns, cell.rows))
        return cells

    def _fill(
        self, first: tuple[int, Char] | None, line: tuple[int, Char] | None, start: float | None
    ) -> str | None:
        """The colour behind a cell's first character; behind an empty one, where its column meets the row's line."""
        found = first or line
        left = first[1].x0 if first else start
        if found is None or left is None:
            return None
        number, char = found
        return self.pages[number].colour_at(left + 1, char.middle)

    def _starts(self, columns: list[list[int]]) -> dict[int, float]:
        found: dict[int, list[float]] = {}
        for row, places in zip(self.rows, columns, strict=True):
            for cell, place in zip(row, places, strict=True):
                if cell.first:
                    found.setdefault(place, []).append(cell.first[1].x0)
        return {column: median(places) for column, places in found.items()}


def _piece(cell: TreeCell) -> Piece:
    return Piece(cell.columns, cell.rows, cell.first[1].x0 if cell.first else None)
