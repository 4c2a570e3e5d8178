"""What the journal records about meetings."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class MeetingEntry(StrEnum):
    """Entry types of meetings."""

    SERIES_BEGUN = "series_begun"
    SERIES_EDITED = "series_edited"
    RULE_SET = "rule_set"
    MEETING_PLANNED = "meeting_planned"
    MEETING_EDITED = "meeting_edited"
    MEETING_HELD = "meeting_held"
    MEETING_NOT_HELD = "meeting_not_held"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_REVIVED = "meeting_revived"
    MINUTES_CHECKED = "minutes_checked"
    MINUTES_TAKEN_BACK = "minutes_taken_back"
    MINUTES_APPROVED = "minutes_approved"
    ATTENDANCE_ENTERED = "attendance_entered"
    PUBLISHED_UPLOADED = "published_uploaded"
    PUBLISHED_READ = "published_read"
    PUBLISHED_REFUSED = "published_refused"
    PUBLISHED_CONFIRMED = "published_confirmed"
    PUBLISHED_GIVEN_UP = "published_given_up"
    ITEM_ADDED = "item_added"
    ITEM_EDITED = "item_edited"
    ITEM_MOVED = "item_moved"
    ITEM_TAKEN_OFF = "item_taken_off"
    MINUTE_WRITTEN = "minute_written"
    DECISION_TAKEN = "decision_taken"
    DECISION_RULED = "decision_ruled"
    DECISION_CORRECTED = "decision_corrected"
    DECISION_WITHDRAWN = "decision_withdrawn"
    ACTION_MADE = "action_made"
    ACTION_OWNED = "action_owned"
    ACTION_DONE = "action_done"
    ACTION_CORRECTED = "action_corrected"
    ACTION_MOVED = "action_moved"
    ACTION_CLOSED = "action_closed"
    ACTION_WITHDRAWN = "action_withdrawn"
    ACTION_TOLD = "action_told"
    ACTION_DATE_ANSWERED = "action_date_answered"
    PASSED_ON = "passed_on"
    PASSED_ON_CHECKED = "passed_on_checked"
    PAPER_ADDED = "paper_added"
    PAPER_CHANGED = "paper_changed"
    PAPER_REPLACED = "paper_replaced"
    PAPER_TAKEN_OFF = "paper_taken_off"
    MEMBERS_INVITED = "members_invited"
    COMING_SAID = "coming_said"
    PACK_ASKED = "pack_asked"
    PACK_MADE = "pack_made"
    PACK_FAILED = "pack_failed"
    FILE_TAKEN = "file_taken"
    LIST_TAKEN = "list_taken"
    INTEREST_DECLARED = "interest_declared"
    INTEREST_NONE = "interest_none"
    INTEREST_TAKEN_BACK = "interest_taken_back"
    PUBLIC_BEGUN = "public_begun"
    PUBLIC_DRAFTED = "public_drafted"
    PUBLIC_CHANGED = "public_changed"
    PUBLIC_LOOKED = "public_looked"
    PUBLIC_SENT_BACK = "public_sent_back"
    PUBLIC_ISSUED = "public_issued"
    PUBLIC_TAKEN_BACK = "public_taken_back"
    KEPT_KNOWINGLY = "kept_knowingly"


LABELS: dict[StrEnum, str] = {
    MeetingEntry.SERIES_BEGUN: "Series of meetings begun",
    MeetingEntry.SERIES_EDITED: "Series of meetings changed",
    MeetingEntry.RULE_SET: "Rule of a group's meetings set",
    MeetingEntry.MEETING_PLANNED: "Meeting planned",
    MeetingEntry.MEETING_EDITED: "Meeting changed",
    MeetingEntry.MEETING_HELD: "Meeting held",
    MeetingEntry.MEETING_NOT_HELD: "Meeting found not to have been held",
    MeetingEntry.MEETING_CANCELLED: "Meeting cancelled",
    MeetingEntry.MEETING_REVIVED: "Cancelled meeting takes place after all",
    MeetingEntry.MINUTES_CHECKED: "Minutes checked by the chair",
    MeetingEntry.MINUTES_TAKEN_BACK: "Minutes taken back to draft",
    MeetingEntry.MINUTES_APPROVED: "Minutes approved",
    MeetingEntry.ATTENDANCE_ENTERED: "Attendance entered",
    MeetingEntry.PUBLISHED_UPLOADED: "Published attendance uploaded",
    MeetingEntry.PUBLISHED_READ: "Published attendance read",
    MeetingEntry.PUBLISHED_REFUSED: "Published attendance could not be read",
    MeetingEntry.PUBLISHED_CONFIRMED: "Published attendance confirmed",
    MeetingEntry.PUBLISHED_GIVEN_UP: "Published attendance given up",
    MeetingEntry.ITEM_ADDED: "Item put on an agenda",
    MeetingEntry.ITEM_EDITED: "Item of an agenda changed",
    MeetingEntry.ITEM_MOVED: "Item moved to another meeting",
    MeetingEntry.ITEM_TAKEN_OFF: "Item taken off an agenda",
    MeetingEntry.MINUTE_WRITTEN: "Minute written",
    MeetingEntry.DECISION_TAKEN: "Decision recorded",
    MeetingEntry.DECISION_RULED: "Provisional decision ratified or not",
    MeetingEntry.DECISION_CORRECTED: "Decision put right in draft minutes",
    MeetingEntry.DECISION_WITHDRAWN: "Decision withdrawn from draft minutes",
    MeetingEntry.ACTION_MADE: "Action of a meeting made",
    MeetingEntry.ACTION_OWNED: "Owner of a meeting's action named",
    MeetingEntry.ACTION_DONE: "Action of a meeting done",
    MeetingEntry.ACTION_CORRECTED: "Action of a meeting put right in draft minutes",
    MeetingEntry.ACTION_MOVED: "Action of a meeting given another day",
    MeetingEntry.ACTION_CLOSED: "Action of a meeting closed without completion",
    MeetingEntry.ACTION_WITHDRAWN: "Action of a meeting withdrawn from draft minutes",
    MeetingEntry.ACTION_TOLD: "Told where an action of a meeting stands",
    MeetingEntry.ACTION_DATE_ANSWERED: "Answered whether an action of a meeting gets a new date",
    MeetingEntry.PASSED_ON: "What a member passed on after a meeting",
    MeetingEntry.PASSED_ON_CHECKED: "Sample check of what was passed on",
    MeetingEntry.PAPER_ADDED: "Paper added to an item",
    MeetingEntry.PAPER_CHANGED: "Paper of an item changed",
    MeetingEntry.PAPER_REPLACED: "Newer version of a paper added",
    MeetingEntry.PAPER_TAKEN_OFF: "Paper taken off an agenda",
    MeetingEntry.MEMBERS_INVITED: "Members invited to a meeting",
    MeetingEntry.COMING_SAID: "A member said whether they come",
    MeetingEntry.PACK_ASKED: "Pack of a meeting asked for",
    MeetingEntry.PACK_MADE: "Pack of a meeting made",
    MeetingEntry.PACK_FAILED: "Pack of a meeting could not be made",
    MeetingEntry.FILE_TAKEN: "Paper, pack or public minutes taken away",
    MeetingEntry.LIST_TAKEN: "List of meetings taken away",
    MeetingEntry.INTEREST_DECLARED: "Interest declared at a meeting",
    MeetingEntry.INTEREST_NONE: "Nobody declared an interest at a meeting",
    MeetingEntry.INTEREST_TAKEN_BACK: "Declaration at a meeting taken back",
    MeetingEntry.PUBLIC_BEGUN: "Public version of minutes begun",
    MeetingEntry.PUBLIC_DRAFTED: "Draft of a public version written",
    MeetingEntry.PUBLIC_CHANGED: "Public version of minutes changed",
    MeetingEntry.PUBLIC_LOOKED: "Public version read by a second person",
    MeetingEntry.PUBLIC_SENT_BACK: "Public version sent back to draft",
    MeetingEntry.PUBLIC_ISSUED: "Public version of minutes issued",
    MeetingEntry.PUBLIC_TAKEN_BACK: "Public version of minutes taken back",
    MeetingEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
}

declare(
    "meetings",
    MeetingEntry,
    LABELS,
    {
        MeetingEntry.ATTENDANCE_ENTERED: ("came", "guests"),
        MeetingEntry.ITEM_ADDED: ("lead",),
        MeetingEntry.ITEM_EDITED: ("lead",),
        MeetingEntry.ACTION_MADE: ("owner",),
        MeetingEntry.PAPER_ADDED: ("brought_by",),
        MeetingEntry.PAPER_CHANGED: ("brought_by",),
        MeetingEntry.ACTION_OWNED: ("owner",),
        MeetingEntry.ACTION_CORRECTED: ("owner",),
        MeetingEntry.ACTION_TOLD: ("said_by",),
        MeetingEntry.KEPT_KNOWINGLY: ("because",),
        MeetingEntry.PASSED_ON: ("said_by",),
        MeetingEntry.COMING_SAID: ("deputy", "words"),
    },
)
