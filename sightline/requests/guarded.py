"""Who may read the rounds that the journal tells of."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.requests.models import Cycle, Round
from sightline.requests.selectors import cycles_visible_to, rounds_visible_to

offered = [
    Guard("requests", Round, rounds_visible_to, lambda found: f"/rounds/{found.pk}/"),
    Guard("requests", Cycle, cycles_visible_to, lambda found: "/forward-plan/"),
]
