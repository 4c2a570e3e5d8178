"""What the journal records about backups."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class KeepingEntry(StrEnum):
    """Entry types of backups."""

    BACKUP_MADE = "backup_made"
    RESTORED = "restored"


declare(
    "keeping",
    KeepingEntry,
    {KeepingEntry.BACKUP_MADE: "Backup made", KeepingEntry.RESTORED: "Restored from a backup"},
)
