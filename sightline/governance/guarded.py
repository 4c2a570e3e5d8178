"""Who may read the records of governance that the journal tells of."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.governance.models import Lead, MemberList, Terms
from sightline.governance.selectors.leads import leads_visible_to
from sightline.governance.selectors.lists import member_lists_visible_to
from sightline.governance.selectors.terms import terms_visible_to

offered = [
    Guard("governance", MemberList, member_lists_visible_to, lambda found: f"/lists/{found.pk}/"),
    Guard("governance", Lead, leads_visible_to, lambda found: f"/leads/{found.pk}/"),
    Guard("governance", Terms, terms_visible_to, lambda found: f"/groups/{found.group_id}/terms/"),
]
