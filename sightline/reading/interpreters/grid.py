"""Rows of a table as cells by column, with the repairs that need no knowledge of the rows around."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations

from sightline.reading import headings, numbers, statuses, timescales
from sightline.reading.blocks import At, Cell, Row
from sightline.reading.interpreters.columns import Columns
from sightline.reading.owners import looks_like_owner

BULLET = re.compile(r"^\s*(?:[•◦▪●○■□*]|[-–—](?=\s)|o\s(?=[A-Z]))\s*")
MOST_ALIGNMENTS = 2000


@dataclass(slots=True)
class GridRow:
    """One row: its cells by grid column, where it stands, and what has been done to it."""

    cells: dict[int, Cell]
    at: At
    block: int
    index: int
    width: int
    opens_page: bool = False
    warnings: list[str] = field(default_factory=list)

    def text(self, column: int | None) -> str:
        """The words in a column, or "" for no such column or an empty cell."""
        cell = self.cells.get(column) if column is not None else None
        return cell.text if cell else ""

    def filled(self) -> list[int]:
        """The columns that hold words, in order."""
        return sorted(column for column, cell in self.cells.items() if cell.text.strip())

    def continued(self, column: int | None) -> bool:
        """Whether a cell is the lower part of one merged over several rows."""
        cell = self.cells.get(column) if column is not None else None
        return bool(cell and cell.continued)


def grid_row(row: Row, block: int, index: int, width: int, *, opens_page: bool = False) -> GridRow:
    """A printed row as a grid row, its lists in cells recognised."""
    cells = {cell.column: listed(cell) for cell in row.cells}
    return GridRow(cells, row.at, block, index, width, opens_page)


def listed(cell: Cell) -> Cell:
    """A cell with bulleted lines turned into items, where its reader has not done so, and white space collapsed."""
    lines = [" ".join(line.split()) for line in re.split(r"[\n\r]+", cell.text)]
    lines = _marked([line for line in lines if line])
    bulleted = [line for line in lines if BULLET.match(line)]
    items = cell.items or (tuple(bare(line) for line in bulleted) if len(bulleted) > 1 else ())
    text = "\n".join(bare(line) if items and line in bulleted else line for line in lines)
    return replace(cell, text=text, items=tuple(" ".join(bare(item).split()) for item in items))


def _marked(lines: list[str]) -> list[str]:
    """Lines with a bullet that stands alone put before the line it belongs to."""
    out: list[str] = []
    for line in lines:
        if out and BULLET.fullmatch(out[-1]) and not BULLET.match(line):
            out[-1] = f"{out[-1].strip()} {line}"
        else:
            out.append(line)
    return out


def bare(line: str) -> str:
    """A line without its bullet."""
    return BULLET.sub("", line, count=1)


def is_bulleted(cell: Cell | None) -> bool:
    """Whether a cell is a point of a list: it begins with a bullet, or is nothing but a list."""
    if cell is None or not cell.text:
        return False
    return bool(BULLET.match(cell.text)) or is_only_list(cell)


def is_only_list(cell: Cell) -> bool:
    """Whether a cell holds a list and no words before it."""
    return bool(cell.items) and cell.text.replace("\n", " ").strip() == " ".join(cell.items)


def move_back(row: GridRow, columns: Columns, above: GridRow | None = None) -> bool:
    """Move a row that lost its leading (row-spanned) cells back under its columns; say whether it was.

    Only where the first cell begins with a bullet and as many cells at the end are empty (documents.md P1), or where
    a page cut such a row and this is its rest.
    """
    action, filled = columns.place(headings.ACTION), row.filled()
    if action is None or action == 0 or not filled or filled[0] != 0:
        return False
    rest = row.opens_page and above is not None and "row_shifted" in above.warnings and len(filled) <= 2
    if not (rest or is_bulleted(row.cells[0])) or filled[-1] + action >= columns.width:
        return False
    row.cells = {column + action: replace(cell, column=column + action) for column, cell in row.cells.items()}
    row.cells = {column: cell for column, cell in row.cells.items() if column < columns.width}
    row.warnings.append("row_shifted")
    return True


def align(row: GridRow, columns: Columns) -> bool:
    """Place the cells of a row that is short of cells by what they hold; say whether any moved (documents.md H2).

    A row that has all its cells, the last of them empty, is moved only where its number shows that it slipped.
    """
    cells = [row.cells[column] for column in sorted(row.cells)]
    whole = len(cells) == columns.width
    if whole and not _may_have_slipped(row, columns):
        return False
    while whole and not cells[-1].text.strip():
        cells.pop()
    spans = any(cell.span > 1 or cell.continued for cell in cells)
    if not 2 <= len(cells) < columns.width or spans or len(row.filled()) < 2:
        return False
    usual = tuple(range(len(cells)))
    best = max(_ways(columns.width, len(cells)), key=lambda way: (_fit(cells, way, columns), way == usual))
    if _fit(cells, best, columns) < _fit(cells, usual, columns) + 2 or (
        whole and not _slipped(cells, best, columns)
    ):
        return False
    row.cells = {column: replace(cell, column=column) for column, cell in zip(best, cells, strict=True)}
    row.warnings.append("row_realigned")
    return True


def _may_have_slipped(row: GridRow, columns: Columns) -> bool:
    """Whether the last cell is empty and something that is no number stands in the number's column."""
    place = columns.place(headings.NUMBER)
    printed = row.text(place)
    return not row.text(columns.width - 1) and bool(printed) and not numbers.is_number(printed)


def _slipped(cells: list[Cell], way: tuple[int, ...], columns: Columns) -> bool:
    """Whether a number would stand in the number's column by the other placing."""
    place = columns.place(headings.NUMBER)
    return place is not None and place in way and numbers.is_number(cells[way.index(place)].text)


def _ways(width: int, cells: int) -> Iterable[tuple[int, ...]]:
    for count, way in enumerate(combinations(range(width), cells)):
        if count == MOST_ALIGNMENTS:
            return
        yield way


def _fit(cells: list[Cell], way: tuple[int, ...], columns: Columns) -> float:
    return sum(
        fit(cell.text, columns.meanings.get(column, "")) for cell, column in zip(cells, way, strict=True)
    )


@lru_cache(maxsize=4096)
def fit(text: str, meaning: str) -> float:
    """How well words suit a column of some meaning: about 2 for a match, below 0 for words that belong elsewhere."""
    if not text.strip():
        return 0
    looks = _looks(text)
    if meaning in ("number", "rating", "timescale"):
        return 2.0 if looks == meaning else -2.0
    if looks in ("rating", "timescale"):
        return -1.5
    if meaning == headings.SOURCE:
        return 1.0 if looks == "number" else -0.5
    if meaning == headings.LEAD:
        return 1.5 if looks_like_owner(text) else -0.5
    if looks == "number":
        return -2.0
    sentence = len(text.split()) > 3 and not looks_like_owner(text)
    return 1.0 if sentence and meaning else 0.0


def _looks(text: str) -> str:
    if statuses.is_status(text):
        return "rating"
    if numbers.is_number(text):
        return "number"
    kind = timescales.parse(text).kind
    short = len(text.split()) <= 10
    return "timescale" if short and kind not in ("unknown", "blank", "condition", "not_applicable") else ""
