"""What a plan's rows say against themselves (documents.md A7): every check is a rule, none repairs anything."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline import identifying
from sightline.reading import dates, numbers, references, statuses, timescales
from sightline.reading.blocks import At
from sightline.reading.interpreters.desk import Desk
from sightline.reading.interpreters.joins import broken_off
from sightline.reading.schema import RowRead

_HINT = re.compile(
    r"^\W*(?:(?:not (?:yet )?(?:started|commenced|begun))|complete[d]?\b(?! by)|to be started)", re.I
)
_DONE = re.compile(r"^\W*(?:action |report |now )?complete[d]?\b", re.I)
_LONG_ENOUGH = 30
CONFIDENCE = {
    "row_realigned": 0.6, "row_shifted": 0.7, "row_joined": 0.8, "cell_joined": 0.8, "owner_unsplit": 0.8,
    "rating_doubtful": 0.7, "inferred_year": 0.8, "year_missing": 0.7, "unknown_timescale": 0.7,
    "rating_unreadable": 0.6, "status_by_colour": 0.9, "impossible_date": 0.5, "number_unreadable": 0.6,
    "heading_lost": 0.7, "cut_off": 0.7, "merged_cell": 0.9, "as_above": 0.9, "unequal_lists": 0.7,
}  # fmt: skip


@dataclass(slots=True)
class Printed:
    """Which columns the document has: a column that is not printed is said once, not on every row."""

    rating: bool = True
    timescale: bool = True
    owner: bool = True
    whole_timescales: frozenset[str | None] = field(default_factory=frozenset)


def check(desk: Desk, printed: Printed) -> None:
    """Run every check over the rows and set each row's confidence; what a row is warned of is a notice too."""
    rows = desk.reading.rows
    _references(rows)
    for row in rows:
        row.warnings += [code for code in _of_row(row, printed, desk) if code not in row.warnings]
    _self_references(rows)
    _children(rows)
    _duplicates(rows)
    _repeated(rows)
    _headings(desk)
    for row in rows:
        row.confidence = min((CONFIDENCE[w] for w in row.warnings if w in CONFIDENCE), default=1.0)
        for code in row.warnings:
            desk.warn(code, row.at, name(row))
    _gaps(desk)
    _period(desk)


def name(row: RowRead) -> str:
    """How a warning calls a row: its number, else the first words of its action."""
    words = (row.action or row.outcome).split()
    return row.number_raw or (f"“{' '.join(words[:6])}{' …' if len(words) > 6 else ''}”" if words else "")


def _references(rows: list[RowRead]) -> None:
    known = {number for row in rows for number in row.numbers}
    for row in rows:
        cell = numbers.parse(row.number_raw)
        row.references = references.find(cell, (row.action, row.update), known)


def _of_row(row: RowRead, printed: Printed, desk: Desk) -> Iterator[str]:
    if printed.rating and row.rating == "blank" and row.rating_raw == "":
        yield "no_rating"
    if printed.timescale and row.timescale.kind == "blank" and row.priority not in printed.whole_timescales:
        yield "no_timescale"
    if printed.owner and not row.owners:
        yield "no_owner"
    as_at = desk.reading.document.as_at
    yield from _of_words(row, int(as_at[:4]) if as_at else 0)
    yield from _of_status(row, as_at)


def _of_words(row: RowRead, year: int) -> Iterator[str]:
    if references.contradicts(row.update, row.timescale):
        yield "update_contradicts_date"
    if any(broken_off(text) and len(text.split()) > 3 for text in (row.action, row.update)):
        yield "cut_off"
    if any(identifying.found(text, year) for text in (row.action, row.update, row.outcome)):
        yield "personal_data"


def _of_status(row: RowRead, as_at: str | None) -> Iterator[str]:
    """Status words outside the status column, and a status against its date or without its update."""
    hint = row.timescale.kind == "completed" or (_HINT.match(row.update) and row.rating == "blank")
    if hint or (_DONE.match(row.update) and row.rating in ("amber", "yellow", "red")):
        yield "status_hint"
    if row.rating == "red" and not row.update:
        yield "red_without_update"
    if row.rating == "complete" and not row.update:
        yield "complete_without_update"
    firm = row.timescale.kind in timescales.FIRM and row.timescale.dates
    open_green = as_at and firm and row.rating == "green" and not _DONE.search(row.update)
    if open_green and max(dates.last_day(iso) for iso in row.timescale.dates).isoformat() < (as_at or ""):
        yield "status_contradicts_date"


def _self_references(rows: list[RowRead]) -> None:
    """A row whose words send the reader to its own number; a number printed on other rows too may mean those."""
    own = Counter(number for row in rows if row.kind in ("numbered", "stem") for number in row.numbers)
    for row in rows:
        said = {r.number for r in row.references if r.kind in ("in_text", "same_plan")}
        if any(number in said and own[number] == 1 for number in row.numbers):
            _add(row, "self_reference")


def _children(rows: list[RowRead]) -> None:
    """A row whose bullets or second paragraph are rated worse than itself, or rated while it is not."""
    parent: RowRead | None = None
    for row in rows:
        if row.kind in ("numbered", "stem"):
            parent = row
        elif row.kind in ("bullet", "continuation") and parent is not None and _worse(row, parent):
            _add(parent, "children_disagree")


def _worse(row: RowRead, parent: RowRead) -> bool:
    order = statuses.WORST_FIRST
    return row.rating != "blank" and order.index(row.rating) < order.index(parent.rating)


def _duplicates(rows: list[RowRead]) -> None:
    """The same printed number twice. Plain numbers that begin anew under each priority are another scheme."""
    seen: set[tuple[str, str | None]] = set()
    for row in rows:
        if row.kind not in ("numbered", "stem"):
            continue
        raw = " & ".join(row.numbers) or row.number_raw
        key = (raw, None if "." in raw else row.priority)
        if key in seen:
            _add(row, "duplicate_number")
        seen.add(key)


def _repeated(rows: list[RowRead]) -> None:
    seen: set[str] = set()
    for row in rows:
        for text in (row.action, row.update):
            words = " ".join(text.lower().split())
            if len(words) >= _LONG_ENOUGH:
                if words in seen:
                    _add(row, "repeated_text")
                seen.add(words)


def _headings(desk: Desk) -> None:
    """Runs of rows numbered under a priority that has no heading (documents.md H3): kept, without a priority."""
    printed = {priority.number.split()[-1] for priority in desk.reading.priorities if priority.number}
    dotted = [row for row in desk.reading.rows if row.numbers and "." in row.numbers[0]]
    if not printed or not any(numbers.lead(row.numbers[0]) in printed for row in dotted):
        return
    for row in desk.reading.rows:
        leads = {numbers.lead(number) for number in row.numbers if "." in number}
        if leads and not leads & printed:
            row.priority = None
            _add(row, "heading_lost")


def _gaps(desk: Desk) -> None:
    rows = desk.reading.rows
    dotted = [number for row in rows for number in row.numbers if "." in number]
    for number in numbers.missing(dotted):
        desk.warn("number_gap", _before(rows, number), number)
    for priority in dict.fromkeys(row.priority for row in rows):
        own = [row for row in rows if row.priority == priority]
        for number in numbers.missing(n for row in own for n in row.numbers if "." not in n):
            desk.warn("number_gap", _before(own, number), number)


def _before(rows: list[RowRead], number: str) -> At:
    """Where a missing number should stand: at the first row numbered after it."""
    later = [row for row in rows if row.numbers and numbers.natural(row.numbers[0]) > numbers.natural(number)]
    nearest = min(later, key=lambda row: numbers.natural(row.numbers[0]), default=None)
    return nearest.at if nearest else At()


def _period(desk: Desk) -> None:
    """Timescales outside the document's period: one warning a document, naming the rows (documents.md P11)."""
    if desk.period is None:
        return
    words, start, end = desk.period
    if end < start:
        desk.warn("period_reversed", None, words)
        return
    outside = [
        row for row in desk.reading.rows if any(not start <= _day(iso) <= end for iso in row.timescale.dates)
    ]
    if outside:
        listed = ", ".join(dict.fromkeys(name(row) for row in outside[:12]))
        more = f" and {len(outside) - 12} more" if len(outside) > 12 else ""
        desk.warn("date_outside_period", outside[0].at, f"{words}; {listed}{more}")


def _day(iso: str) -> str:
    return dates.last_day(iso).isoformat()


def _add(row: RowRead, code: str) -> None:
    if code not in row.warnings:
        row.warnings.append(code)
