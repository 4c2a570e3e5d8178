"""Tables drawn with lines on a page: their grid, cells, shading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sightline.reading.blocks import At, Cell, Row
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_text import Char, printed_lines, write_lines
from sightline.reading.formats.pen import Pen

_NEAR = 3.0  # points within which two edges are one
_CLOSED = 0.8  # the share of a table's width that a line must run to close a row
_MANY_LINES = 4  # a page with fewer drawn edges has no table
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table on one page: its box, its column edges and its rows of cells (None where a cell above reaches down).

    `open_top` and `open_bottom` say that its lines run on without closing: the row is cut by the page.
    """

    page: Page
    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]
    open_top: bool = False
    open_bottom: bool = False


def drawn_tables(page: Page) -> list[DrawnTable]:
    """The tables with drawn lines on a page, top to bottom: at least two columns and two cells."""
    drawn = page.source.edges
    if len(drawn) < _MANY_LINES:
        return []
    upright = [edge for edge in drawn if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > _NEAR]
    if not upright:
        return []
    top, bottom = min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)
    level = [edge for edge in drawn if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > _NEAR]
    width = max(edge["x1"] for edge in upright) - min(edge["x0"] for edge in upright)
    missing = [place for place in (top, bottom) if _length(level, place) < width * _CLOSED]
    settings = {"explicit_horizontal_lines": missing} if missing else {}
    found = []
    for table in page.source.find_tables(settings):
        edges = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
        if len(table.cells) > 1 and len(edges) > 2:
            rows = tuple(tuple(row.cells) for row in table.rows)
            own = (table.bbox[2] - table.bbox[0]) * _CLOSED
            cut_above = abs(table.bbox[1] - top) < _NEAR and _length(level, top) < own
            cut_below = abs(table.bbox[3] - bottom) < _NEAR and _length(level, bottom) < own
            found.append(DrawnTable(page, table.bbox, edges, rows, cut_above, cut_below))
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def _length(level: list[dict[str, Any]], place: float) -> float:
    """How much of a level line is drawn at `place`; one shaded cell that ends there closes no row."""
    covered, reach = 0.0, float("-inf")
    for edge in sorted((e for e in level if abs(e["top"] - place) < _NEAR), key=lambda e: float(e["x0"])):
        covered += max(0.0, float(edge["x1"]) - max(reach, float(edge["x0"])))
        reach = max(reach, float(edge["x1"]))
    return covered


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


def _edges(places: list[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _NEAR:
            edges.append(place)
    return tuple(edges)


def table_rows(drawn: DrawnTable, table: int, rows_before: int) -> list[Row]:
    """The rows of a drawn table. Every column of every row has a cell: printed, spanned, or reached into from above."""
    page = drawn.page
    left, top, right, bottom = drawn.box
    inside = [c for c in page.chars if left - 1 <= _x(c) <= right + 1 and top - 1 <= _y(c) <= bottom + 1]
    boxes = [box for row in drawn.rows for box in row if box is not None]
    rows = []
    for number, row in enumerate(drawn.rows, start=1):
        at = At(page=page.number, table=table, row=rows_before + number)
        heights = [box for box in row if box is not None]
        middle = (max(b[1] for b in heights) + min(b[3] for b in heights)) / 2
        rows.append(Row(tuple(_cells(drawn, row, boxes, middle, inside, at)), at=at))
    return rows


def _cells(
    drawn: DrawnTable, row: tuple[Box | None, ...], boxes: list[Box], middle: float, chars: list[Char], at: At
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
            cells.append(_cell(drawn.page, box, chars, column, max(span, 1), place))
        else:
            cells.append(Cell("", column, max(span, 1), continued=reaching is not None, at=place))
        column += max(span, 1)
    return cells


def _column(edges: tuple[float, ...], place: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - place))


def _reaching(boxes: list[Box], left: float, middle: float) -> Box | None:
    """The cell that covers a place: it began in a row above."""
    return next((b for b in boxes if b[0] - _NEAR <= left < b[2] - _NEAR and b[1] < middle < b[3]), None)


def _cell(page: Page, box: Box, chars: list[Char], column: int, span: int, at: At) -> Cell:
    x0, top, x1, bottom = box
    own = [c for c in chars if x0 <= _x(c) <= x1 and top <= _y(c) <= bottom]
    pen = Pen()
    lines = printed_lines([c for c in own if c.get("upright", True)], page.number)
    write_lines(pen, lines, right=x1 - 2)
    if sideways := "".join(c["text"] for c in own if not c.get("upright", True)):
        pen.write(sideways)
    fill = page.colour_at((x0 + x1) / 2, top + min(4.0, (bottom - top) / 2))
    return Cell(pen.text, column, span, pen.items, pen.text, fill, pen.all_bold, at=at)


def _x(char: dict[str, Any]) -> float:
    return float(char["x0"] + char["x1"]) / 2


def _y(char: dict[str, Any]) -> float:
    return float(char["top"] + char["bottom"]) / 2
