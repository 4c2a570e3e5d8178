"""Why somebody sees a meeting: its permission in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.seeing import Seen
from sightline.meetings.models import Meeting
from sightline.meetings.permissions import can_view_meeting

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

EVERYBODY = "every member reads it"


def why(user: Reader, found: Meeting) -> str:
    """Why somebody who sees the meeting does."""
    return EVERYBODY


def _meeting(number: int) -> Meeting:
    return Meeting.objects.select_related("group").get(pk=number)


offered = [Seen("meetings", Meeting, _meeting, can_view_meeting, why)]
