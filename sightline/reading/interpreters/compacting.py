"""Grid columns that nobody uses, taken out of a table.

A reader's grid has a column for every edge any row draws: two tables that touch on a PDF page share one grid, and a
heading over two columns of which one is never used spans both. Under each header only the columns in which a cell of
its rows begins are columns; the others belong to the cell that spans them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sightline.reading.blocks import Row, Table
from sightline.reading.interpreters import columns


def compact(table: Table) -> Table:
    """The table with each header's rows on a grid of their own. Rows keep their number and order."""
    rows: list[Row] = []
    cuts = [*_headers(table.rows), len(table.rows)]
    for start, end in zip([0, *cuts], cuts, strict=False):
        rows += _compacted(table.rows[start:end])
    return replace(table, rows=tuple(rows))


def _headers(rows: Sequence[Row]) -> list[int]:
    """Where headers begin."""
    found, place = [], 0
    while place < len(rows):
        header = columns.find(rows, place)
        if header is not None:
            found.append(place)
        place += header.header_rows if header is not None else 1
    return found


def _compacted(rows: Sequence[Row]) -> list[Row]:
    used = sorted({cell.column for row in rows for cell in row.cells})
    if used == list(range(len(used))) and all(c.column + c.span <= len(used) for r in rows for c in r.cells):
        return list(rows)
    place = {column: number for number, column in enumerate(used)}
    return [
        replace(
            row,
            cells=tuple(
                replace(
                    cell,
                    column=place[cell.column],
                    span=sum(1 for column in used if cell.column <= column < cell.column + cell.span),
                )
                for cell in row.cells
            ),
        )
        for row in rows
    ]
