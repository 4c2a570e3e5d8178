"""Lists of meetings as tables to take away."""

from __future__ import annotations

from sightline.challenges.reports import table
from sightline.meetings.choices import STATE_LABELS
from sightline.meetings.models import Meeting

__all__ = ["MEETING_COLUMNS", "meeting_cells", "table"]

MEETING_COLUMNS = (
    "Number", "Day", "Time", "Group", "Series", "Kind", "Where", "State", "Quorate", "Minutes approved at meeting",
)  # fmt: skip
QUORATE = {True: "yes", False: "no", None: ""}


def meeting_cells(found: Meeting) -> tuple[object, ...]:
    """A meeting under `MEETING_COLUMNS`."""
    return (
        found.pk, found.held_on, found.hours, found.group, found.series, found.kind_label, found.place,
        STATE_LABELS[found.state_now], QUORATE[found.current_quorate], found.approved_at_id,
    )  # fmt: skip
