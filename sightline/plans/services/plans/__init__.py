"""Writing sources, recommendations, plans, priorities, strands and outcomes; rolling a plan over into the next."""

from sightline.plans.services.plans.life import change_plan_state, create_plan, edit_plan
from sightline.plans.services.plans.placing import behind, free_key, next_order
from sightline.plans.services.plans.sources import (
    create_recommendation,
    create_source,
    edit_recommendation,
    edit_source,
)
from sightline.plans.services.plans.structure import (
    add_outcome,
    add_priority,
    add_strand,
    edit_outcome,
    edit_priority,
    edit_strand,
)

__all__ = [
    "add_outcome",
    "add_priority",
    "add_strand",
    "behind",
    "change_plan_state",
    "create_plan",
    "create_recommendation",
    "create_source",
    "edit_outcome",
    "edit_plan",
    "edit_priority",
    "edit_recommendation",
    "edit_source",
    "edit_strand",
    "free_key",
    "next_order",
]
