"""What the journal records about retention."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class RetentionEntry(StrEnum):
    """Entry types of retention."""

    RULES_LOADED = "rules_loaded"
    RULES_TAKEN = "rules_taken"
    RULE_CHANGED = "rule_changed"
    RULE_CONFIRMED = "rule_confirmed"
    HOLD_PLACED = "hold_placed"
    HOLD_ENDED = "hold_ended"
    KEPT_LONGER = "kept_longer"
    DISPOSAL_PROPOSED = "disposal_proposed"
    DISPOSAL_DROPPED = "disposal_dropped"
    DISPOSAL_APPROVED = "disposal_approved"
    DISPOSAL_SENT_BACK = "disposal_sent_back"
    DISPOSAL_ORDERED = "disposal_ordered"
    DISPOSED = "disposed"
    DISPOSAL_DONE = "disposal_done"
    CLEARED = "cleared"
    CERTIFICATE_TAKEN = "certificate_taken"


# What somebody writes as a reason may name a person: it can be shredded.
declare(
    "retention",
    RetentionEntry,
    {
        RetentionEntry.RULES_LOADED: "Rules of retention loaded",
        RetentionEntry.RULES_TAKEN: "Rules of retention taken away",
        RetentionEntry.RULE_CHANGED: "Rule of retention changed",
        RetentionEntry.RULE_CONFIRMED: "Rule of retention confirmed",
        RetentionEntry.HOLD_PLACED: "Legal hold placed",
        RetentionEntry.HOLD_ENDED: "Legal hold ended",
        RetentionEntry.KEPT_LONGER: "Record kept longer than its rule",
        RetentionEntry.DISPOSAL_PROPOSED: "Disposal proposed",
        RetentionEntry.DISPOSAL_DROPPED: "Proposed disposal dropped: nothing waits in it",
        RetentionEntry.DISPOSAL_APPROVED: "Disposal approved",
        RetentionEntry.DISPOSAL_SENT_BACK: "Disposal sent back",
        RetentionEntry.DISPOSAL_ORDERED: "Disposal given order to be carried out",
        RetentionEntry.DISPOSED: "Records disposed of",
        RetentionEntry.DISPOSAL_DONE: "Disposal done and certified",
        RetentionEntry.CLEARED: "Old rows cleared by rule",
        RetentionEntry.CERTIFICATE_TAKEN: "Certificate of disposal taken away",
    },
    personal={
        RetentionEntry.HOLD_PLACED: ("words",),
        RetentionEntry.HOLD_ENDED: ("words",),
        RetentionEntry.KEPT_LONGER: ("words",),
        RetentionEntry.DISPOSAL_APPROVED: ("words",),
    },
)
