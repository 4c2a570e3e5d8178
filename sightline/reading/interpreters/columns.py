"""The columns of a plan table: header rows found, joined over one to three rows, and given their meanings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sightline.reading import dates, headings, numbers, statuses
from sightline.reading.blocks import Row
from sightline.reading.headings import (
    ACTION,
    LEAD,
    OUTCOME,
    PLAN,
    PRIORITY,
    QUARTER,
    RATING,
    TIMESCALE,
    UPDATE,
)
from sightline.reading.interpreters.titles import title_of

MOST_HEADER_ROWS = 3
_LONGEST = 120  # letters of a heading


@dataclass(slots=True)
class Columns:
    """The columns: heading as printed and meaning by grid column; `places` says where each meaning mainly stands."""

    headings: list[str]
    meanings: dict[int, str] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    header_rows: int = 1
    priority_text: str = ""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.headings)

    def place(self, meaning: str) -> int | None:
        """The column that mainly holds `meaning`, or None."""
        return self.places.get(meaning)

    def has(self, *meanings: str) -> bool:
        """Whether there is a column for any of these."""
        return any(meaning in self.places for meaning in meanings)

    def all_of(self, meaning: str) -> list[int]:
        """Every column of one meaning, the main one first."""
        first = self.places.get(meaning)
        return sorted((c for c, m in self.meanings.items() if m == meaning), key=lambda c: (c != first, c))

    def others(self) -> dict[int, str]:
        """The columns kept under their own heading: unknown ones, quarters, and second columns of one meaning."""
        main = set(self.places.values())
        named = {c: h for c, h in enumerate(self.headings) if c not in main or self.meanings[c] == QUARTER}
        return {c: self._unique(c) for c, _ in named.items()}

    def name(self, column: int, meaning: str) -> None:
        """Give a column without a known heading its meaning by what it holds."""
        self.meanings[column] = meaning
        self.places[meaning] = column

    def printed(self) -> list[str]:
        """The headings in order, those without words as "Column N"."""
        return [self._unique(column) for column in range(self.width)]

    def same_as(self, other: Columns) -> bool:
        """Whether two headers read alike."""
        return [headings.plain(h) for h in self.headings] == [headings.plain(h) for h in other.headings]

    def _unique(self, column: int) -> str:
        heading = self.headings[column] or f"Column {column + 1}"
        earlier = sum(1 for h in self.headings[:column] if h == self.headings[column] and h)
        return f"{heading} ({earlier + 1})" if earlier else heading


def find(rows: Sequence[Row], start: int = 0) -> Columns | None:
    """The header that begins at `rows[start]`, one to three rows deep, or None where that row is no header."""
    best: Columns | None = None
    if not _short_enough(rows[start]):
        return None
    for depth in range(1, min(MOST_HEADER_ROWS, len(rows) - start) + 1):
        block = rows[start : start + depth]
        if depth > 1 and not all(_may_belong(row) for row in block):
            break
        columns = _columns(block)
        if _is_plan(columns, block) and (depth == 1 or _adds(columns, best, block)):
            best = columns
    return best


def is_repeated(row: Row, columns: Columns) -> bool:
    """Whether a row prints a header's words again (or one row of a deeper header)."""
    cells = [cell for cell in row.cells if cell.text.strip()]
    said = [headings.plain(cell.text) in _words_at(columns, cell.column) for cell in cells]
    return bool(said) and all(said) and (len(said) > 1 or columns.width == 1)


def _words_at(columns: Columns, place: int) -> set[str]:
    """The words of a column's heading: whole, and each row of a deeper header."""
    heading = columns.headings[place] if place < columns.width else ""
    return {headings.plain(part) for part in (heading, *heading.split(" – ")) if part}


def _columns(rows: Sequence[Row]) -> Columns:
    width = (
        max(cell.column + cell.span for row in rows for cell in row.cells)
        if any(r.cells for r in rows)
        else 0
    )
    columns = Columns([""] * width, header_rows=len(rows))
    for place in range(width):
        parts = list(dict.fromkeys(text for row in rows if (text := " ".join(row.text_at(place).split()))))
        columns.headings[place] = " – ".join(parts)
        # A dash in one cell joins two rows of a header as our own exports print them.
        meaning = _meaning([word for part in parts for word in part.split(" – ")])
        if meaning == PRIORITY and (title := title_of(" ".join(parts))):
            columns.priority_text = title.raw
        if meaning:
            columns.meanings[place] = meaning
    _choose(columns)
    return columns


def _meaning(parts: list[str]) -> str:
    if not parts:
        return ""
    if title_of(" ".join(parts)):
        return PRIORITY
    whole = headings.meaning_of(" ".join(parts))
    if whole == headings.IMPACT_RATING:
        return whole
    tries = (parts[-1], " ".join(parts), *reversed(parts[:-1]))
    return next((meaning for text in tries if (meaning := headings.meaning_of(text)) in _WANTED), "")


_WANTED = PLAN | {headings.RECOMMENDATION, headings.RESPONSE, headings.ORGANISATION}


def _choose(columns: Columns) -> None:
    """Pick the main column of each meaning: the plainest heading, else the first."""
    as_plan = {
        headings.RECOMMENDATION: headings.SOURCE,
        headings.RESPONSE: UPDATE,
        headings.ORGANISATION: LEAD,
    }
    for column, meaning in list(columns.meanings.items()):
        columns.meanings[column] = as_plan.get(meaning, meaning)
    for column, meaning in columns.meanings.items():
        best = columns.places.get(meaning)
        plainer = headings.is_best(columns.headings[column], meaning)
        if best is None or (plainer and not headings.is_best(columns.headings[best], meaning)):
            columns.places[meaning] = column
    _second_objective(columns)
    ours = columns.has(headings.STATE, headings.IMPACT_RATING)
    if columns.has(headings.REFERENCE) and not columns.has(headings.NUMBER) and not ours:
        columns.name(columns.places.pop(headings.REFERENCE), headings.NUMBER)


def _second_objective(columns: Columns) -> None:
    """A table without a column of actions that has requirements, aims or outcomes only keeps what it has."""
    if not columns.has(ACTION) and columns.has(PRIORITY) and len(columns.all_of(PRIORITY)) > 1:
        last = columns.all_of(PRIORITY)[-1]
        columns.name(last, ACTION)


def _is_plan(columns: Columns, rows: Sequence[Row]) -> bool:
    known = len(columns.meanings)
    filled = sum(1 for heading in columns.headings if heading)
    if known < 2 or known * 2 < filled or columns.width < 3:
        return False
    tells = columns.has(LEAD, TIMESCALE, RATING, UPDATE, QUARTER, headings.NUMBER, headings.COMPLETE_YN)
    first = [cell.text for cell in rows[0].cells if cell.text.strip()]
    return columns.has(ACTION, OUTCOME) and tells and len(first) > 1


def _short_enough(row: Row) -> bool:
    """Whether no cell is far too long for a heading; most rows of a plan are told apart by this alone."""
    return all(len(cell.text) <= _LONGEST or title_of(cell.text) for cell in row.cells)


def _may_belong(row: Row) -> bool:
    """Whether a row could be part of a header of several rows: short words, no number, date or status."""
    texts = [cell.text.strip() for cell in row.cells if cell.text.strip()]
    return bool(texts) and all(
        len(text.split()) <= headings.LONGEST
        and not (numbers.is_number(text) or statuses.is_status(text) or dates.find(text))
        for text in texts
    )


def _adds(columns: Columns, best: Columns | None, rows: Sequence[Row]) -> bool:
    """Whether one more row makes the header say more: it is marked as a header, or its words are headings too."""
    if all(row.header and len([c for c in row.cells if c.text.strip()]) > 1 for row in rows):
        return True
    if not all(_reads_as_heading(row) for row in rows):
        return False
    texts = [cell.text for cell in rows[-1].cells if cell.text.strip()]
    return best is None or (not columns.same_as(best) and not _repeats(texts, best))


def _reads_as_heading(row: Row) -> bool:
    """Whether a row of a deeper header is one: several words, some of them headings, or words over several columns."""
    cells = [cell for cell in row.cells if cell.text.strip()]
    known = [cell for cell in cells if headings.meaning_of(cell.text) in _WANTED]
    spans = any(cell.span > 1 for cell in cells)
    return len(cells) > 1 and (spans or len(known) * 2 >= len(cells)) and bool(known)


def _repeats(texts: list[str], best: Columns) -> bool:
    said = {headings.plain(heading) for heading in best.headings}
    return len(texts) > 1 and all(headings.plain(text) in said for text in texts)
