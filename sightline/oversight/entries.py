"""What the journal records about looking after access and the journal."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class OversightEntry(StrEnum):
    """Entry types of oversight."""

    ALERT_RAISED = "alert_raised"
    ALERT_ANSWERED = "alert_answered"
    ALERT_DISPOSED = "alert_disposed"
    SAMPLE_DRAWN = "sample_drawn"
    SAMPLE_MARKED = "sample_marked"
    SAMPLE_SIGNED = "sample_signed"
    SAMPLE_PRINTED = "sample_printed"
    REVIEW_OPENED = "review_opened"
    REVIEW_CLOSED = "review_closed"
    REVIEW_PRINTED = "review_printed"
    GRANT_DECIDED = "grant_decided"
    REVIEWER_NAMED = "reviewer_named"
    REVIEWER_ENDED = "reviewer_ended"
    SUPPORT_OPENED = "support_opened"
    SUPPORT_ENDED = "support_ended"
    SUPPORT_USED = "support_used"


declare(
    "oversight",
    OversightEntry,
    {
        OversightEntry.ALERT_RAISED: "Unusual access noticed",
        OversightEntry.ALERT_ANSWERED: "Unusual access answered",
        OversightEntry.ALERT_DISPOSED: "Unusual access disposed of",
        OversightEntry.SAMPLE_DRAWN: "Sample of the journal drawn",
        OversightEntry.SAMPLE_MARKED: "Entry of a sample looked at",
        OversightEntry.SAMPLE_SIGNED: "Sample of the journal signed",
        OversightEntry.SAMPLE_PRINTED: "Report of a sample taken away",
        OversightEntry.REVIEW_OPENED: "Review of access opened",
        OversightEntry.REVIEW_CLOSED: "Review of access closed",
        OversightEntry.REVIEW_PRINTED: "Report of a review of access taken away",
        OversightEntry.GRANT_DECIDED: "Access reviewed",
        OversightEntry.REVIEWER_NAMED: "Reviewer of an agency's access named",
        OversightEntry.REVIEWER_ENDED: "Reviewer of an agency's access ended",
        OversightEntry.SUPPORT_OPENED: "Support session opened",
        OversightEntry.SUPPORT_ENDED: "Support session ended",
        OversightEntry.SUPPORT_USED: "Page opened in a support session",
    },
    personal={
        OversightEntry.ALERT_RAISED: ("subject",),
        OversightEntry.ALERT_ANSWERED: ("subject", "words"),
        OversightEntry.SAMPLE_MARKED: ("words",),
        OversightEntry.SAMPLE_SIGNED: ("words",),
        OversightEntry.GRANT_DECIDED: ("subject",),
        OversightEntry.REVIEWER_NAMED: ("subject",),
        OversightEntry.REVIEWER_ENDED: ("subject",),
        OversightEntry.SUPPORT_OPENED: ("subject",),
        OversightEntry.SUPPORT_ENDED: ("subject",),
        OversightEntry.SUPPORT_USED: ("subject",),
    },
)
