"""Columns without a known heading, named by what they hold: owners, numbers, statuses in words or colours."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sightline.reading import headings, numbers, statuses
from sightline.reading.interpreters.columns import Columns
from sightline.reading.interpreters.grid import GridRow
from sightline.reading.owners import looks_like_owner


def adopt(columns: Columns, rows: Sequence[GridRow]) -> None:
    """Give columns whose heading is empty their meaning, where the table has no other column for it.

    A column with a heading nobody knows keeps its own name, but for one that holds a status by colour alone.
    """
    nameless = [c for c in range(columns.width) if not columns.headings[c] and c not in columns.meanings]
    for column in nameless:
        for meaning, suits in _SUITS:
            if not columns.has(meaning) and _mostly([row.text(column) for row in rows], suits):
                columns.name(column, meaning)
                break
    if not columns.has(headings.RATING, headings.COMPLETE_YN, headings.TICK_COMPLETE):
        _by_colour(columns, rows)


def _mostly(texts: Sequence[str], suits: Callable[[str], bool]) -> bool:
    said = [text for text in texts if text.strip()]
    return bool(said) and sum(1 for text in said if suits(text)) * 10 >= len(said) * 7


def _by_colour(columns: Columns, rows: Sequence[GridRow]) -> None:
    """A column shaded green, amber and red in different rows, and no words known to be something else."""
    for column in reversed(range(columns.width)):
        if column in columns.meanings:
            continue
        shades = [_shade(row, column) for row in rows]
        coloured = [shade for shade in shades if shade in ("green", "amber", "yellow", "red", "blue")]
        if len(coloured) > 1 and len(set(coloured)) > 1:
            columns.name(column, headings.RATING)
            return


def _shade(row: GridRow, column: int) -> str:
    cell = row.cells.get(column)
    return statuses.from_fill(cell.fill) if cell else "blank"


_SUITS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (headings.NUMBER, numbers.is_number),
    (headings.RATING, statuses.is_status),
    (headings.LEAD, looks_like_owner),
)
