"""Years that a timescale leaves out, taken from the rows around it: the one thing about a date that may be inferred."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.reading import dates, timescales
from sightline.reading.schema import RowRead

REACH = 6  # rows either side that are asked


def infer(rows: list[RowRead]) -> None:
    """Give every timescale without a year the year of its neighbours, with the warning `inferred_year`.

    A neighbour with the same month decides; else the year that brings the month nearest to the nearest neighbour.
    """
    for place, row in enumerate(rows):
        if "year_missing" not in row.warnings:
            continue
        year = _year(rows, place)
        if year is None:
            continue
        row.timescale = timescales.parse(row.timescale_raw, (year,))
        row.warnings = ["inferred_year" if w == "year_missing" else w for w in row.warnings]


def _year(rows: list[RowRead], place: int) -> int | None:
    month = next((f.month for f in dates.find(rows[place].timescale_raw) if not f.iso), 0)
    near = list(_around(rows, place))
    same = [iso for iso in near if int(iso[5:7]) == month]
    if same:
        return int(same[0][:4])
    if not near or not month:
        return None
    at = int(near[0][:4]) * 12 + int(near[0][5:7])
    return min(
        range(int(near[0][:4]) - 1, int(near[0][:4]) + 2), key=lambda y: (abs(y * 12 + month - at), -y)
    )


def _around(rows: list[RowRead], place: int) -> Iterator[str]:
    """The dates printed near a row, nearest first, the row above before the row below."""
    for step in range(1, REACH + 1):
        for near in (place - step, place + step):
            if 0 <= near < len(rows) and rows[near].priority == rows[place].priority:
                yield from (
                    iso for iso in rows[near].timescale.dates if "inferred_year" not in rows[near].warnings
                )
