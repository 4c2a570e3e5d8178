"""What the journal records about whole exports."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class CarryingEntry(StrEnum):
    """Entry types of whole exports."""

    EXPORT_ASKED = "export_asked"
    EXPORT_MADE = "export_made"
    EXPORT_FAILED = "export_failed"
    EXPORT_TAKEN = "export_taken"
    EXPORT_CLEARED = "export_cleared"
    EXPORT_WRITTEN = "export_written"


declare(
    "carrying",
    CarryingEntry,
    {
        CarryingEntry.EXPORT_ASKED: "Whole export asked for",
        CarryingEntry.EXPORT_MADE: "Whole export made",
        CarryingEntry.EXPORT_FAILED: "Whole export not made",
        CarryingEntry.EXPORT_TAKEN: "Whole export taken away",
        CarryingEntry.EXPORT_CLEARED: "Whole export cleared away",
        CarryingEntry.EXPORT_WRITTEN: "Whole export written on the server",
    },
)
