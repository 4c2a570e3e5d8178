"""The lowest tier of each kind of record: a model says it (`LOWEST_TIER`), and its rows never lie below.

It stands this low so that every app can say it; a system check of `access` sees that every model does.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CheckConstraint, Model, Q

from sightline.events.choices import Tier

NAME = "LOWEST_TIER"
# Machinery: it holds no content of the partnership's, or content that goes by the tier of what it tells of.
MACHINERY = frozenset(
    {"access", "account", "auth", "contenttypes", "events", "jobs", "mfa", "outbox", "search"}
)


def at_least(floor: Tier, name: str) -> CheckConstraint:
    """The constraint that no row's own tier lies below the floor of its kind."""
    return CheckConstraint(condition=Q(tier__in=[tier.value for tier in Tier if tier >= floor]), name=name)


def floor_of(model: type[Model]) -> Tier | None:
    """The lowest tier that the model itself says; None where it says none. A parent's word is not its own."""
    said = vars(model).get(NAME)
    return said if isinstance(said, Tier) else None


def tiers_allowed(model: type[Model]) -> set[str]:
    """The tiers that the database lets a row of the model have."""
    allowed = set(Tier)
    for constraint in model._meta.constraints:
        condition: Any = getattr(constraint, "condition", None)
        match getattr(condition, "children", ()):
            case [("tier__in", values)] if not condition.negated:
                allowed &= set(values)
    return {str(tier) for tier in allowed}


def has_own_tier(model: type[Model]) -> bool:
    """Whether each row of the model has a tier of its own."""
    return any(field.name == "tier" for field in model._meta.concrete_fields)
