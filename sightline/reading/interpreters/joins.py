"""Rows and cells cut by a page: which row goes on with the one above, and how the two are joined (documents.md H1)."""

from __future__ import annotations

import re
from dataclasses import replace

from sightline.reading import dates, headings, statuses, timescales
from sightline.reading.blocks import Cell
from sightline.reading.interpreters.columns import Columns
from sightline.reading.interpreters.grid import BULLET, GridRow, bare, is_bulleted, is_only_list

_ENDED = re.compile(r"[.!?;:)”\"’']\s*$")
_DANGLING = re.compile(
    r"(?:,|-|–|/|&|\b(?:and|or|of|the|a|an|to|in|on|for|with|by|from|that|which|their|its|as|at|is|are))\s*$",
    re.I,
)
_REST_OF_DATE = re.compile(rf"(?:19|20)\d\d\b|\d{{1,2}}\s+[A-Z]|{dates.MONTH}", re.I)
_BROKEN_OFF = re.compile(r"(?:,|\s[-–]|/|&|\b(?:and|or|of|the|a|an|their|its))\s*$", re.I)


def goes_on(row: GridRow, above: GridRow | None, columns: Columns, *, broken: bool) -> bool:
    """Whether `row` is the rest of the row `above`. `broken` says that a page ends between the two.

    A row of its own has a number, a bullet, or its own status or date beside one printed above.
    """
    action = columns.place(headings.ACTION)
    if above is None or not row.filled() or row.text(columns.place(headings.NUMBER)).strip():
        return False
    point = is_bulleted(row.cells.get(action if action is not None else -1))
    if (point and not _cut_beside(row, above, action, broken=broken)) or _conflicts(row, above, columns):
        return False
    if not row.text(action):
        return _rest_without_action(row, above, columns, broken=broken)
    return _rest_of_action(row, above, columns, broken=broken)


def _cut_beside(row: GridRow, above: GridRow, action: int | None, *, broken: bool) -> bool:
    """Whether a cell beside a list of points was cut by a page, so that the list goes on too."""
    return broken and any(_resumes_lower(row, above, column) for column in row.filled() if column != action)


def _rest_without_action(row: GridRow, above: GridRow, columns: Columns, *, broken: bool) -> bool:
    """A row with no action is the rest of the one above, unless it prints an outcome for the rows below."""
    if columns.place(headings.ACTION) is None:
        return _all_lower(row) and broken
    filled = row.filled()
    outcome = columns.place(headings.OUTCOME)
    own_outcome = outcome in filled and not _resumes(row, above, outcome)
    return not own_outcome and not _unmarked(row, columns)


def _rest_of_action(row: GridRow, above: GridRow, columns: Columns, *, broken: bool) -> bool:
    action = columns.place(headings.ACTION)
    if _own(row, columns, headings.RATING) and not broken:
        return False
    if starts_lower(row.text(action)):
        return (bool(above.text(action)) and not _ENDED.search(above.text(action))) or broken
    when = columns.place(headings.TIMESCALE)
    stated = _own(row, columns, headings.RATING) or bool(row.text(when) and not above.text(when))
    upper = above.text(action)
    open_end = unfinished(upper) or bool(_DANGLING.search(upper)) or bool(BULLET.fullmatch(upper))
    return broken and not stated and (open_end or any(_resumes_lower(row, above, c) for c in row.filled()))


def _conflicts(row: GridRow, above: GridRow, columns: Columns) -> bool:
    """Whether both rows print a rating, or both a timescale that is whole by itself."""
    rating, when = columns.place(headings.RATING), columns.place(headings.TIMESCALE)
    if above.text(rating) and statuses.is_status(row.text(rating)):
        return True
    upper, lower = above.text(when), row.text(when)
    return bool(upper and lower) and not _one_timescale(upper, lower)


def _one_timescale(upper: str, lower: str) -> bool:
    """Whether two pieces of a cell make one timescale: the second is none by itself, or brings what the first lacks."""
    if starts_lower(lower) or timescales.parse(lower).kind == "unknown":
        return True
    before, whole = timescales.parse_with_doubts(upper), timescales.parse_with_doubts(f"{upper} {lower}")
    if "year_missing" in before.doubts and "year_missing" not in whole.doubts:
        return True
    return before.read.kind == "unknown" and bool(_REST_OF_DATE.match(lower.strip()))


def _own(row: GridRow, columns: Columns, meaning: str) -> bool:
    return bool(row.text(columns.place(meaning)).strip())


def _resumes(row: GridRow, above: GridRow, column: int | None) -> bool:
    text, before = row.text(column), above.text(column)
    return bool(before) and (starts_lower(text) or not _ENDED.search(before))


def _resumes_lower(row: GridRow, above: GridRow, column: int) -> bool:
    return starts_lower(row.text(column)) and bool(above.text(column))


def _unmarked(row: GridRow, columns: Columns) -> bool:
    """Whether only a source or reference stands in the row, which no rest of a row does."""
    known = {columns.place(m) for m in (headings.SOURCE, headings.REFERENCE)}
    return set(row.filled()) <= known and not _all_lower(row)


def _all_lower(row: GridRow) -> bool:
    return all(starts_lower(row.text(column)) for column in row.filled())


def starts_lower(text: str) -> bool:
    """Whether the first letter of a text is a small one, with no bullet, number or mark before it."""
    return bool(re.match(r"[\"'“‘(]?[a-zà-ÿ]", text.strip())) and not re.match(r"[a-z][.)]\s", text.strip())


def unfinished(text: str) -> bool:
    """Whether words stop without the mark that ends a sentence."""
    return bool(text.strip()) and not _ENDED.search(text)


def broken_off(text: str) -> bool:
    """Whether words stop on a word or mark that no sentence ends on ("the", a comma)."""
    return bool(_BROKEN_OFF.search(text.strip()))


def join(above: GridRow, row: GridRow) -> None:
    """Put the words of `row` behind those of `above`, cell by cell."""
    for column in row.filled():
        lower = row.cells[column]
        upper = above.cells.get(column)
        above.cells[column] = joined(upper, lower) if upper and upper.text else replace(lower, column=column)
    above.warnings.append("row_joined")


def joined(upper: Cell, lower: Cell) -> Cell:
    """One cell of two: words with a space between (none after a hyphen), list items one after another."""
    glue = "" if re.search(r"\w-$", upper.text) and starts_lower(lower.text) else " "
    items = upper.items + lower.items
    if BULLET.match(lower.text) and upper.items:
        lower = replace(lower, text=bare(lower.text), items=(bare(lower.text),))
        items = upper.items + lower.items
    elif upper.items and not lower.items and starts_lower(lower.text):
        items = (*upper.items[:-1], f"{upper.items[-1]}{glue}{lower.text}")
    glue = "\n" if is_only_list(lower) else glue
    return replace(
        upper, text=f"{upper.text}{glue}{lower.text}", items=items, raw=f"{upper.raw}\n{lower.raw}"
    )
