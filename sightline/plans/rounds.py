"""What plans ask about in rounds: how the actions of one plan stand."""

from __future__ import annotations

from sightline.plans.selectors.rounds import KIND, home_of
from sightline.requests.kinds import RoundKind

offered = [RoundKind(KIND, "plans:update", "plans:update_typed", home_of)]
