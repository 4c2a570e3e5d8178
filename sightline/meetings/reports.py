"""Lists of meetings as tables to take away."""

from __future__ import annotations

from sightline.meetings.choices import STATE_LABELS, MeetingState
from sightline.meetings.models import Decision, GroupAction, Meeting
from sightline.rendering.document import table

__all__ = [
    "ACTION_COLUMNS",
    "DECISION_COLUMNS",
    "MEETING_COLUMNS",
    "action_cells",
    "decision_cells",
    "meeting_cells",
    "table",
]

MEETING_COLUMNS = (
    "Number", "Day", "Time", "Group", "Series", "Kind", "Where", "State", "Quorate", "Minutes approved at meeting",
)  # fmt: skip
DECISION_COLUMNS = (
    "Number", "Decision", "Group", "Decided on", "How", "Item", "Where it stands", "Ruled at", "Read by",
    "Withdrawn because", "Minutes",
)  # fmt: skip
ACTION_COLUMNS = (
    "Number", "Action", "Owner", "Group", "Item", "Said on", "By", "Ended on", "What was done, or why not",
    "In a plan as", "Read by", "Ended as", "First by", "Times moved to a later day",
    "Minutes",
)  # fmt: skip
QUORATE = {True: "yes", False: "no", None: ""}


def meeting_cells(found: Meeting) -> tuple[object, ...]:
    """A meeting under `MEETING_COLUMNS`."""
    return (
        found.pk, found.held_on, found.hours, found.group, found.series, found.kind_label, found.place,
        STATE_LABELS[found.state_now], QUORATE[found.current_quorate], found.approved_at_id,
    )  # fmt: skip


def decision_cells(found: Decision) -> tuple[object, ...]:
    """A decision under `DECISION_COLUMNS`."""
    return (
        found.pk, found.text, found.group, found.decided_on, found.get_how_display(), found.item, found.standing,
        found.ruled_at, found.get_tier_display(), found.withdrawn_because,
        _minutes(found.meeting),
    )  # fmt: skip


def action_cells(found: GroupAction) -> tuple[object, ...]:
    """An action of a meeting under `ACTION_COLUMNS`."""
    return (
        found.pk, found.text, found.owner_label, found.group, found.item, found.meeting.held_on, found.due_on,
        found.done_on, found.done_words, found.plan_action.reference if found.plan_action else "",
        found.get_tier_display(), found.ended_label, found.first_due_on, found.slips,
        _minutes(found.meeting),
    )  # fmt: skip


def _minutes(found: Meeting | None) -> str:
    """Where the minutes stand that say it: draft, until the chair has checked them."""
    if found is None:
        return ""
    return STATE_LABELS[MeetingState.HELD if found.is_draft else found.state_now]
