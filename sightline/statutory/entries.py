"""What the journal records about statutory pages."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class StatutoryEntry(StrEnum):
    """Entry types of statutory pages."""

    OWN_DATA_TAKEN = "own_data_taken"


declare("statutory", StatutoryEntry, {StatutoryEntry.OWN_DATA_TAKEN: "Own data taken away"})
