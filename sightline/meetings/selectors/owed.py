"""What a group was owed for a meeting: due since the one before, whether it came or not."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from sightline.meetings.choices import MeetingKind, MeetingState
from sightline.meetings.models import Meeting
from sightline.requests.models import Owed
from sightline.requests.selectors import owed_visible_to

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

# How far a group's first meeting looks back: a quarter.
QUARTER = timedelta(days=92)


def owed_for(user: Reader, meeting: Meeting) -> list[Owed]:
    """What is due to the group after the meeting before and by the day of this one, and is wanted; one query.

    It comes with the return that answers it. Nothing is asked for a meeting that was held or cancelled.
    """
    if meeting.state != MeetingState.PLANNED:
        return []
    before = Meeting.objects.filter(group=meeting.group, held_on__lt=meeting.held_on)
    before = before.exclude(state=MeetingState.CANCELLED).exclude(kind=MeetingKind.DEVELOPMENT)
    last = Subquery(before.order_by("-held_on").values("held_on")[:1])
    found = owed_visible_to(user).filter(cycle__group=meeting.group, called_off_because="")
    found = found.select_related("cycle__owed_by", "answered_by")
    found = found.filter(due_on__gt=Coalesce(last, Value(meeting.held_on - QUARTER)))
    return list(found.filter(due_on__lte=meeting.held_on).order_by("due_on", "pk"))
