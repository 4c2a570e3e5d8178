"""What plans ask about in rounds: how the actions of one plan, or of a group's plans, stand."""

from __future__ import annotations

from django.urls import reverse

from sightline.plans.selectors.rounds import (
    GROUP_KIND,
    KIND,
    has_plan,
    has_plan_of_group,
    home_of_group,
    home_of_plan,
)
from sightline.plans.services.closing import keep_closing
from sightline.requests.kinds import RoundKind


def typed(asked: int) -> str:
    """The address at which the unit types what somebody told."""
    return reverse("plans:update_typed", args=[asked])


offered = [
    RoundKind(KIND, "plans:update", typed, home_of_plan, has_plan, keep_closing),
    RoundKind(
        GROUP_KIND,
        "plans:update",
        typed,
        home_of_group,
        has_plan_of_group,
        keep_closing,
    ),
]
