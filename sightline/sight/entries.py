"""What the journal records about looking along the line of sight."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class SightEntry(StrEnum):
    """Entry types of the line of sight: that something was taken away as a file."""

    THREAD_TAKEN = "thread_taken"
    LOOSE_TAKEN = "loose_taken"
    COMPARISON_TAKEN = "comparison_taken"
    THEN_TAKEN = "then_taken"


LABELS: dict[StrEnum, str] = {
    SightEntry.THREAD_TAKEN: "Line of sight taken away",
    SightEntry.LOOSE_TAKEN: "Loose threads taken away",
    SightEntry.COMPARISON_TAKEN: "Comparison taken away",
    SightEntry.THEN_TAKEN: "Actions as they stood taken away",
}

declare("sight", SightEntry, LABELS)
