"""One row of a plan table as the schema's row: each cell read by the meaning of its column."""

from __future__ import annotations

import re

from sightline.reading import headings, numbers, owners, statuses, timescales
from sightline.reading.interpreters.columns import Columns
from sightline.reading.interpreters.desk import Desk
from sightline.reading.interpreters.grid import GridRow, bare, is_bulleted
from sightline.reading.schema import RowRead

_QUARTER_BLANK = re.compile(r"^[\s\-–—]*$")


def read_row(grid: GridRow, columns: Columns, desk: Desk) -> RowRead:
    """The row as printed: nothing inherited, no kind decided but bullets, references left to the end."""
    row = RowRead(at=grid.at, warnings=list(grid.warnings))
    _number(row, grid, columns)
    _words(row, grid, columns)
    _owners(row, grid, columns, desk)
    _timescale(row, grid, columns)
    _rating(row, grid, columns, desk)
    _ours(row, grid, columns)
    row.other = {heading: grid.text(column) for column, heading in columns.others().items()}
    return row


def _number(row: RowRead, grid: GridRow, columns: Columns) -> None:
    place = columns.place(headings.NUMBER)
    row.number_raw = " ".join(grid.text(place).split())
    row.numbers = list(numbers.parse(row.number_raw).numbers)
    if row.number_raw and not row.numbers:
        row.warnings.append("number_unreadable")
    if not row.number_raw:
        text = grid.text(columns.place(headings.ACTION))
        row.number_raw = numbers.leading(text)
        row.numbers = [row.number_raw] if row.number_raw else []


def _words(row: RowRead, grid: GridRow, columns: Columns) -> None:
    row.sources_raw = grid.text(columns.place(headings.SOURCE))
    row.sources = numbers.parse_sources(row.sources_raw)
    row.outcome = grid.text(columns.place(headings.OUTCOME))
    row.update = grid.text(columns.place(headings.UPDATE))
    action = grid.cells.get(columns.places.get(headings.ACTION, -1))
    if action is None:
        return
    row.action = action.text
    row.items = list(action.items)
    if not row.numbers and is_bulleted(action):
        row.kind = "bullet"
        row.action = bare(action.text)
        row.items = [] if len(row.items) == 1 else row.items


def _owners(row: RowRead, grid: GridRow, columns: Columns, desk: Desk) -> None:
    for column in columns.all_of(headings.LEAD):
        text = grid.text(column)
        read = owners.split(_points(grid, column), desk.names)
        if column == columns.place(headings.LEAD):
            row.owners_raw = text
        row.owners += [owner for owner in read.owners if owner not in row.owners]
        if read.unsplit:
            row.warnings.append("owner_unsplit")


def _points(grid: GridRow, column: int) -> str:
    """A lead cell's words with a bullet before each point of its list, so that no point runs into the next."""
    cell = grid.cells.get(column)
    text = cell.text if cell else ""
    for item in cell.items if cell else ():
        text = re.sub(rf"(?m)^{re.escape(item)}$", f"• {item}", text, count=1)
    return text


def _timescale(row: RowRead, grid: GridRow, columns: Columns) -> None:
    row.timescale_raw = grid.text(columns.place(headings.TIMESCALE))
    parsed = timescales.parse_with_doubts(row.timescale_raw)
    row.timescale = parsed.read
    row.warnings += parsed.doubts
    if parsed.read.kind == "unknown" and "impossible_date" not in parsed.doubts:
        row.warnings.append("unknown_timescale")


def _rating(row: RowRead, grid: GridRow, columns: Columns, desk: Desk) -> None:
    place = columns.place(headings.RATING)
    if place is None:
        _other_rating(row, grid, columns, desk)
        return
    row.rating_raw = " ".join(grid.text(place).split())
    _say(row, row.rating_raw, desk)
    if row.rating in ("blank", "other") and (shade := _shade(grid, place)) != "blank":
        row.rating = _keyed(shade, desk)
        row.warnings.append("status_by_colour")


def _other_rating(row: RowRead, grid: GridRow, columns: Columns, desk: Desk) -> None:
    """A status printed as ticks in columns, as yes or no, or as the last letter of the quarters."""
    for meaning, rating in ((headings.TICK_COMPLETE, "complete"), (headings.TICK_ON_TRACK, "green")):
        if statuses.is_tick(grid.text(columns.place(meaning))):
            row.rating, row.rating_raw = rating, grid.text(columns.place(meaning))
            return
    answer = grid.text(columns.place(headings.COMPLETE_YN))
    if answer:
        row.rating_raw = answer
        row.rating = _yes_or_no(answer)
        return
    quarters = [grid.text(c) for c in sorted(columns.all_of(headings.QUARTER))]
    said = [text for text in quarters if not _QUARTER_BLANK.match(text)]
    if said and statuses.parse(said[-1], desk.reading.document.legend).rating not in ("other", "blank"):
        row.rating_raw = said[-1]
        _say(row, said[-1], desk)


def _yes_or_no(answer: str) -> str:
    """What stands under "Complete Y/N": yes is complete, "ongoing" on track, no and "n/a" neither."""
    if statuses.is_tick(answer):
        return "complete"
    if re.match(r"\W*on[- ]?going", answer, re.I):
        return "green"
    return "other" if re.match(r"\W*n", answer, re.I) else statuses.parse(answer).rating


def _say(row: RowRead, text: str, desk: Desk) -> None:
    read = statuses.parse(text, desk.reading.document.legend)
    row.rating = read.rating
    if read.doubtful:
        row.warnings.append("rating_doubtful")
    if read.rating == "other" and text.lower() not in _keys(desk):
        row.warnings.append("rating_unreadable")


def _keys(desk: Desk) -> set[str]:
    return {word.lower() for word in desk.reading.document.legend}


def _keyed(shade: str, desk: Desk) -> str:
    """What the document's key says of a colour, else the colour."""
    by_colour = {word.lower(): rating for word, rating in desk.reading.document.legend.items()}
    return by_colour.get(shade, shade)


def _shade(grid: GridRow, place: int) -> str:
    """The rating of a cell's shading; a shade that the whole row has is decoration."""
    cell = grid.cells.get(place)
    fills = {c.fill for column, c in grid.cells.items() if column != place and not c.continued}
    if cell is None or (len(grid.cells) > 2 and fills == {cell.fill}):
        return "blank"
    return statuses.from_fill(cell.fill)


def _ours(row: RowRead, grid: GridRow, columns: Columns) -> None:
    row.reference = grid.text(columns.place(headings.REFERENCE))
    row.impact_rating = grid.text(columns.place(headings.IMPACT_RATING))
    row.state = grid.text(columns.place(headings.STATE))
