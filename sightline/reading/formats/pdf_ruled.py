"""The tables drawn with lines on a page: where their cells are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pdfplumber.page import Page as Source

NEAR = 3.0  # points within which two edges are one
_CLOSED = 0.8  # the share of a table's width that a line must run to close a row
_MANY_LINES = 4  # a page with fewer drawn edges has no table
Box = tuple[float, float, float, float]  # x0, top, x1, bottom


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table on one page: its box, its column edges and its rows of cells (None where a cell above reaches down).

    `open_top` and `open_bottom` say that its lines run on without closing: the row is cut by the page.
    """

    page: int
    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]
    open_top: bool = False
    open_bottom: bool = False


def drawn_tables(source: Source) -> list[DrawnTable]:
    """The tables with drawn lines on a page, top to bottom: at least two columns and two cells."""
    drawn = source.edges
    if len(drawn) < _MANY_LINES:
        return []
    upright = [edge for edge in drawn if edge["orientation"] == "v" and edge["bottom"] - edge["top"] > NEAR]
    if not upright:
        return []
    top, bottom = min(edge["top"] for edge in upright), max(edge["bottom"] for edge in upright)
    level = [edge for edge in drawn if edge["orientation"] == "h" and edge["x1"] - edge["x0"] > NEAR]
    width = max(edge["x1"] for edge in upright) - min(edge["x0"] for edge in upright)
    missing = [place for place in (top, bottom) if _length(level, place) < width * _CLOSED]
    settings = {"explicit_horizontal_lines": missing} if missing else {}
    found = []
    for table in source.find_tables(settings):
        edges = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
        if len(table.cells) > 1 and len(edges) > 2:
            rows = tuple(tuple(row.cells) for row in table.rows)
            own = (table.bbox[2] - table.bbox[0]) * _CLOSED
            cut_above = abs(table.bbox[1] - top) < NEAR and _length(level, top) < own
            cut_below = abs(table.bbox[3] - bottom) < NEAR and _length(level, bottom) < own
            found.append(DrawnTable(source.page_number, table.bbox, edges, rows, cut_above, cut_below))
    return sorted(found, key=lambda table: (table.box[1], table.box[0]))


def _length(level: list[dict[str, Any]], place: float) -> float:
    """How much of a level line is drawn at `place`; one shaded cell that ends there closes no row."""
    covered, reach = 0.0, float("-inf")
    for edge in sorted((e for e in level if abs(e["top"] - place) < NEAR), key=lambda e: float(e["x0"])):
        covered += max(0.0, float(edge["x1"]) - max(reach, float(edge["x0"])))
        reach = max(reach, float(edge["x1"]))
    return covered


def _edges(places: list[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > NEAR:
            edges.append(place)
    return tuple(edges)
