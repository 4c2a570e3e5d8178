"""Challenges and risks: what is asked of whom, what may happen, and everything that was done about it."""

from sightline.challenges.models.challenges import Challenge, ChallengeStep
from sightline.challenges.models.risks import Risk, RiskControl, RiskStep

__all__ = ["Challenge", "ChallengeStep", "Risk", "RiskControl", "RiskStep"]
