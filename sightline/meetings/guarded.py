"""Who may read the meetings that the journal tells of."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.meetings.models import Meeting, PublishedTable, Series
from sightline.meetings.selectors.meetings import meetings_visible_to, series_visible_to
from sightline.meetings.selectors.published import published_visible_to

offered = [
    Guard("meetings", PublishedTable, published_visible_to, lambda found: f"/meetings/published/{found.pk}/"),
    Guard("meetings", Meeting, meetings_visible_to, lambda found: f"/meetings/{found.pk}/"),
    Guard("meetings", Series, series_visible_to, lambda found: "/meetings/series/"),
]
