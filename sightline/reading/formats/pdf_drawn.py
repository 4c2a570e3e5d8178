"""The cells of tables that are drawn with lines: their words and shading."""

from __future__ import annotations

from dataclasses import replace

from sightline.reading.blocks import At, Cell, Row
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_ruled import NEAR, Box, DrawnTable
from sightline.reading.formats.pdf_text import Char, printed_lines, write_lines
from sightline.reading.formats.pen import Pen


def joined(above: Row, below: Row) -> Row:
    """One row out of the two pieces a page break made of it."""
    rest = {cell.column: cell for cell in below.cells}
    cells = []
    for cell in above.cells:
        more = rest.get(cell.column)
        text = " ".join(part for part in (cell.text, more.text if more else "") if part)
        items = (*cell.items, *(more.items if more else ()))
        fill = cell.fill or (more.fill if more else None)
        cells.append(replace(cell, text=text, raw=text, items=items, fill=fill))
    return replace(above, cells=tuple(cells))


def table_rows(page: Page, drawn: DrawnTable, table: int, rows_before: int) -> list[Row]:
    """The rows of a drawn table. Every column of every row has a cell: printed, spanned, or reached into from above."""
    left, top, right, bottom = drawn.box
    inside = [
        c for c in page.chars if left - 1 <= c.centre <= right + 1 and top - 1 <= c.middle <= bottom + 1
    ]
    boxes = [box for row in drawn.rows for box in row if box is not None]
    rows = []
    for number, row in enumerate(drawn.rows, start=1):
        at = At(page=page.number, table=table, row=rows_before + number)
        heights = [box for box in row if box is not None]
        middle = (max(b[1] for b in heights) + min(b[3] for b in heights)) / 2
        rows.append(Row(tuple(_cells(page, drawn, row, boxes, middle, inside, at)), at=at))
    return rows


def _cells(
    page: Page,
    drawn: DrawnTable,
    row: tuple[Box | None, ...],
    boxes: list[Box],
    middle: float,
    chars: list[Char],
    at: At,
) -> list[Cell]:
    own = {_column(drawn.edges, box[0]): box for box in row if box is not None}
    cells = []
    column = 0
    while column < len(drawn.edges) - 1:
        box = own.get(column)
        reaching = None if box else _reaching(boxes, drawn.edges[column], middle)
        widest = box or reaching
        span = _column(drawn.edges, widest[2]) - column if widest else 1
        place = At(page=at.page, table=at.table, row=at.row, column=column + 1)
        if box:
            cells.append(_cell(page, box, chars, column, max(span, 1), place))
        else:
            cells.append(Cell("", column, max(span, 1), continued=reaching is not None, at=place))
        column += max(span, 1)
    return cells


def _column(edges: tuple[float, ...], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _reaching(boxes: list[Box], left: float, middle: float) -> Box | None:
    """The cell that covers a place: it began in a row above."""
    return next((b for b in boxes if b[0] - NEAR <= left < b[2] - NEAR and b[1] < middle < b[3]), None)


def _cell(page: Page, box: Box, chars: list[Char], column: int, span: int, at: At) -> Cell:
    x0, top, x1, bottom = box
    own = [c for c in chars if x0 <= c.centre <= x1 and top <= c.middle <= bottom]
    pen = Pen()
    lines = printed_lines([c for c in own if c.upright], page.number)
    write_lines(pen, lines, right=x1 - 2)
    if sideways := "".join(c.text for c in own if not c.upright):
        pen.write(sideways)
    fill = page.colour_at((x0 + x1) / 2, top + min(4.0, (bottom - top) / 2))
    return Cell(pen.text, column, span, pen.items, pen.text, fill, pen.all_bold, at=at)
