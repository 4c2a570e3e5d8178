"""The printed structure of a plan, for those who change it."""

from __future__ import annotations

from django.db.models import Count, Prefetch

from sightline.plans.models import Outcome, Plan, Priority, Strand


def priorities_with_parts(plan: Plan) -> list[Priority]:
    """The priorities in printed order with outcomes and strands, each with its number of actions; three queries."""
    outcomes = Prefetch("outcomes", Outcome.objects.order_by("order", "pk"))
    strands = Prefetch("strands", Strand.objects.order_by("order", "pk"))
    counted = plan.priorities.annotate(action_count=Count("actions"))
    return list(counted.prefetch_related(outcomes, strands).order_by("order", "pk"))
