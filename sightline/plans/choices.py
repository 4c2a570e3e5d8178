"""States and types of plans (`design.md` 4a), as plain enums with their words. No Django here."""

from __future__ import annotations

from enum import StrEnum


class SourceKind(StrEnum):
    """Where a need for change comes from."""

    INSPECTION = "inspection"
    REVIEW = "review"
    AUDIT = "audit"
    CHILD_DEATH = "child_death"
    VOICE = "voice"
    DATA = "data"
    COMPLAINT = "complaint"
    LAW = "law"
    OTHER = "other"


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    ROLLED_OVER = "rolled_over"


# A plan in one of these still asks something of its owners.
WORK_STATES = frozenset({PlanState.DRAFT, PlanState.APPROVED, PlanState.IN_FORCE})


class DeliveryState(StrEnum):
    """How far an action has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    CLOSED_OTHER = "closed_other"
    SUPERSEDED = "superseded"


OPEN_STATES = frozenset({DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS})


class Dimension(StrEnum):
    """Which of the two questions a rating answers."""

    DELIVERY = "delivery"
    IMPACT = "impact"


class DeliveryRating(StrEnum):
    """Is it being done?"""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_RATED = "not_rated"


class ImpactRating(StrEnum):
    """Has it made the difference?"""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NOT_YET_KNOWN = "not_yet_known"


class Embedding(StrEnum):
    """Did it last? Done is not embedded."""

    NONE_SET = "none_set"
    WAITING = "waiting"
    PASSED = "passed"
    FAILED = "failed"


class EvidenceQuarter(StrEnum):
    """The four kinds of evidence."""

    DATA = "data"
    AUDIT = "audit"
    CHILDREN = "children"
    PRACTITIONERS = "practitioners"


class RowKind(StrEnum):
    """What part a row plays on the printed page."""

    NUMBERED = "numbered"
    STEM = "stem"
    BULLET = "bullet"
    CONTINUATION = "continuation"
    UNNUMBERED = "unnumbered"


class OwnerRole(StrEnum):
    """Who leads, who helps."""

    LEAD = "lead"
    SUPPORT = "support"


class ReceivedHow(StrEnum):
    """How an update reached us: most come by e-mail or telephone and are typed by the unit."""

    SCREEN = "screen"
    EMAIL = "email"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    DOCUMENT = "document"
    LINK = "link"


class TimescaleKind(StrEnum):
    """What a printed timescale means (`documents.md` A4)."""

    BY_DATE = "by_date"
    BY_MONTH = "by_month"
    MILESTONE = "milestone"
    REVIEW = "review"
    MEETING = "meeting"
    REPORT_TO_BOARD = "report_to_board"
    RECURRING = "recurring"
    IMMEDIATE = "immediate"
    COMPLETED = "completed"
    ONGOING = "ongoing"
    QUARTER = "quarter"
    TERM = "term"
    YEAR = "year"
    DURATION = "duration"
    SEASON = "season"
    CONDITION = "condition"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"


FIRM_KINDS = frozenset(
    {
        TimescaleKind.BY_DATE,
        TimescaleKind.BY_MONTH,
        TimescaleKind.MILESTONE,
        TimescaleKind.QUARTER,
        TimescaleKind.TERM,
        TimescaleKind.YEAR,
        TimescaleKind.SEASON,
        TimescaleKind.CONDITION,
    }
)
REVIEW_KINDS = frozenset({TimescaleKind.REVIEW, TimescaleKind.MEETING, TimescaleKind.REPORT_TO_BOARD})
NEVER_OVERDUE_KINDS = frozenset({TimescaleKind.RECURRING, TimescaleKind.ONGOING, TimescaleKind.IMMEDIATE})


class ReferenceKind(StrEnum):
    """How one action points at another."""

    SAME_PLAN = "same_plan"
    OTHER_PLAN = "other_plan"
    JOINT = "joint"
    IN_TEXT = "in_text"


class ImportState(StrEnum):
    """The life of an uploaded document."""

    WAITING = "waiting"
    READING = "reading"
    PREVIEW = "preview"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class RowFate(StrEnum):
    """What became of a row of the paper: the counts of an import add up over these."""

    IMPORTED = "imported"
    JOINED = "joined"
    FURNITURE = "furniture"
    SET_ASIDE = "set_aside"


class ExceptionKind(StrEnum):
    """Why the business group must look at an action (`design.md` 4a)."""

    OVERDUE = "overdue"
    RED = "red"
    SILENT = "silent"
    SLIPPED_TWICE = "slipped_twice"
    BLOCKED = "blocked"
    REVIEW_MISSED = "review_missed"
    ASSERTED_BETTER = "asserted_better"
    GREEN_WITHOUT_EVIDENCE = "green_without_evidence"
    NOT_EMBEDDED = "not_embedded"


class LineKind(StrEnum):
    """What a line of an action's history is."""

    STATE = "state"
    TIMESCALE = "timescale"
    UPDATE = "update"
    DELIVERY = "delivery"
    IMPACT = "impact"
    EVIDENCE = "evidence"
    TEST = "test"
    BLOCK = "block"
    DEPENDENCY = "dependency"


class WorkKind(StrEnum):
    """What "what needs you" says of an action or plan."""

    OVERDUE = "overdue"
    REVIEW_DUE = "review_due"
    UPDATE_WANTED = "update_wanted"
    EXCEPTIONS = "exceptions"


class ReportState(StrEnum):
    """A report is a draft until issued."""

    DRAFT = "draft"
    ISSUED = "issued"


LABELS: dict[StrEnum, str] = {
    SourceKind.INSPECTION: "Inspection",
    SourceKind.REVIEW: "Review",
    SourceKind.AUDIT: "Audit",
    SourceKind.CHILD_DEATH: "Child death",
    SourceKind.VOICE: "Children’s voice",
    SourceKind.DATA: "Data",
    SourceKind.COMPLAINT: "Complaint",
    SourceKind.LAW: "Law",
    SourceKind.OTHER: "Other",
    PlanState.DRAFT: "Draft",
    PlanState.APPROVED: "Approved",
    PlanState.IN_FORCE: "In force",
    PlanState.CLOSED: "Closed",
    PlanState.ROLLED_OVER: "Rolled over",
    DeliveryState.NOT_STARTED: "Not started",
    DeliveryState.IN_PROGRESS: "In progress",
    DeliveryState.COMPLETE: "Complete",
    DeliveryState.CLOSED_OTHER: "Closed without completion",
    DeliveryState.SUPERSEDED: "Superseded",
    Dimension.DELIVERY: "Delivery",
    Dimension.IMPACT: "Impact",
    DeliveryRating.GREEN: "Green",
    DeliveryRating.AMBER: "Amber",
    DeliveryRating.RED: "Red",
    DeliveryRating.NOT_RATED: "Not rated",
    Embedding.NONE_SET: "No test set",
    Embedding.WAITING: "Waiting for its test",
    Embedding.PASSED: "Embedded",
    Embedding.FAILED: "Test failed",
    EvidenceQuarter.DATA: "Data",
    EvidenceQuarter.AUDIT: "Audit",
    EvidenceQuarter.CHILDREN: "Children and families",
    EvidenceQuarter.PRACTITIONERS: "Practitioners",
    ReceivedHow.SCREEN: "Typed on screen",
    ReceivedHow.EMAIL: "By e-mail",
    ReceivedHow.TELEPHONE: "By telephone",
    ReceivedHow.MEETING: "At a meeting",
    ReceivedHow.DOCUMENT: "In an imported document",
    ReceivedHow.LINK: "By personal link",
}
EXCEPTION_LABELS: dict[ExceptionKind, str] = {
    ExceptionKind.OVERDUE: "Overdue",
    ExceptionKind.RED: "Rated red",
    ExceptionKind.SILENT: "Silent",
    ExceptionKind.SLIPPED_TWICE: "Slipped twice or more",
    ExceptionKind.BLOCKED: "Blocked",
    ExceptionKind.REVIEW_MISSED: "Review missed",
    ExceptionKind.ASSERTED_BETTER: "Said to be better than dates and evidence suggest",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Impact green without evidence",
    ExceptionKind.NOT_EMBEDDED: "Complete but not embedded",
}
IMPORT_LABELS: dict[ImportState, str] = {
    ImportState.WAITING: "Waiting to be read",
    ImportState.READING: "Being read",
    ImportState.PREVIEW: "To be confirmed",
    ImportState.REFUSED: "Could not be read",
    ImportState.CONFIRMED: "Confirmed",
    ImportState.WITHDRAWN: "Withdrawn",
    ImportState.DISCARDED: "Given up",
}
REPORT_LABELS: dict[ReportState, str] = {ReportState.DRAFT: "Draft", ReportState.ISSUED: "Issued"}
# StrEnum members compare and hash as their strings, so "green" means the same word for both ratings; only this differs.
IMPACT_LABELS: dict[str, str] = {
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "not_yet_known": "Not yet known",
}
