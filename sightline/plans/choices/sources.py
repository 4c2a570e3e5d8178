"""Where a need for change comes from."""

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
}
