"""Gives the cells of a tagged row their columns: some programs leave empty cells out of the structure tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

_UNKNOWN = 60.0  # points: the cost of putting a cell into a column nothing is known of


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of the tree: what it spans, and where its words begin (None where it is empty)."""

    columns: int
    rows: int
    x0: float | None


def columns_of(rows: Sequence[Sequence[Piece]]) -> list[list[int]]:
    """The grid column of every cell of every row.

    A row that fills the grid is taken as it stands. In one that does not, each cell goes where its words begin,
    their order kept; what stays free was empty.
    """
    frees = _free_columns(rows)
    starts = _starts(rows, frees)
    return [_placed(row, free, starts) for row, free in zip(rows, frees, strict=True)]


def _free_columns(rows: Sequence[Sequence[Piece]]) -> list[list[int]]:
    """The columns of each row that no cell from above reaches into, where rows without gaps are concerned."""
    width = max((sum(piece.columns for piece in row) for row in rows), default=0)
    reaching: dict[int, int] = {}
    frees = []
    for row in rows:
        free = [column for column in range(width) if not reaching.get(column)]
        frees.append(free)
        reaching = {column: left - 1 for column, left in reaching.items() if left > 1}
        place = 0
        if sum(piece.columns for piece in row) == len(free):
            for piece in row:
                if piece.rows > 1:
                    reaching.update(
                        {column: piece.rows - 1 for column in free[place : place + piece.columns]}
                    )
                place += piece.columns
    return frees


def _starts(rows: Sequence[Sequence[Piece]], frees: Sequence[list[int]]) -> dict[int, float]:
    """Where the words of each column begin, learnt from the rows without gaps."""
    found: dict[int, list[float]] = {}
    for row, free in zip(rows, frees, strict=True):
        if sum(piece.columns for piece in row) == len(free):
            place = 0
            for piece in row:
                if piece.x0 is not None:
                    found.setdefault(free[place], []).append(piece.x0)
                place += piece.columns
    return {column: median(places) for column, places in found.items()}


def _placed(row: Sequence[Piece], free: list[int], starts: dict[int, float]) -> list[int]:
    wanted = sum(piece.columns for piece in row)
    if wanted >= len(free):
        past = free[-1] + 1 if free else 0
        columns, place = [], 0
        for piece in row:
            columns.append(free[place] if place < len(free) else past + place - len(free))
            place += piece.columns
        return columns

    @cache
    def best(at: int, place: int) -> tuple[float, tuple[int, ...]]:
        if at == len(row):
            return 0.0, ()
        choices = []
        for begin in range(place, len(free) - sum(piece.columns for piece in row[at:]) + 1):
            cost, rest = best(at + 1, begin + row[at].columns)
            choices.append((cost + _cost(row[at], starts.get(free[begin])), (free[begin], *rest)))
        return min(choices)

    return list(best(0, 0)[1])


def _cost(piece: Piece, start: float | None) -> float:
    return _UNKNOWN if piece.x0 is None or start is None else abs(piece.x0 - start)
