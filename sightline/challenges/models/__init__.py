"""Challenges, risks and scrutiny, and everything that was done about them."""

from sightline.challenges.models.challenges import Challenge, ChallengeStep
from sightline.challenges.models.risks import Risk, RiskControl, RiskStep
from sightline.challenges.models.scrutiny import Scrutiny, ScrutinyAsked, ScrutinyStep

__all__ = [
    "Challenge",
    "ChallengeStep",
    "Risk",
    "RiskControl",
    "RiskStep",
    "Scrutiny",
    "ScrutinyAsked",
    "ScrutinyStep",
]
