"""What plans ask about in rounds: how the actions of one plan, or of a group's plans, stand."""

from __future__ import annotations

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

offered = [
    RoundKind(KIND, "plans:update", "plans:update_typed", home_of_plan, has_plan, keep_closing),
    RoundKind(
        GROUP_KIND,
        "plans:update",
        "plans:update_typed",
        home_of_group,
        has_plan_of_group,
        keep_closing,
    ),
]
