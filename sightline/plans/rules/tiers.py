"""How sensitive a plan's records are (`design.md` 5): T1 for every member, T2 for those it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.events.choices import Tier

EVERY_MEMBER = (Tier.T0, Tier.T1)


def may_be_published(*tiers: str) -> bool:
    """Whether words about records of these tiers may be published at all: only of what every member reads."""
    return all(tier in EVERY_MEMBER for tier in tiers)


def highest(tiers: Iterable[str]) -> Tier:
    """The most sensitive of them, and never below T1."""
    return Tier(max([Tier.T1.value, *tiers]))
