"""Who may read the challenges that the journal tells of."""

from __future__ import annotations

from sightline.challenges.models import Challenge
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.events.guards import Guard

offered = [
    Guard("challenges", Challenge, challenges_visible_to, lambda found: f"/challenges/{found.pk}/"),
]
