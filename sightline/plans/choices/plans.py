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


# Its time is over.
ENDED: frozenset[PlanState] = frozenset({PlanState.CLOSED, PlanState.ROLLED_OVER})


class PriorityKind(StrEnum):
    """What a heading of a plan stands over: a priority, or a function that goes on beside the priorities."""

    PRIORITY = "priority"
    FUNCTION = "function"


# The word before its number, on paper and on screen.
WORDS = {PriorityKind.PRIORITY: "Priority", PriorityKind.FUNCTION: "Function"}


class Fate(StrEnum):
    """What becomes of an action when the next plan takes over from its own."""

    CARRY = "carry"
    CLOSE = "close"
    LEAVE = "leave"


class WorkingState(StrEnum):
    """Work that is chosen first, and done all at once afterwards: a roll-over, a change of many actions."""

    CHOOSING = "choosing"
    WAITING = "waiting"
    DONE = "done"
    GIVEN_UP = "given_up"


class BulkKind(StrEnum):
    """What is changed of many actions with one reason."""

    OWNERS = "owners"
    TIMESCALE = "timescale"
    PLACE = "place"
    GROUP = "group"


# What a plan that comes from paper may be: at work already, or still to be approved.
FROM_PAPER = (PlanState.IN_FORCE, PlanState.DRAFT)
# A plan in one of these still asks something of its owners.
WORK_STATES = frozenset({PlanState.DRAFT, PlanState.APPROVED, PlanState.IN_FORCE})


LABELS: dict[StrEnum, str] = {
    PlanState.DRAFT: "Draft",
    PlanState.APPROVED: "Approved",
    PlanState.IN_FORCE: "In force",
    PlanState.CLOSED: "Closed",
    PlanState.ROLLED_OVER: "Rolled over",
    PriorityKind.PRIORITY: "A priority",
    PriorityKind.FUNCTION: "A function that goes on beside the priorities",
    Fate.CARRY: "Carry into the next plan",
    Fate.CLOSE: "Close: it will not be done",
    Fate.LEAVE: "Leave it in this plan",
    WorkingState.CHOOSING: "Being chosen",
    WorkingState.WAITING: "At work",
    WorkingState.DONE: "Done",
    WorkingState.GIVEN_UP: "Given up",
    BulkKind.OWNERS: "Give them to somebody else",
    BulkKind.TIMESCALE: "Give them another date",
    BulkKind.PLACE: "Put them under another priority",
    BulkKind.GROUP: "Give their plans to another group",
}
