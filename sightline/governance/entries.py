"""What the journal records about governance."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class GovernanceEntry(StrEnum):
    """Entry types of governance."""

    MEMBER_LIST_UPLOADED = "member_list_uploaded"
    MEMBER_LIST_READ = "member_list_read"
    MEMBER_LIST_REFUSED = "member_list_refused"
    MEMBER_LIST_LOOKED_OVER = "member_list_looked_over"
    MEMBER_LIST_CONFIRMED = "member_list_confirmed"
    MEMBER_LIST_GIVEN_BACK = "member_list_given_back"
    MEMBER_LIST_DISCARDED = "member_list_discarded"
    MEMBER_LIST_WITHDRAWN = "member_list_withdrawn"
    MEMBER_LIST_DISPOSED = "member_list_disposed"
    FILE_TAKEN = "file_taken"
    LEAD_ADDED = "lead_added"
    LEAD_CHANGED = "lead_changed"
    LEAD_ENDED = "lead_ended"
    LEAD_CONFIRMED = "lead_confirmed"
    LEADS_TAKEN = "leads_taken"
    TERMS_ADDED = "terms_added"
    KEPT_KNOWINGLY = "kept_knowingly"


declare(
    "governance",
    GovernanceEntry,
    {
        GovernanceEntry.MEMBER_LIST_UPLOADED: "Membership list uploaded",
        GovernanceEntry.MEMBER_LIST_READ: "Membership list read",
        GovernanceEntry.MEMBER_LIST_REFUSED: "Membership list could not be read",
        GovernanceEntry.MEMBER_LIST_LOOKED_OVER: "Membership list looked over",
        GovernanceEntry.MEMBER_LIST_CONFIRMED: "Membership list confirmed",
        GovernanceEntry.MEMBER_LIST_GIVEN_BACK: "Membership list not confirmed",
        GovernanceEntry.MEMBER_LIST_DISCARDED: "Membership list given up",
        GovernanceEntry.MEMBER_LIST_WITHDRAWN: "Membership list withdrawn",
        GovernanceEntry.MEMBER_LIST_DISPOSED: "Membership list that was never confirmed disposed of",
        GovernanceEntry.FILE_TAKEN: "Paper of a group taken away",
        GovernanceEntry.LEAD_ADDED: "Safeguarding lead entered",
        GovernanceEntry.LEAD_CHANGED: "Safeguarding lead changed",
        GovernanceEntry.LEAD_ENDED: "Safeguarding lead ended",
        GovernanceEntry.LEAD_CONFIRMED: "Safeguarding lead confirmed",
        GovernanceEntry.LEADS_TAKEN: "Register of safeguarding leads taken away",
        GovernanceEntry.TERMS_ADDED: "Terms of reference: a version added",
        GovernanceEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
    },
    personal={GovernanceEntry.KEPT_KNOWINGLY: ("because",)},
)
