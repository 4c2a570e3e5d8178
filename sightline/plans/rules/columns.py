"""What the printed columns of a plan mean, and the columns an export adds so that it can be read back.

Plain values in and out. Source: documents.md A6 ("export must reproduce the printed columns in order").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from sightline.reading import headings
from sightline.reading.schema import RowRead

# Meanings as plans name them, by what reading calls them.
MEANINGS = {
    headings.NUMBER: "number",
    headings.SOURCE: "source",
    headings.RECOMMENDATION: "source",
    headings.PRIORITY: "priority",
    headings.OUTCOME: "outcome",
    headings.LEAD: "owners",
    headings.ORGANISATION: "owners",
    headings.ACTION: "action",
    headings.UPDATE: "update",
    headings.RESPONSE: "update",
    headings.TIMESCALE: "timescale",
    headings.RATING: "rating",
    headings.TICK_COMPLETE: "tick_complete",
    headings.TICK_ON_TRACK: "tick_on_track",
    headings.COMPLETE_YN: "complete_yn",
    headings.IMPACT_RATING: "impact",
    headings.STATE: "state",
    headings.REFERENCE: "reference",
}
OTHER_COLUMN = "other"
# Another wording of a column that is there already: plans change their headings between priorities.
AGAIN = "again"
# How reading joins a heading that stands in two rows: the lower row tells more than the upper.
BETWEEN_ROWS = " – "
_NAMELESS = re.compile(r"Column \d+")
# What a plan that never was on paper prints, and what every export carries behind the printed columns.
STANDARD = (
    ("Number", "number"),
    ("Source", "source"),
    ("What difference will this make?", "outcome"),
    ("Lead", "owners"),
    ("Action", "action"),
    ("Update", "update"),
    ("Timescale", "timescale"),
    ("RAG status", "rating"),
)
# A column nobody prints by itself: it says in which strand an action stands, and is read back as that.
STRAND = "Strand"
OWN = (("Sightline reference", "reference"), ("Impact rating", "impact"), ("State", "state"))


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A printed heading and what stands under it; "other" for a column nobody knows."""

    heading: str
    meaning: str


def columns_of(printed: Sequence[str], rows: Iterable[RowRead]) -> list[PrintedColumn]:
    """The meaning of each printed heading. A second column of a meaning is kept under its own name.

    A column without a heading was known by what it holds: it has whichever meaning no heading names.
    """
    read = list(rows)
    kept = {heading for row in read for heading in row.other}
    found: list[PrintedColumn] = []
    for heading in printed:
        found.append(PrintedColumn(heading, _meaning(heading, kept, {column.meaning for column in found})))
    return _with_nameless(found, read)


def _meaning(heading: str, kept: Set[str], taken: Set[str]) -> str:
    if heading in kept:
        return OTHER_COLUMN
    *upper, last = heading.split(BETWEEN_ROWS)
    tries = [headings.meaning_of(text) for text in (last, " ".join([*upper, last]), *reversed(upper))]
    first = [headings.IMPACT_RATING] if headings.IMPACT_RATING in tries[:2] else tries
    meaning = next((MEANINGS[found] for found in first if found in MEANINGS), OTHER_COLUMN)
    return AGAIN if meaning in taken and meaning != OTHER_COLUMN else meaning


def _with_nameless(found: list[PrintedColumn], rows: Sequence[RowRead]) -> list[PrintedColumn]:
    """Columns that rows do not keep under their heading hold what no other column is known to hold."""
    taken, kept = {column.meaning for column in found}, {heading for row in rows for heading in row.other}
    raw = {
        "number": any(row.number_raw for row in rows),
        "rating": any(row.rating_raw or row.rating != "blank" for row in rows),
        "owners": any(row.owners_raw for row in rows),
        "update": any(row.update for row in rows),
        "action": any(row.action for row in rows),
    }
    spare = [meaning for meaning, said in raw.items() if said and meaning not in taken]
    for place, column in enumerate(found):
        if spare and column.meaning in (OTHER_COLUMN, AGAIN) and column.heading not in kept:
            found[place] = PrintedColumn(column.heading, spare.pop(0))
    return found


def columns_to_print(columns: Sequence[PrintedColumn]) -> list[PrintedColumn]:
    """The printed columns in order (the standard ones where there are none), then those that an export adds."""
    printed = [c for c in columns if c.meaning != AGAIN] or [PrintedColumn(*column) for column in STANDARD]
    meanings = {column.meaning for column in printed}
    return printed + [PrintedColumn(*column) for column in OWN if column[1] not in meanings]


def with_strands(columns: Sequence[PrintedColumn], wanted: bool) -> list[PrintedColumn]:
    """The columns with one for strands before the action, where a plan has strands and prints no such column."""
    found = list(columns)
    if wanted and all(column.heading != STRAND for column in found):
        place = next((i for i, column in enumerate(found) if column.meaning == "action"), len(found))
        found.insert(place, PrintedColumn(STRAND, OTHER_COLUMN))
    return found


def heading_to_print(column: PrintedColumn) -> str:
    """The heading as paper has it: nothing over a column that has none."""
    return "" if _NAMELESS.fullmatch(column.heading) else column.heading
