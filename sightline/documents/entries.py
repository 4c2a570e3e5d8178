"""What the journal records about stored files."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class DocumentEntry(StrEnum):
    """Entry types of stored files."""

    FILE_STORED = "file_stored"
    TIER_RAISED = "tier_raised"


declare(
    "documents",
    DocumentEntry,
    {DocumentEntry.FILE_STORED: "File stored", DocumentEntry.TIER_RAISED: "File kept more closely"},
)
