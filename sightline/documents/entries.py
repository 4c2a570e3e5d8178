"""What the journal records about stored files."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class DocumentEntry(StrEnum):
    """Entry types of stored files."""

    FILE_STORED = "file_stored"
    TIER_RAISED = "tier_raised"
    FILE_AT_FAULT = "file_at_fault"
    FAULT_ENDED = "fault_ended"
    ORPHANS_CLEARED = "orphans_cleared"
    VIRUS_FOUND = "virus_found"
    FILE_DISPOSED = "file_disposed"


declare(
    "documents",
    DocumentEntry,
    {
        DocumentEntry.FILE_STORED: "File stored",
        DocumentEntry.TIER_RAISED: "File kept more closely",
        DocumentEntry.FILE_AT_FAULT: "Stored file missing or changed",
        DocumentEntry.FAULT_ENDED: "Fault of a stored file ended",
        DocumentEntry.ORPHANS_CLEARED: "Files that nothing kept were cleared away",
        DocumentEntry.VIRUS_FOUND: "Virus found in an upload",
        DocumentEntry.FILE_DISPOSED: "Stored file disposed of",
    },
)
