"""Challenges: what is asked of whom, and every answer."""

from sightline.challenges.models.challenges import Challenge, ChallengeStep

__all__ = ["Challenge", "ChallengeStep"]
