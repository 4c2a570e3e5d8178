"""Who may read the meetings that the journal tells of, and what was said at them."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.meetings.models import (
    Decision,
    GroupAction,
    Interest,
    Item,
    Meeting,
    Pack,
    Paper,
    PublicMinutes,
    PublishedTable,
    Series,
)
from sightline.meetings.selectors.interests import interests_visible_to
from sightline.meetings.selectors.items import actions_of_meetings, decisions_visible_to, items_visible_to
from sightline.meetings.selectors.meetings import meetings_visible_to, series_visible_to
from sightline.meetings.selectors.papers import packs_visible_to, papers_visible_to
from sightline.meetings.selectors.public import public_visible_to
from sightline.meetings.selectors.published import published_visible_to

offered = [
    Guard("meetings", PublishedTable, published_visible_to, lambda found: f"/meetings/published/{found.pk}/"),
    Guard("meetings", Meeting, meetings_visible_to, lambda found: f"/meetings/{found.pk}/"),
    Guard("meetings", Series, series_visible_to, lambda found: "/meetings/series/"),
    Guard("meetings", Item, items_visible_to, lambda found: f"/meetings/{found.meeting_id}/#item-{found.pk}"),
    Guard("meetings", Decision, decisions_visible_to, lambda found: "/meetings/decisions/"),
    Guard("meetings", Paper, papers_visible_to, lambda found: f"/meetings/{found.item.meeting_id}/pack/"),
    Guard("meetings", Pack, packs_visible_to, lambda found: f"/meetings/{found.meeting_id}/pack/"),
    Guard(
        "meetings", Interest, interests_visible_to, lambda found: f"/meetings/{found.meeting_id}/#interests"
    ),
    Guard(
        "meetings", PublicMinutes, public_visible_to, lambda found: f"/meetings/{found.meeting_id}/public/"
    ),
    Guard("meetings", GroupAction, actions_of_meetings, lambda found: "/meetings/actions/"),
]
