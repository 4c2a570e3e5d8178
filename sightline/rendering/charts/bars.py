"""Bar charts: lying bars, so that long names of agencies and groups can be read."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.rendering.charts.drawing import WIDTH, Drawing, element, grid_line, label, wrapped
from sightline.rendering.charts.series import Series, check, numbers, printed, ticks
from sightline.rendering.document import Figure
from sightline.rendering.text import one_line

LEFT, RIGHT = 210, 60
_BAR, _STEP = 24, 40


def bar_chart(
    caption: str, bars: Sequence[tuple[str, float | None]], *, heading: str, measure: str
) -> Figure:
    """One bar per name. `heading` says what the names are, `measure` what is counted, with its unit.

    A name without a figure keeps its place and says so. Raises ValueError for negative values or no bars.
    """
    labels = [name for name, _ in bars]
    series = [Series(measure, tuple(value for _, value in bars))]
    check(labels, series, negative=False)
    alt = _alt("Bar chart", caption, labels, series)
    drawing = Drawing("bar", caption, alt, series)
    height = _draw(drawing, labels, series, top=4)
    return Figure(drawing.svg(height), alt, caption, numbers(caption, heading, labels, series))


def stacked_bar_chart(
    caption: str, labels: Sequence[str], series: Sequence[Series], *, heading: str
) -> Figure:
    """One bar per label, cut into its series: ratings by priority, say. The total stands at its end.

    Raises ValueError for negative values, or values that do not match the labels.
    """
    check(labels, series, negative=False)
    alt = _alt("Stacked bar chart", caption, labels, series)
    drawing = Drawing("stacked-bar", caption, alt, series)
    marks = [element("rect", width=16, height=14, fill=drawing.paint(i)) for i in range(len(series))]
    height = _draw(drawing, labels, series, top=drawing.legend(0, marks))
    return Figure(drawing.svg(height), alt, caption, numbers(caption, heading, labels, series))


def _draw(drawing: Drawing, labels: Sequence[str], series: Sequence[Series], top: float) -> float:
    """Draw grid, bars and labels below `top`; gives the height of the whole drawing."""
    totals = [sum(one.values[i] or 0 for one in series) for i in range(len(labels))]
    marks = ticks(0, max(totals))
    bottom = top + _STEP * len(labels)
    unit = (WIDTH - LEFT - RIGHT) / marks[-1]
    for mark in marks:
        x = LEFT + mark * unit
        drawing.add(grid_line(x, top, x, bottom, strong=mark == 0))
        drawing.add(label(x, bottom + 18, printed(mark), "middle"))
    for row, name in enumerate(labels):
        y = top + _STEP * row + (_STEP - _BAR) / 2
        names(drawing, name, y + _BAR / 2)
        end = _bar(drawing, series, row, y, unit)
        given = any(one.values[row] is not None for one in series)
        drawing.add(label(end + 6, y + _BAR / 2 + 5, printed(totals[row] if given else None), bold=given))
    return bottom + 28


def _bar(drawing: Drawing, series: Sequence[Series], row: int, y: float, unit: float) -> float:
    """Draw one bar, piece after piece; gives where it ends."""
    x = float(LEFT)
    for index, one in enumerate(series):
        width = (one.values[row] or 0) * unit
        if width:
            kind = f"chart-bar series-{index + 1}"
            fill = drawing.paint(index)
            drawing.add(element("rect", class_=kind, x=x, y=y, width=width, height=_BAR, fill=fill))
        x += width
    return x


def names(drawing: Drawing, name: str, middle: float) -> None:
    """Write the name of a bar left of it, on two lines at most."""
    rows = wrapped(name, 28)
    start = middle + 5 - 8 * (len(rows) - 1)
    drawing.add(*(label(LEFT - 10, start + 16 * i, words, "end") for i, words in enumerate(rows)))


def _alt(kind: str, caption: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """What a person would say of it in a sentence; every number is in the table."""
    totals = [(sum(one.values[i] or 0 for one in series), name) for i, name in enumerate(labels)]
    high, low = max(totals, key=lambda t: t[0]), min(totals, key=lambda t: t[0])
    parts = f" of {', '.join(one.name for one in series)}" if len(series) > 1 else ""
    text = f"{kind}{parts}: {caption}. Most: {high[1]}, {printed(high[0])}."
    if len(labels) > 1:
        text += f" Least: {low[1]}, {printed(low[0])}."
    return one_line(text)
