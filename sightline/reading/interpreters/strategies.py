"""Strategy tables: one row a priority, with bulleted actions and leads, timescales and impact in parallel cells.

Lists of equal length are paired, point by point. What is printed once, or in a list of another length, is printed
for the priority as a whole and stays there; rows then take the owners, and never the date, of their priority.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sightline.reading import headings, owners, timescales
from sightline.reading.blocks import Cell
from sightline.reading.interpreters.columns import Columns
from sightline.reading.interpreters.desk import Desk
from sightline.reading.interpreters.grid import GridRow
from sightline.reading.schema import PriorityRead, RowRead, TimescaleRead


@dataclass(slots=True)
class _Parallel:
    """A cell of the row: its points, and whether there is one for each action."""

    points: list[str] = field(default_factory=list)
    paired: bool = False

    def at(self, place: int) -> str:
        """The point that belongs to the action at `place`, or ""."""
        return self.points[place] if self.paired else ""


def is_strategy(entries: Sequence[object], columns: Columns) -> bool:
    """Whether most rows list several actions in one cell, with no numbers and no status anywhere."""
    grids = [e for e in entries if isinstance(e, GridRow) and e.filled()]
    listed = [g for g in grids if len(points(g.cells.get(columns.places.get(headings.ACTION, -1)))) > 1]
    plain = not columns.has(headings.NUMBER, headings.RATING, headings.COMPLETE_YN, headings.TICK_COMPLETE)
    return plain and bool(listed) and len(listed) * 2 > len(grids)


def points(cell: Cell | None) -> list[str]:
    """The points of a cell: its list items, with words before the list as the first; else its lines."""
    if cell is None or not cell.text.strip():
        return []
    if not cell.items:
        return [line for line in cell.text.split("\n") if line]
    joined = cell.text.replace("\n", " ")
    before = joined[: joined.find(cell.items[0])].strip(" :\n") if cell.items[0] in joined else ""
    return ([before] if before else []) + list(cell.items)


def read(desk: Desk, grid: GridRow, columns: Columns, number: str | None) -> None:
    """Read one row into an action a point, and what is printed for all of them into the priority `number`."""
    actions = points(grid.cells.get(columns.places.get(headings.ACTION, -1)))
    lead, when = (
        _parallel(grid, columns, meaning, len(actions)) for meaning in (headings.LEAD, headings.TIMESCALE)
    )
    uneven = any(not p.paired and len(p.points) > 1 for p in (lead, when)) and len(actions) > 1
    whole = _whole(desk, grid, number, lead, when)
    whole.outcomes += points(grid.cells.get(columns.places.get(headings.OUTCOME, -1)))
    for place, action in enumerate(actions):
        row = RowRead(priority=whole.number, action=action, at=grid.at)
        _paired(row, desk, lead.at(place), when.at(place))
        if not row.owners:
            row.owners, row.owners_inherited = list(whole.owners), bool(whole.owners)
        if uneven:
            row.warnings.append("unequal_lists")
        if place == 0:
            row.update = grid.text(columns.place(headings.UPDATE))
            row.other = {heading: grid.text(column) for column, heading in columns.others().items()}
        desk.reading.rows.append(row)


def _parallel(grid: GridRow, columns: Columns, meaning: str, wanted: int) -> _Parallel:
    found = points(grid.cells.get(columns.places.get(meaning, -1)))
    return _Parallel(found, len(found) == wanted and wanted > 0)


def _whole(desk: Desk, grid: GridRow, number: str | None, lead: _Parallel, when: _Parallel) -> PriorityRead:
    """The priority the row belongs to, with all its leads, and a timescale that is printed for all its actions.

    A row under no priority makes one of its own, without a title.
    """
    priority = next((p for p in desk.reading.priorities if p.number == number), None)
    if priority is None:
        priority = PriorityRead(str(len(desk.reading.priorities) + 1), "", at=grid.at)
        desk.reading.priorities.append(priority)
        desk.warn("priority_number_inferred", grid.at)
    found = [owner for point in lead.points for owner in owners.split(point, desk.names).owners]
    priority.owners += [owner for owner in dict.fromkeys(found) if owner not in priority.owners]
    if not when.paired and when.points:
        priority.timescale = timescales.parse(" ".join(when.points))
        priority.timescale.label = " ".join(when.points)
    return priority


def _paired(row: RowRead, desk: Desk, lead: str, when: str) -> None:
    read = owners.split(lead, desk.names)
    row.owners_raw, row.owners = lead, list(read.owners)
    parsed = timescales.parse_with_doubts(when)
    row.timescale_raw, row.timescale = when, parsed.read if when else TimescaleRead()
    row.warnings += [*parsed.doubts, *(["owner_unsplit"] if read.unsplit else [])]
