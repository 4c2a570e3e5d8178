"""What meetings entered of seats: a membership list that filled them cannot be withdrawn over it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sightline.meetings.models import Attended, PassedOn
from sightline.screens.words import day


def of_seats(seats: Collection[int], since: datetime) -> Iterator[str]:
    """Attendance, and what was passed on, entered of these seats since the moment; one sentence for each of both."""
    for model, what in ((Attended, "Attendance"), (PassedOn, "How a meeting was passed on")):
        rows = model._default_manager.filter(seat__in=seats, recorded_at__gt=since)
        first = rows.order_by("meeting__held_on").values_list("meeting__held_on", flat=True).first()
        if first:
            yield f"{what} was entered for one of its seats since, of the meeting on {day(first)} first."
