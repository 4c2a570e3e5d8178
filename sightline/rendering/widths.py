"""Column widths: as asked for, or after the text; always wide enough for the longest ordinary word."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.rendering.document import Table, TableRow
from sightline.rendering.text import flat

SPLIT_ABOVE = 24
"""Lines. A row that takes no more stays whole on its page."""

LONGEST_WORD = 14
"""Characters. Words longer than this may be broken, so they claim no more room."""

_SAMPLE = 200


def shares(table: Table, room: float) -> list[float]:
    """Each column's share of the table's width; they add up to 1. `room` is the width in characters of text.

    Columns that all ask for the same width are given room after their contents (the square root of the
    average length), as an unfriendly width is worse than an uneven one.
    """
    count = len(table.columns)
    rows = [row.cells for row in table.rows if not row.band][:_SAMPLE]
    texts = [[flat(row[column]) for row in rows] for column in range(count)]
    asked = [max(column.width, 0.01) for column in table.columns]
    if len(set(asked)) == 1:
        asked = [max(sum(map(len, t)) / max(len(t), 1), 4) ** 0.5 for t in texts]
    least = [_longest([column.heading, *t]) for column, t in zip(table.columns, texts, strict=True)]
    scale = min(1.0, room / sum(least))
    return _spread(asked, [word * scale / room for word in least])


def _longest(texts: Sequence[str]) -> float:
    """The longest word in characters, at most LONGEST_WORD, with room for the cell's margins."""
    return min(max((len(w) for text in texts for w in text.split()), default=1), LONGEST_WORD) + 2.5


def _spread(asked: Sequence[float], least: Sequence[float]) -> list[float]:
    """Divide the width as asked, but give no column less than its least; the others pay in proportion."""
    fixed: set[int] = set()
    while True:
        left = 1 - sum(least[i] for i in fixed)
        wanted = sum(a for i, a in enumerate(asked) if i not in fixed)
        given = [least[i] if i in fixed else a * left / wanted for i, a in enumerate(asked)]
        short = {i for i, width in enumerate(given) if i not in fixed and width < least[i] - 1e-9}
        if not short:
            return given
        fixed |= short


def height(row: TableRow, widths: Sequence[float]) -> int:
    """About how many lines the row takes, when its columns hold `widths` characters a line."""
    room = [sum(widths)] if row.band else [max(width - 2.5, 3) for width in widths]
    return max(
        sum(-(-len(line) // max(int(width), 1)) or 1 for line in flat(cell).split("\n"))
        for cell, width in zip(row.cells, room, strict=True)
    )
