"""States, ratings and printed parts of an action (`design.md` 4a)."""

from __future__ import annotations

from enum import StrEnum


class DeliveryState(StrEnum):
    """How far an action has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    CLOSED_OTHER = "closed_other"
    SUPERSEDED = "superseded"


OPEN_STATES = frozenset({DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS})
# Closed without completion, or replaced: neither an exception nor counted.
GONE_STATES = frozenset({DeliveryState.CLOSED_OTHER, DeliveryState.SUPERSEDED})


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


class WorkKind(StrEnum):
    """What "what needs you" says of an action, a plan or a recommendation."""

    OVERDUE = "overdue"
    REVIEW_DUE = "review_due"
    UPDATE_WANTED = "update_wanted"
    EXCEPTIONS = "exceptions"
    CONFIRM_WANTED = "confirm_wanted"
    CLAIM_RETURNED = "claim_returned"
    ANSWER_WANTED = "answer_wanted"
    PROGRESS_OWED = "progress_owed"
    POST_VACANT = "post_vacant"
    ADDRESSEE_WANTED = "addressee_wanted"


LABELS: dict[StrEnum, str] = {
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
}
# StrEnum members compare and hash as their strings, so "green" means the same word for both ratings; only this differs.
IMPACT_LABELS: dict[str, str] = {
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "not_yet_known": "Not yet known",
}
