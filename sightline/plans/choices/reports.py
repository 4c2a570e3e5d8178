"""Why an action is an exception, and the life of a report."""

from __future__ import annotations

from enum import StrEnum


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


class ReportState(StrEnum):
    """A report is a draft until issued."""

    DRAFT = "draft"
    ISSUED = "issued"


EXCEPTION_LABELS: dict[ExceptionKind, str] = {
    ExceptionKind.OVERDUE: "Overdue",
    ExceptionKind.RED: "Rated red",
    ExceptionKind.SILENT: "Silent",
    ExceptionKind.SLIPPED_TWICE: "Slipped twice or more",
    ExceptionKind.BLOCKED: "Blocked",
    ExceptionKind.REVIEW_MISSED: "Review missed",
    ExceptionKind.ASSERTED_BETTER: "Said to be better than dates and evidence suggest",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Green without evidence",
    ExceptionKind.NOT_EMBEDDED: "Complete but not embedded",
}
# What is told of a row in a list, in short: a red rating shows in its own column.
FLAGS: dict[ExceptionKind, str] = {
    ExceptionKind.OVERDUE: "Overdue",
    ExceptionKind.REVIEW_MISSED: "Review missed",
    ExceptionKind.SILENT: "Silent",
    ExceptionKind.SLIPPED_TWICE: "Slipped twice",
    ExceptionKind.BLOCKED: "Blocked",
    ExceptionKind.ASSERTED_BETTER: "Said better than suggested",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Green without evidence",
    ExceptionKind.NOT_EMBEDDED: "Not yet embedded",
}
REPORT_LABELS: dict[ReportState, str] = {ReportState.DRAFT: "Draft", ReportState.ISSUED: "Issued"}
