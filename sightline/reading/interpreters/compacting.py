"""Grid columns that nobody uses, taken out of a table.

A reader's grid has a column for every edge any row draws: two tables that touch on a PDF page share one grid, and a
heading over two columns of which one is never used spans both. Under each header only the columns in which a cell of
its rows begins are columns; the others belong to the cell that spans them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from sightline.reading.blocks import PrintedDocument, Row, Table
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


def tidied(doc: PrintedDocument) -> PrintedDocument:
    """The document with lists that share a page's grid set on columns of their own.

    Only tables without a plan's header whose rows begin their cells in different places, and only where all of them
    turn out to have the same number of columns: then they were lists one under the other.
    """
    blocks = tuple(_aligned(block) if isinstance(block, Table) else block for block in doc.blocks)
    return replace(doc, blocks=blocks)


def _aligned(table: Table) -> Table:
    runs = [list(run) for _, run in groupby(table.rows, key=_starts)]
    if len({_starts(row) for row in table.rows}) < 2 or _headers(table.rows):
        return table
    used = [sorted({c.column for row in run for c in row.cells if c.text.strip()}) for run in runs]
    if len({len(columns_used) for columns_used in used}) != 1:
        return table
    rows = [_placed(row, places) for run, places in zip(runs, used, strict=True) for row in run]
    return replace(table, rows=tuple(rows))


def _starts(row: Row) -> tuple[int, ...]:
    return tuple(cell.column for cell in row.cells)


def _placed(row: Row, places: list[int]) -> Row:
    cells = [replace(c, column=places.index(c.column), span=1) for c in row.cells if c.column in places]
    return replace(row, cells=tuple(cells))
