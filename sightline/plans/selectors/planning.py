"""The printed structure of a plan, for those who change it."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from sightline.plans.models import Outcome, Plan, Priority


def priorities_with_parts(plan: Plan) -> list[Priority]:
    """The priorities in printed order with their outcomes, each with its number of actions; two queries."""
    outcomes = Prefetch("outcomes", Outcome.objects.order_by("order", "pk"))
    counted = plan.priorities.annotate(action_count=Count("actions"))
    return list(counted.prefetch_related(outcomes).order_by("order", "pk"))
