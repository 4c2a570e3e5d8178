"""The numbers of a chart: checking, printing, scaling, and the table that stands beneath."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.rendering.document import Column, Table, TableCell, TableRow

NO_FIGURE = "no figure"


@dataclass(frozen=True, slots=True)
class Series:
    """A named row of values, one per category or period; None where there is no figure. `colour` is RRGGBB."""

    name: str
    values: tuple[float | None, ...]
    colour: str = ""


def check(labels: Sequence[str], series: Sequence[Series], *, negative: bool) -> None:
    """Raise ValueError where a chart would mislead: nothing to draw, a missing value, no finite number."""
    if not labels or not series:
        raise ValueError("A chart needs at least one label and one series.")
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(
                f"The series “{one.name}” has {len(one.values)} values for {len(labels)} labels."
            )
        given = [value for value in one.values if value is not None]
        if not all(math.isfinite(value) for value in given):
            raise ValueError(f"The series “{one.name}” holds a value that is not a number.")
        if not negative and any(value < 0 for value in given):
            raise ValueError(f"The series “{one.name}” holds a negative value.")


def printed(value: float | None) -> str:
    """A value as people print it: thousands with a comma, at most two decimals, no trailing noughts."""
    if value is None:
        return NO_FIGURE
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def ticks(low: float, high: float) -> list[float]:
    """Four to seven round values from at most `low` to at least `high`, always with 0 among them."""
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-6:  # so little would be drawn as nought
        high = low + 1.0
    reach = high - low
    size = 10.0 ** math.floor(math.log10(reach / 4))
    step = size * next(m for m in (1, 2, 5, 10) if reach / (size * m) <= 5)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(first, last + 1)]


def numbers(caption: str, heading: str, labels: Sequence[str], series: Sequence[Series]) -> Table:
    """The table of a chart: one row per label, one column per series. The figure's caption is its own."""
    columns = (Column(heading, 2.0), *(Column(one.name, number=True) for one in series))
    rows = tuple(
        TableRow((TableCell(label), *(TableCell(printed(one.values[i])) for one in series)))
        for i, label in enumerate(labels)
    )
    return Table(caption, columns, rows, caption_visible=False)
