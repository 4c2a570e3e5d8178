"""Writing sources, recommendations, plans, priorities and outcomes."""

from sightline.plans.services.plans.life import change_plan_state, create_plan, edit_plan
from sightline.plans.services.plans.placing import free_key, next_order
from sightline.plans.services.plans.sources import create_recommendation, create_source, edit_source
from sightline.plans.services.plans.structure import add_outcome, add_priority, edit_outcome, edit_priority

__all__ = [
    "add_outcome",
    "add_priority",
    "change_plan_state",
    "create_plan",
    "create_recommendation",
    "create_source",
    "edit_outcome",
    "edit_plan",
    "edit_priority",
    "edit_source",
    "free_key",
    "next_order",
]
