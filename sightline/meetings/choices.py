"""Words of meetings: of what kind one is, where it stands, who came, and how often a group meets."""

from __future__ import annotations

from enum import StrEnum


class MeetingKind(StrEnum):
    """What a meeting is."""

    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    DEVELOPMENT = "development"


KIND_LABELS: dict[MeetingKind, str] = {
    MeetingKind.ORDINARY: "Ordinary meeting",
    MeetingKind.EXTRAORDINARY: "Extraordinary meeting",
    MeetingKind.DEVELOPMENT: "Development day",
}


class MeetingState(StrEnum):
    """Where a meeting and its minutes stand."""

    PLANNED = "planned"
    HELD = "held"
    CHECKED = "checked"
    APPROVED = "approved"
    CANCELLED = "cancelled"


STATE_LABELS: dict[MeetingState, str] = {
    MeetingState.PLANNED: "Planned",
    MeetingState.HELD: "Minutes in draft",
    MeetingState.CHECKED: "Minutes checked",
    MeetingState.APPROVED: "Minutes approved",
    MeetingState.CANCELLED: "Cancelled",
}
STATE_COLOURS: dict[MeetingState, str] = {
    MeetingState.PLANNED: "blue",
    MeetingState.HELD: "yellow",
    MeetingState.CHECKED: "turquoise",
    MeetingState.APPROVED: "green",
    MeetingState.CANCELLED: "grey",
}
# Minutes that are still written: the words of what was decided and asked can be put right.
IN_DRAFT = (MeetingState.PLANNED, MeetingState.HELD)
# Those that took place: attendance and decisions are counted in these alone.
TOOK_PLACE = (MeetingState.HELD, MeetingState.CHECKED, MeetingState.APPROVED)


class MeetingDeed(StrEnum):
    """What is done about a meeting as a whole."""

    HOLD = "hold"
    UNHOLD = "unhold"
    CANCEL = "cancel"
    REVIVE = "revive"
    CHECK = "check"
    CORRECT = "correct"
    APPROVE = "approve"


DEED_BUTTONS: dict[MeetingDeed, str] = {
    MeetingDeed.HOLD: "The meeting took place",
    MeetingDeed.UNHOLD: "It has not taken place",
    MeetingDeed.CANCEL: "Cancel the meeting",
    MeetingDeed.REVIVE: "It takes place after all",
    MeetingDeed.CHECK: "The chair has checked the minutes",
    MeetingDeed.CORRECT: "Take the minutes back to draft",
    MeetingDeed.APPROVE: "Record that the minutes were approved",
}


# What is done for a reason, and the question for it.
DEED_WHY: dict[MeetingDeed, str] = {
    MeetingDeed.UNHOLD: "Why was it recorded as held?",
    MeetingDeed.CANCEL: "Why is it cancelled?",
    MeetingDeed.REVIVE: "Why does it take place after all?",
}


class Attendance(StrEnum):
    """How a seat was filled at a meeting. Vacant and not yet a seat are seen from the seat's days, never entered."""

    PRESENT = "present"
    REMOTE = "remote"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"


ATTENDANCE_LABELS: dict[Attendance, str] = {
    Attendance.PRESENT: "Present",
    Attendance.REMOTE: "Present remotely",
    Attendance.DEPUTY: "Deputy came",
    Attendance.APOLOGIES: "Apologies",
    Attendance.ABSENT: "Absent",
}
# The seat was filled: design 4 of the yearly attendance table (issue 6.4).
ATTENDED = (Attendance.PRESENT, Attendance.REMOTE, Attendance.DEPUTY)


# What a member may say before a meeting. The words are theirs; what becomes of it is attendance.
COMING_LABELS: dict[Attendance, str] = {
    Attendance.PRESENT: "I come in person",
    Attendance.REMOTE: "I come remotely",
    Attendance.DEPUTY: "I send a deputy",
    Attendance.APOLOGIES: "I cannot come, and nobody comes for me",
}
# The same as others read it.
EXPECTED_LABELS: dict[Attendance, str] = {
    Attendance.PRESENT: "Comes in person",
    Attendance.REMOTE: "Comes remotely",
    Attendance.DEPUTY: "Sends a deputy",
    Attendance.APOLOGIES: "Cannot come",
}


class ReplyHow(StrEnum):
    """By which way a member said whether they come."""

    LINK = "link"
    PAGE = "page"
    TYPED = "typed"


REPLY_HOW_LABELS: dict[ReplyHow, str] = {
    ReplyHow.LINK: "by their link",
    ReplyHow.PAGE: "on the meeting’s page",
    ReplyHow.TYPED: "typed for them",
}


class Rhythm(StrEnum):
    """How often the meetings of a series come."""

    MONTH = "month"
    SIX_WEEKS = "six_weeks"
    TWO_MONTHS = "two_months"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    AS_NEEDED = "as_needed"


RHYTHM_LABELS: dict[Rhythm, str] = {
    Rhythm.MONTH: "Every month",
    Rhythm.SIX_WEEKS: "Every six weeks",
    Rhythm.TWO_MONTHS: "Every two months",
    Rhythm.QUARTER: "Every quarter",
    Rhythm.HALF_YEAR: "Twice a year",
    Rhythm.YEAR: "Once a year",
    Rhythm.AS_NEEDED: "As needed",
}


class PublishedState(StrEnum):
    """The life of a published table of attendance that is read in."""

    WAITING = "waiting"
    REFUSED = "refused"
    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    GIVEN_UP = "given_up"


PUBLISHED_LABELS: dict[PublishedState, str] = {
    PublishedState.WAITING: "Being read",
    PublishedState.REFUSED: "Could not be read",
    PublishedState.PREVIEW: "To be confirmed",
    PublishedState.CONFIRMED: "Confirmed",
    PublishedState.GIVEN_UP: "Given up",
}
PUBLISHED_COLOURS: dict[PublishedState, str] = {
    PublishedState.REFUSED: "red",
    PublishedState.PREVIEW: "yellow",
    PublishedState.CONFIRMED: "green",
    PublishedState.GIVEN_UP: "grey",
}
# How many meetings a published table may speak of: more is a slip of the finger.
MOST_MEETINGS = 99


class ItemKind(StrEnum):
    """Why something stands on an agenda."""

    STANDING = "standing"
    MATTER = "matter"
    RAISED = "raised"


ITEM_LABELS: dict[ItemKind, str] = {
    ItemKind.STANDING: "Standing item",
    ItemKind.MATTER: "Carried from an earlier meeting",
    ItemKind.RAISED: "Raised",
}


class How(StrEnum):
    """How a decision was taken."""

    MEETING = "meeting"
    CHAIR = "chair"
    WRITTEN = "written"


HOW_LABELS: dict[How, str] = {
    How.MEETING: "At a meeting",
    How.CHAIR: "Chair’s action between meetings",
    How.WRITTEN: "Written procedure between meetings",
}
BETWEEN = (How.CHAIR, How.WRITTEN)


class Ended(StrEnum):
    """How an action of the log came to its end. Withdrawn: the minutes were wrong, and it was not asked."""

    DONE = "done"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


ENDED_LABELS: dict[Ended, str] = {
    Ended.DONE: "Done",
    Ended.CLOSED: "Closed without completion",
    Ended.WITHDRAWN: "Withdrawn",
}
ENDED_COLOURS: dict[Ended, str] = {Ended.DONE: "green", Ended.CLOSED: "grey", Ended.WITHDRAWN: "grey"}


class Ruling(StrEnum):
    """What a later meeting said of a provisional decision."""

    RATIFY = "ratify"
    REFUSE = "refuse"


RULING_LABELS: dict[Ruling, str] = {Ruling.RATIFY: "Ratified", Ruling.REFUSE: "Not ratified"}
RULING_BUTTONS: dict[Ruling, str] = {
    Ruling.RATIFY: "Ratify the decision",
    Ruling.REFUSE: "Do not ratify the decision",
}
PROVISIONAL, STANDS, WITHDRAWN = "Provisional", "Stands", "Withdrawn"
NOT_KNOWN = "Quorum not known"
RULING_COLOURS: dict[str, str] = {
    WITHDRAWN: "grey",
    NOT_KNOWN: "grey",
    PROVISIONAL: "yellow",
    STANDS: "green",
    RULING_LABELS[Ruling.RATIFY]: "green",
    RULING_LABELS[Ruling.REFUSE]: "grey",
}


class Reach(StrEnum):
    """What a sample check found of what was passed on."""

    ARRIVED = "arrived"
    PARTLY = "partly"
    NOT = "not"


REACH_LABELS: dict[Reach, str] = {
    Reach.ARRIVED: "It arrived",
    Reach.PARTLY: "It arrived in part",
    Reach.NOT: "It did not arrive",
}
REACH_COLOURS: dict[Reach, str] = {Reach.ARRIVED: "green", Reach.PARTLY: "yellow", Reach.NOT: "red"}


class PackState(StrEnum):
    """Where a pack stands."""

    WAITING = "waiting"
    MADE = "made"
    FAILED = "failed"


PACK_LABELS: dict[PackState, str] = {
    PackState.WAITING: "Being made",
    PackState.MADE: "Made",
    PackState.FAILED: "Could not be made",
}


class Part(StrEnum):
    """What was done about an interest that somebody declared."""

    STAYED = "stayed"
    NO_PART = "no_part"
    LEFT = "left"


INTEREST_LABELS: dict[Part, str] = {
    Part.STAYED: "Stayed and took part",
    Part.NO_PART: "Stayed and took no part",
    Part.LEFT: "Left the room",
}


class PublicState(StrEnum):
    """Where a public version of minutes stands."""

    WAITING = "waiting"
    DRAFT = "draft"
    LOOKED = "looked"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


PUBLIC_LABELS: dict[PublicState, str] = {
    PublicState.WAITING: "Being made",
    PublicState.DRAFT: "Draft",
    PublicState.LOOKED: "Looked at by a second person",
    PublicState.ISSUED: "Issued",
    PublicState.WITHDRAWN: "Taken back",
}
PUBLIC_COLOURS: dict[PublicState, str] = {
    PublicState.WAITING: "grey",
    PublicState.DRAFT: "yellow",
    PublicState.LOOKED: "turquoise",
    PublicState.ISSUED: "green",
    PublicState.WITHDRAWN: "grey",
}


class PublicDeed(StrEnum):
    """What is done about a public version of minutes."""

    LOOK = "look"
    ISSUE = "issue"
    BACK = "back"
    WITHDRAW = "withdraw"


PUBLIC_BUTTONS: dict[PublicDeed, str] = {
    PublicDeed.LOOK: "I have read it whole, and it may be issued",
    PublicDeed.ISSUE: "Issue it",
    PublicDeed.BACK: "Send it back to draft",
    PublicDeed.WITHDRAW: "Take it back",
}


PUBLIC_DONE: dict[PublicDeed, str] = {
    PublicDeed.LOOK: "Read whole",
    PublicDeed.ISSUE: "Issued",
    PublicDeed.BACK: "Sent back to draft",
    PublicDeed.WITHDRAW: "Taken back",
}


class Shown(StrEnum):
    """Whether an item is let through to the public."""

    SHOW = "show"
    OUT = "out"


SHOWN_LABELS: dict[Shown, str] = {
    Shown.SHOW: "Show it, without what stands in [[ ]]",
    Shown.OUT: "Leave the whole item out",
}
