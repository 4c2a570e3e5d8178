"""Plan tables: priority, outcome, lead, number, action, update, timescale, status (documents.md A1, A6)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from sightline.reading import headings, timescales
from sightline.reading.blocks import At
from sightline.reading.interpreters import adopting, strategies
from sightline.reading.interpreters.checks import Printed
from sightline.reading.interpreters.desk import IMPORTED, JOINED, SET_ASIDE, Desk
from sightline.reading.interpreters.grid import GridRow
from sightline.reading.interpreters.joins import goes_on, join, joined, starts_lower, unfinished
from sightline.reading.interpreters.plan_rows import read_row
from sightline.reading.interpreters.plan_stream import Heading, Stretch, stretches
from sightline.reading.interpreters.titles import title_of
from sightline.reading.schema import PriorityRead, RowRead, TimescaleRead

_AS_ABOVE = re.compile(r"^\W*(?:as above|same as above|see above|ditto|do\.?|[\"″”“]+|-\s?\"\s?-)\W*$", re.I)
_UNREADABLE = 0.6


@dataclass(slots=True)
class _State:
    """What holds for the rows to come: the priority, what was printed last, and the band they stand under."""

    priority: str | None = None
    outcome: str = ""
    owners: list[str] = field(default_factory=list)
    last: RowRead | None = None
    parent: RowRead | None = None
    band: TimescaleRead | None = None

    def turn(self, priority: str | None) -> None:
        """Begin another priority: nothing is inherited across it."""
        self.priority, self.outcome, self.owners = priority, "", []
        self.last = self.parent = self.band = None


def interpret(desk: Desk) -> None:
    """Read every plan table of the document into rows and priorities."""
    found = stretches(desk)
    state = _State()
    for stretch in found:
        _columns(desk, stretch)
        _read(desk, stretch, state, titled=any(_titled(s) for s in found))
    _stems(desk.reading.rows)


def printed(desk: Desk) -> Printed:
    """Which columns the plan prints; warns once of each that is not printed at all."""
    rows = desk.reading.rows
    meanings = {headings.meaning_of(heading) for heading in desk.reading.document.columns}
    rated = bool(meanings & _RATED) or any(row.rating != "blank" for row in rows)
    timed = headings.TIMESCALE in meanings or any(row.timescale.kind != "blank" for row in rows)
    if rows and not rated:
        desk.warn("no_rating_column", rows[0].at)
    if rows and not timed:
        desk.warn("no_timescale_column", rows[0].at)
    owned = headings.LEAD in meanings or any(row.owners for row in rows)
    if rows and not owned:
        desk.warn("no_owner_column", rows[0].at)
    whole = frozenset(p.number for p in desk.reading.priorities if p.timescale.kind != "blank")
    return Printed(rated, timed, owned, whole)


_RATED = {headings.RATING, headings.COMPLETE_YN, headings.TICK_COMPLETE}


def _columns(desk: Desk, stretch: Stretch) -> None:
    grids = [entry for entry in stretch.entries if isinstance(entry, GridRow)]
    adopting.adopt(stretch.columns, grids)
    for heading in stretch.columns.printed():
        if heading not in desk.reading.document.columns:
            desk.reading.document.columns.append(heading)
    if not any(grid.filled() for grid in grids):
        desk.warn("empty_template", stretch.at)


def _titled(stretch: Stretch) -> bool:
    return any(isinstance(entry, Heading) and entry.title for entry in stretch.entries)


def _read(desk: Desk, stretch: Stretch, state: _State, *, titled: bool) -> None:
    whole = _joined_up(desk, stretch)
    if _unreadable(whole, stretch):
        _refuse(desk, stretch, whole)
        return
    parallel = strategies.is_strategy(whole, stretch.columns)
    for entry in whole:
        if isinstance(entry, Heading):
            _heading(desk, entry, state, titled=titled)
        elif parallel:
            _turn_by_cell(desk, entry, stretch, state)
            strategies.read(desk, entry, stretch.columns, state.priority)
            desk.take(IMPORTED, entry.block, entry.index)
        else:
            _row(desk, entry, stretch, state)


def _joined_up(desk: Desk, stretch: Stretch) -> list[Heading | GridRow]:
    """The entries with rows that a page cut put together again."""
    out: list[Heading | GridRow] = []
    above: GridRow | None = None
    for entry in stretch.entries:
        if isinstance(entry, GridRow):
            if above is not None and goes_on(entry, above, stretch.columns, broken=entry.opens_page):
                join(above, entry)
                desk.take(JOINED, entry.block, entry.index)
                continue
            above = entry
        else:
            above = None
        out.append(entry)
    _cells_cut(out, stretch)
    return out


def _cells_cut(entries: list[Heading | GridRow], stretch: Stretch) -> None:
    """Put an outcome or lead that runs over a page into a later, numbered row back where it began."""
    origins: dict[int, GridRow] = {}
    for entry in entries:
        if isinstance(entry, Heading):
            origins = {}
            continue
        for meaning in (headings.OUTCOME, headings.LEAD):
            place = stretch.columns.place(meaning)
            if place is None or not entry.text(place):
                continue
            origin = origins.get(place)
            if (
                origin
                and entry.opens_page
                and starts_lower(entry.text(place))
                and unfinished(origin.text(place))
            ):
                origin.cells[place] = joined(origin.cells[place], entry.cells.pop(place))
                entry.warnings.append("cell_joined")
            else:
                origins[place] = entry


def _unreadable(entries: list[Heading | GridRow], stretch: Stretch) -> bool:
    """Whether cells stand under the wrong headings: sentences in most number cells, or no actions in most rows."""
    grids = [entry for entry in entries if isinstance(entry, GridRow) and entry.filled()]
    place, action = stretch.columns.place(headings.NUMBER), stretch.columns.place(headings.ACTION)
    if len(grids) < 3:
        return False
    sentences = sum(1 for g in grids if place is not None and len(g.text(place).split()) > 8)
    empty = sum(1 for g in grids if action is not None and not g.text(action))
    return sentences > len(grids) * _UNREADABLE or empty > len(grids) * _UNREADABLE


def _refuse(desk: Desk, stretch: Stretch, entries: list[Heading | GridRow]) -> None:
    desk.warn("columns_unreadable", stretch.at)
    for entry in stretch.entries:
        if isinstance(entry, GridRow):
            desk.take(SET_ASIDE, entry.block, entry.index)
    for entry in entries:
        if isinstance(entry, Heading) and entry.title:
            desk.reading.priorities.append(
                PriorityRead(entry.title.number, entry.title.title, entry.aim, entry.at)
            )


def _heading(desk: Desk, heading: Heading, state: _State, *, titled: bool) -> None:
    band = timescales.parse(heading.text)
    if heading.title:
        _priority(desk, state, heading.title.number, heading.title.title, heading.at, heading.aim)
    elif band.dates and not titled_words(heading.text):
        state.band = band
    elif titled:
        state.outcome = heading.text
    else:
        _priority(desk, state, str(len(desk.reading.priorities) + 1), heading.text, heading.at)
        desk.warn("priority_number_inferred", heading.at, f"“{heading.text}”")


def titled_words(text: str) -> bool:
    """Whether a band names a priority rather than a time."""
    return title_of(text) is not None


def _priority(desk: Desk, state: _State, number: str, title: str, at: At, aim: str = "") -> None:
    """Begin a priority; a title printed again after a page is the same priority."""
    known = [p for p in desk.reading.priorities if p.number == number]
    same = next((p for p in known if _same_title(p.title, title)), None)
    if same is None:
        desk.reading.priorities.append(PriorityRead(number, title, aim, at))
    if state.priority != number or same is None:
        state.turn(number)


def _same_title(one: str, two: str) -> bool:
    a, b = headings.plain(one), headings.plain(two)
    return a == b or not b or a.startswith(b) or b.startswith(a)


def _turn_by_cell(desk: Desk, grid: GridRow, stretch: Stretch, state: _State) -> None:
    """Begin the priority that a column of priorities names in this row."""
    text = " ".join(grid.text(stretch.columns.place(headings.PRIORITY)).split())
    if not text or _AS_ABOVE.match(text):
        return
    title = title_of(text)
    number = title.number if title else _leading(text)
    words = title.title if title else re.sub(r"^\W*\d+[a-z]?\W+", "", text) if number else text
    current = next((p for p in desk.reading.priorities if p.number == state.priority), None)
    if number and re.fullmatch(r"\W*\d+[a-z]?\W*", text):
        words = current.title if current and current.number == number else ""
    if current and not number and _same_title(current.title, words) and current.title:
        return
    if not number:
        number = next(
            (p.number for p in desk.reading.priorities if p.title and _same_title(p.title, words)), ""
        )
    if not number:
        number = str(len(desk.reading.priorities) + 1)
        desk.warn("priority_number_inferred", grid.at, f"“{words}”")
    _priority(desk, state, number, words, grid.at)


def _leading(text: str) -> str:
    found = re.match(r"\W*(\d{1,2}[a-z]?)(?:\W|$)", text)
    return found[1] if found else ""


def _row(desk: Desk, grid: GridRow, stretch: Stretch, state: _State) -> None:
    _turn_by_cell(desk, grid, stretch, state)
    row = read_row(grid, stretch.columns, desk)
    if not (row.action or row.outcome or row.numbers):
        desk.take(SET_ASIDE, grid.block, grid.index)
        desk.warn("row_set_aside", grid.at)
        return
    row.priority = state.priority
    _kind(row, state)
    _inherit(row, grid, stretch, state)
    desk.reading.rows.append(row)
    desk.take(IMPORTED, grid.block, grid.index)
    state.last = row
    if row.kind == "numbered":
        state.parent = row


def _kind(row: RowRead, state: _State) -> None:
    """Numbered; else a bullet or continuation of the numbered row above; else unnumbered."""
    if row.numbers or row.number_raw:
        row.kind = "numbered"
    elif state.parent is not None:
        row.kind = "bullet" if row.kind == "bullet" else "continuation"
        row.numbers = list(state.parent.numbers)
    else:
        row.kind = "unnumbered"


def _inherit(row: RowRead, grid: GridRow, stretch: Stretch, state: _State) -> None:
    """Fill outcome and lead down from above (documents.md M3); rating, timescale and update never."""
    if not row.outcome or _AS_ABOVE.match(row.outcome):
        row.outcome_inherited = bool(state.outcome)
        row.outcome = state.outcome
    if _AS_ABOVE.match(row.owners_raw) or not row.owners_raw:
        row.owners_inherited = bool(state.owners) and not row.owners
        row.owners = list(row.owners if row.owners and not _AS_ABOVE.match(row.owners_raw) else state.owners)
        row.owners_inherited = row.owners_inherited or (
            bool(_AS_ABOVE.match(row.owners_raw)) and bool(state.owners)
        )
    state.outcome = row.outcome
    state.owners = row.owners
    _said_again(row, grid, stretch, state)


def _said_again(row: RowRead, grid: GridRow, stretch: Stretch, state: _State) -> None:
    """Timescale and rating of a cell merged with the one above, "as above", and the date of a band of rows."""
    above = state.last
    for meaning, raw in ((headings.TIMESCALE, row.timescale_raw), (headings.RATING, row.rating_raw)):
        merged = grid.continued(stretch.columns.place(meaning)) and not raw
        said = bool(_AS_ABOVE.match(raw))
        if above is None or not (merged or said):
            continue
        row.warnings = [w for w in row.warnings if w not in ("unknown_timescale", "rating_unreadable")]
        row.warnings.append("merged_cell" if merged else "as_above")
        if meaning == headings.TIMESCALE:
            row.timescale = TimescaleRead(
                above.timescale.kind, list(above.timescale.dates), above.timescale.label
            )
        else:
            row.rating = above.rating
    if state.band and not row.timescale_raw:
        row.timescale = TimescaleRead(state.band.kind, list(state.band.dates), state.band.label)


def _stems(rows: list[RowRead]) -> None:
    """A numbered row that bullets follow is their stem; rows numbered within their priority only keep so."""
    for row, below in pairwise(rows):
        if row.kind == "numbered" and below.kind == "bullet" and below.priority == row.priority:
            row.kind = "stem"
