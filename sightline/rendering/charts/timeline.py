"""A time line: lanes over days, with spans of what held, marks of what happened, and arrows where a date moved."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from sightline.rendering.charts.drawing import Drawing, element, grid_line, label, wrapped
from sightline.rendering.colours import INK, fill, text_on
from sightline.rendering.document import Figure, Table
from sightline.rendering.text import one_line

WIDTH = 960
_LEFT, _RIGHT, _TOP, _LANE, _BAR = 150, 20, 28, 46, 26
# About how wide a letter is at this size; a word that does not fit its span is left to the table.
_LETTER = 7.4
_SHAPES = {
    "dot": '<circle cx="0" cy="0" r="6"/>',
    "diamond": '<path d="M0 -8L8 0L0 8L-8 0Z"/>',
    "flag": '<path d="M-1 10V-10L11 -5L1 0V10Z"/>',
    "ring": '<circle cx="0" cy="0" r="6" fill="#FFFFFF" stroke-width="2.5"/>',
    "tick": '<path d="M-7 0L-2 6L8 -7" fill="none" stroke-width="3"/>',
    "cross": '<path d="M-6 -6L6 6M-6 6L6 -6" fill="none" stroke-width="3"/>',
}


@dataclass(frozen=True, slots=True)
class Held:
    """Something that held from a day until another: a state, a rating. `colour` is RRGGBB; the words say the same."""

    start: date
    end: date
    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day. `shape`: dot, diamond, flag, ring, tick or cross; `letter` stands in it."""

    day: date
    words: str
    shape: str = "dot"
    letter: str = ""
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Moved:
    """A date that was moved from one day to another."""

    start: date
    end: date
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the time line."""

    name: str
    held: Sequence[Held] = ()
    marks: Sequence[Mark] = ()
    moved: Sequence[Moved] = field(default=())


def time_line(
    caption: str, lanes: Sequence[Lane], start: date, end: date, *, today: date, table: Table, alt: str
) -> Figure:
    """The lanes from `start` to `end`; `table` holds every line of it in words, `alt` says it in a sentence.

    Raises ValueError where there is no lane, or the days run backwards.
    """
    if not lanes or end < start:
        raise ValueError("A time line needs at least one lane and days that run forwards.")
    drawing = Drawing("time-line", caption, alt, ())
    across = _Across(start, end)
    bottom = _TOP + _LANE * len(lanes)
    for day, words in _ticks(start, end):
        drawing.add(grid_line(across.of(day), _TOP, across.of(day), bottom))
        drawing.add(label(across.of(day), _TOP - 10, words, "middle"))
    if start <= today <= end:
        x = across.of(today)
        drawing.add(element("line", x1=x, y1=_TOP, x2=x, y2=bottom, stroke=f"#{INK}", stroke_dasharray="4 3"))
        drawing.add(label(x, bottom + 16, "today", "end" if x > WIDTH / 2 else "start", bold=True))
    for number, lane in enumerate(lanes):
        _lane(drawing, lane, _TOP + _LANE * number, across)
    return Figure(drawing.svg(bottom + 24, WIDTH), one_line(alt), caption, table)


class _Across:
    """Where a day stands."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.days = max((end - start).days, 1)

    def of(self, day: date) -> float:
        """The x of a day; one beyond the ends stands at the end."""
        inside = min(max(day, self.start), self.end)
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (inside - self.start).days / self.days


def _ticks(start: date, end: date) -> list[tuple[date, str]]:
    """First days of months: every one, or as many as have room."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    every = next((n for n in (1, 2, 3, 6, 12) if months / n <= 12), 24)
    found = []
    for step in range(months + 1):
        year, month = divmod(start.year * 12 + start.month - 1 + step, 12)
        day = date(year, month + 1, 1)
        if start <= day <= end and month % min(every, 12) == 0 and (every < 24 or year % 2 == 0):
            found.append((day, f"{calendar.month_abbr[day.month]} {day.year}"))
    return found


def _lane(drawing: Drawing, lane: Lane, top: float, across: _Across) -> None:
    middle = top + _LANE / 2
    drawing.add(grid_line(_LEFT, top + _LANE, WIDTH - _RIGHT, top + _LANE))
    for row, words in enumerate(names := wrapped(lane.name, 19)):
        drawing.add(label(0, middle + 5 + 15 * (row - (len(names) - 1) / 2), words))
    for held in lane.held:
        drawing.add(_held(held, middle, across))
    for moved in lane.moved:
        drawing.add(_moved(moved, middle, across))
    for mark in lane.marks:
        drawing.add(_mark(mark, middle, across))


def _title(words: str) -> str:
    return element("title", escape(one_line(words)) or " ")


def _held(held: Held, middle: float, across: _Across) -> str:
    x, width = across.of(held.start), max(across.of(held.end) - across.of(held.start), 2)
    paint = fill(held.colour) or "DEE0E2"
    body = _title(held.words)
    body += element(
        "rect", x=x, y=middle - _BAR / 2, width=width, height=_BAR, fill=f"#{paint}", stroke="#FFFFFF"
    )
    word = next((w for w in (held.words, held.words[:1]) if len(w) * _LETTER + 6 <= width), "")
    if word:
        ink = text_on(paint)
        body += element("text", escape(word), x=x + 5, y=middle + 5, fill=f"#{ink}")
    return element("g", body, class_="chart-held")


def _moved(moved: Moved, middle: float, across: _Across) -> str:
    x, end, y = across.of(moved.start), across.of(moved.end), middle - 12
    point = -7 if end > x else 7
    line = element(
        "path", d=f"M{x:.1f} {middle:.1f}V{y:.1f}H{end:.1f}", fill="none", stroke="#D4351C", stroke_width=2
    )
    head = element("path", d=f"M{end:.1f} {y:.1f}l{point} -5v10Z", fill="#D4351C")
    return element("g", _title(moved.words) + line + head, class_="chart-moved")


def _mark(mark: Mark, middle: float, across: _Across) -> str:
    colour = fill(mark.colour) or INK
    body = _title(mark.words) + _SHAPES.get(mark.shape, _SHAPES["dot"])
    if mark.letter:
        body += element("text", escape(mark.letter), x=0, y=22, text_anchor="middle", fill=f"#{INK}")
    place = f"translate({across.of(mark.day):.1f} {middle:.1f})"
    return element("g", body, transform=place, fill=f"#{colour}", stroke=f"#{colour}", class_="chart-mark")
