"""The life of a plan."""

from __future__ import annotations

from enum import StrEnum


class PlanState(StrEnum):
    """The life of a plan."""

    DRAFT = "draft"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    CLOSED = "closed"
    ROLLED_OVER = "rolled_over"


# A plan in one of these still asks something of its owners.
WORK_STATES = frozenset({PlanState.DRAFT, PlanState.APPROVED, PlanState.IN_FORCE})


LABELS: dict[StrEnum, str] = {
    PlanState.DRAFT: "Draft",
    PlanState.APPROVED: "Approved",
    PlanState.IN_FORCE: "In force",
    PlanState.CLOSED: "Closed",
    PlanState.ROLLED_OVER: "Rolled over",
}
