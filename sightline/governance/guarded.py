"""Who may read the records of governance that the journal tells of."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.governance.models import MemberList
from sightline.governance.selectors.lists import member_lists_visible_to

offered = [
    Guard("governance", MemberList, member_lists_visible_to, lambda found: f"/lists/{found.pk}/"),
]
