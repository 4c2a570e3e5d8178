"""Grouped bars: for each name one bar of every series, under one another, so that then and now can be compared."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.rendering.charts.bars import LEFT, RIGHT, names
from sightline.rendering.charts.drawing import WIDTH, Drawing, element, grid_line, label
from sightline.rendering.charts.series import Series, check, numbers, printed, ticks
from sightline.rendering.document import Figure
from sightline.rendering.text import one_line

_BAR, _BETWEEN = 15, 14


def grouped_bar_chart(
    caption: str, labels: Sequence[str], series: Sequence[Series], *, heading: str
) -> Figure:
    """One bar of each series per label. `heading` says what the labels are.

    Raises ValueError for negative values, or values that do not match the labels.
    """
    check(labels, series, negative=False)
    alt = _alt(caption, labels, series)
    drawing = Drawing("grouped-bar", caption, alt, series)
    marks = [element("rect", width=16, height=14, fill=drawing.paint(i)) for i in range(len(series))]
    top = drawing.legend(0, marks)
    step = _BAR * len(series) + _BETWEEN
    bottom = top + step * len(labels)
    scale = ticks(0, max(value or 0 for one in series for value in one.values))
    unit = (WIDTH - LEFT - RIGHT) / scale[-1]
    for mark in scale:
        x = LEFT + mark * unit
        drawing.add(grid_line(x, top, x, bottom, strong=mark == 0))
        drawing.add(label(x, bottom + 18, printed(mark), "middle"))
    for row, name in enumerate(labels):
        first = top + step * row + _BETWEEN / 2
        names(drawing, name, first + _BAR * len(series) / 2)
        for index, one in enumerate(series):
            _bar(drawing, index, one.values[row], first + _BAR * index, unit)
    return Figure(drawing.svg(bottom + 28), alt, caption, numbers(caption, heading, labels, series))


def _bar(drawing: Drawing, index: int, value: float | None, y: float, unit: float) -> None:
    width = (value or 0) * unit
    if width:
        kind = f"chart-bar series-{index + 1}"
        drawing.add(
            element("rect", class_=kind, x=LEFT, y=y, width=width, height=_BAR - 1, fill=drawing.paint(index))
        )
    drawing.add(label(LEFT + width + 6, y + _BAR - 3, printed(value)))


def _alt(caption: str, labels: Sequence[str], series: Sequence[Series]) -> str:
    """Each label with the value of every series; every number is in the table too."""
    told = (
        f"{name}: {', '.join(f'{one.name} {printed(one.values[i])}' for one in series)}"
        for i, name in enumerate(labels)
    )
    return one_line(f"Grouped bar chart: {caption}. {'. '.join(told)}.")
