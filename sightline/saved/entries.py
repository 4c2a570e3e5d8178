"""What the journal records about saved views."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class SavedEntry(StrEnum):
    """Entry types of saved views."""

    VIEW_SAVED = "view_saved"
    VIEW_CHANGED = "view_changed"
    VIEW_REMOVED = "view_removed"


declare(
    "saved",
    SavedEntry,
    {
        SavedEntry.VIEW_SAVED: "View saved",
        SavedEntry.VIEW_CHANGED: "Saved view changed",
        SavedEntry.VIEW_REMOVED: "Saved view removed",
    },
)
