"""Who may read the challenges, risks and scrutiny that the journal tells of."""

from __future__ import annotations

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.events.guards import Guard

offered = [
    Guard("challenges", Challenge, challenges_visible_to, lambda found: f"/challenges/{found.pk}/"),
    Guard("challenges", Risk, risks_visible_to, lambda found: f"/risks/{found.pk}/"),
    Guard("challenges", Scrutiny, scrutiny_visible_to, lambda found: f"/scrutiny/{found.pk}/"),
]
