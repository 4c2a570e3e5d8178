"""What the journal records about looking after access and the journal."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class OversightEntry(StrEnum):
    """Entry types of oversight."""

    ALERT_RAISED = "alert_raised"
    ALERT_ANSWERED = "alert_answered"
    SAMPLE_DRAWN = "sample_drawn"
    SAMPLE_MARKED = "sample_marked"
    SAMPLE_SIGNED = "sample_signed"
    SAMPLE_PRINTED = "sample_printed"


declare(
    "oversight",
    OversightEntry,
    {
        OversightEntry.ALERT_RAISED: "Unusual access noticed",
        OversightEntry.ALERT_ANSWERED: "Unusual access answered",
        OversightEntry.SAMPLE_DRAWN: "Sample of the journal drawn",
        OversightEntry.SAMPLE_MARKED: "Entry of a sample looked at",
        OversightEntry.SAMPLE_SIGNED: "Sample of the journal signed",
        OversightEntry.SAMPLE_PRINTED: "Report of a sample taken away",
    },
    personal={
        OversightEntry.ALERT_RAISED: ("subject",),
        OversightEntry.ALERT_ANSWERED: ("subject", "words"),
        OversightEntry.SAMPLE_MARKED: ("words",),
    },
)
