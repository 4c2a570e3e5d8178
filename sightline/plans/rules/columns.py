"""What the printed columns of a plan mean, and the columns an export adds so that it can be read back.

Plain values in and out. Source: documents.md A6 ("export must reproduce the printed columns in order").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
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
OWN = (("Sightline reference", "reference"), ("Impact rating", "impact"), ("State", "state"))


@dataclass(frozen=True, slots=True)
class PrintedColumn:
    """A printed heading and what stands under it; "other" for a column nobody knows."""

    heading: str
    meaning: str


def columns_of(printed: Sequence[str], rows: Iterable[RowRead]) -> list[PrintedColumn]:
    """The meaning of each printed heading. Only the first column of a meaning has it; more are kept under their name.

    A heading without words that holds the actions is known by no other column holding them.
    """
    kept = {heading for row in rows for heading in row.other}
    found: list[PrintedColumn] = []
    for heading in printed:
        meaning = MEANINGS.get(headings.meaning_of(heading), OTHER_COLUMN)
        taken = any(column.meaning == meaning for column in found)
        found.append(PrintedColumn(heading, OTHER_COLUMN if taken or heading in kept else meaning))
    return _with_actions(found, kept)


def _with_actions(found: list[PrintedColumn], kept: Collection[str]) -> list[PrintedColumn]:
    if any(column.meaning == "action" for column in found):
        return found
    spare = [c for c in found if c.meaning == OTHER_COLUMN and c.heading not in kept]
    return [PrintedColumn(c.heading, "action") if spare and c is spare[0] else c for c in found]


def columns_to_print(columns: Sequence[PrintedColumn]) -> list[PrintedColumn]:
    """The printed columns in order (the standard ones where there are none), then those that an export adds."""
    printed = list(columns) or [PrintedColumn(*column) for column in STANDARD]
    meanings = {column.meaning for column in printed}
    return printed + [PrintedColumn(*column) for column in OWN if column[1] not in meanings]
