"""Line charts: figures over time. A missing figure breaks the line; it is never drawn as nought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sightline.rendering.charts.drawing import (
    WIDTH,
    Drawing,
    colour_of,
    element,
    grid_line,
    label,
    wrapped,
)
from sightline.rendering.charts.series import Series, check, numbers, printed, ticks
from sightline.rendering.document import Figure
from sightline.rendering.text import one_line

_LEFT, _RIGHT, _HIGH = 56, 24, 240
_DASHES = ("", "8 4", "2 4", "12 4 2 4", "4 2", "1 3")
_CORNERS = ("", "-5,-5 5,-5 5,5 -5,5", "0,-6 6,5 -6,5", "0,-6 6,0 0,6 -6,0", "0,6 6,-5 -6,-5", "")

Point = tuple[float, float]


def line_chart(caption: str, periods: Sequence[str], series: Sequence[Series], *, heading: str) -> Figure:
    """One line per series over the periods, in the order given. `heading` says what the periods are.

    The scale always holds nought, so that small changes do not look large. Raises ValueError where values do
    not match the periods.
    """
    check(periods, series, negative=True)
    alt = _alt(caption, periods, series)
    drawing = Drawing("line", caption, alt, series)
    colours = [colour_of(i, one) for i, one in enumerate(series)]
    marks = [_stroke(i, c, [(0, 7), (18, 7)]) + _marker(i, c, 9, 7) for i, c in enumerate(colours)]
    top = drawing.legend(0, marks) + 8
    steps = _scale(series)
    _grid(drawing, top, steps, periods)
    for index, one in enumerate(series):
        points = _points(one, top, steps, len(periods))
        for run in _runs(points):
            drawing.add(_stroke(index, colours[index], run) if len(run) > 1 else "")
            drawing.add(*(_marker(index, colours[index], x, y) for x, y in run))
    return Figure(drawing.svg(top + _HIGH + 46), alt, caption, numbers(caption, heading, periods, series))


def _scale(series: Sequence[Series]) -> list[float]:
    given = [value for one in series for value in one.values if value is not None] or [0.0]
    return ticks(min(given), max(given))


def _height(value: float, top: float, steps: Sequence[float]) -> float:
    return top + _HIGH * (steps[-1] - value) / (steps[-1] - steps[0])


def _across(index: int, count: int) -> float:
    return _LEFT + (WIDTH - _LEFT - _RIGHT) * (index + 0.5) / count


def _grid(drawing: Drawing, top: float, steps: Sequence[float], periods: Sequence[str]) -> None:
    for step in steps:
        y = _height(step, top, steps)
        drawing.add(grid_line(_LEFT, y, WIDTH - _RIGHT, y, strong=step == 0))
        drawing.add(label(_LEFT - 8, y + 4, printed(step), "end"))
    every = -(-len(periods) // 12)
    width = max(int((WIDTH - _LEFT - _RIGHT) * every / len(periods) / 7.4), 4)
    for index in range(0, len(periods), every):
        for row, words in enumerate(wrapped(periods[index], width)):
            x = _across(index, len(periods))
            drawing.add(label(x, top + _HIGH + 18 + 15 * row, words, "middle"))


def _points(series: Series, top: float, steps: Sequence[float], count: int) -> Iterator[Point | None]:
    for index, value in enumerate(series.values):
        yield None if value is None else (_across(index, count), _height(value, top, steps))


def _runs(points: Iterator[Point | None]) -> list[list[Point]]:
    """Points that follow one another without a gap."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _stroke(index: int, colour: str, run: Sequence[Point]) -> str:
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    dashes = _DASHES[index % len(_DASHES)]
    more = {"stroke_dasharray": dashes} if dashes else {}
    kind = f"chart-line series-{index + 1}"
    return element(
        "polyline", class_=kind, points=points, fill="none", stroke=f"#{colour}", stroke_width=2.5, **more
    )


def _marker(index: int, colour: str, x: float, y: float) -> str:
    corners = _CORNERS[index % len(_CORNERS)]
    if not corners:
        return element("circle", cx=x, cy=y, r=4.5, fill=f"#{colour}")
    return element("polygon", points=corners, fill=f"#{colour}", transform=f"translate({x:.1f} {y:.1f})")


def _alt(caption: str, periods: Sequence[str], series: Sequence[Series]) -> str:
    """Where each line begins and ends, in a sentence; every number is in the table."""
    parts = [f"Line chart: {caption}."]
    for one in series:
        given = [(p, v) for p, v in zip(periods, one.values, strict=True) if v is not None]
        if given:
            (first, start), (last, end) = given[0], given[-1]
            parts.append(f"{one.name}: {printed(start)} in {first}, {printed(end)} in {last}.")
        else:
            parts.append(f"{one.name}: no figure.")
    return one_line(" ".join(parts))
