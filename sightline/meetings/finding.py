"""What of meetings can be found by searching, and who may find it."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.meetings.models import Meeting
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.search.registry import Guard, Indexed, Kind, Offer


def of_meetings(found: Iterable[Meeting]) -> Iterable[Indexed]:
    """Meetings, with where they were and of what kind."""
    for each in found:
        body = "\n".join([each.kind_label, each.place, each.series.name if each.series else ""])
        yield Indexed("meeting", each.pk, each.pk, str(each), f"/meetings/{each.pk}/", body, each.held_on)


offered = Offer(
    guards=(Guard("meeting", meetings_visible_to),),
    kinds=(
        Kind(
            "meeting",
            ("Meeting", "Meetings"),
            "meeting",
            Meeting,
            lambda: Meeting.objects.select_related("group", "series"),
            of_meetings,
            46,
        ),
    ),
)
