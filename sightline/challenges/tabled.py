"""Challenges, risks and entries of the scrutiny log can stand on the agenda of a meeting."""

from __future__ import annotations

from sightline.access.tabling import Kind
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to

offered = [
    Kind("Challenge", Challenge, "challenges:challenge", challenges_visible_to, is_named=True),
    Kind("Risk", Risk, "challenges:risk", risks_visible_to, is_named=True),
    Kind("Scrutiny entry", Scrutiny, "challenges:scrutiny", scrutiny_visible_to, is_named=True),
]
