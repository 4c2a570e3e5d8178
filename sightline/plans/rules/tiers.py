"""How sensitive a plan's records are (`design.md` 5): T1 for every member, T2 for those it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.events.choices import Tier

EVERY_MEMBER = (Tier.T0, Tier.T1)


def highest(tiers: Iterable[str]) -> Tier:
    """The most sensitive of them, and never below T1."""
    return Tier(max([Tier.T1.value, *tiers]))
