"""Who may read the challenges and risks that the journal tells of."""

from __future__ import annotations

from sightline.challenges.models import Challenge, Risk
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.events.guards import Guard

offered = [
    Guard("challenges", Challenge, challenges_visible_to, lambda found: f"/challenges/{found.pk}/"),
    Guard("challenges", Risk, risks_visible_to, lambda found: f"/risks/{found.pk}/"),
]
