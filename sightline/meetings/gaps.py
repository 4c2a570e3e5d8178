"""What a group was owed and did not get goes on the agenda of its next meeting."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from sightline.access.tabling import Tabled
from sightline.events.choices import SYSTEM
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Meeting
from sightline.meetings.services import ItemGiven, add_item
from sightline.requests.models import Owed
from sightline.screens.words import day

PLACE = "/forward-plan/"


def take(gap: Owed, now: datetime) -> bool:
    """Put it on the next planned meeting of the group; False where none is planned, so that it is offered again."""
    ahead = Meeting.objects.filter(
        group=gap.cycle.group, state=MeetingState.PLANNED, held_on__gte=timezone.localdate(now)
    )
    meeting = ahead.select_related("group").order_by("held_on", "pk").first()
    if meeting is None:
        return False
    words = f"{gap.cycle.who} owed it by {day(gap.due_on)}. What stands in the way, and by when will it come?"
    about = Tabled("requests", "owed", str(gap.pk), "What is owed", PLACE)
    title = f"Did not come: {gap.cycle.title} of {day(gap.due_on)}"
    add_item(meeting, ItemGiven(title[:300], words, about=about), by=SYSTEM, now=now)
    return True
