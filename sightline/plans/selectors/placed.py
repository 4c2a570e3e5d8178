"""Actions of other plans that stand in a plan as well, under its own number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from sightline.plans.models import Action, Placement, Plan
from sightline.plans.rules.history import Moment
from sightline.plans.selectors.then import there_by
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def placed_in(user: Reader, plan: Plan) -> list[Placement]:
    """The places in a plan of the actions a person may read, in order, each with its action and that one's own plan.

    No query where the plan was loaded and is known to have none (`has_placed`).
    """
    if not getattr(plan, "has_placed", True):
        return []
    readable = actions_visible_to(user).select_related(None).order_by().values("pk")
    found = Placement.objects.filter(plan=plan, ended_on=None, action__in=readable)
    placed = found.select_related("action__plan", "priority")
    return list(placed.order_by(F("priority__order").asc(nulls_last=True), "order", "pk"))


def standing_then(plan: Plan, moment: Moment) -> QuerySet[Placement]:
    """The places in a plan at a moment."""
    ended = Q(ended_on__isnull=False, ended_on__lte=moment.on)
    found = Placement.objects.filter(plan=plan, as_at__lte=moment.on)
    if moment.known_by:
        found = found.filter(recorded_at__lte=moment.known_by)
        ended &= Q(ended_recorded_at__lte=moment.known_by)
    return found.exclude(ended)


def placed_then(user: Reader, plan: Plan, moment: Moment) -> list[Placement]:
    """The same places as `placed_in` as they stood at the moment, under today's permissions; one query."""
    known = there_by(actions_visible_to(user).select_related(None).order_by(), moment)
    found = standing_then(plan, moment).filter(action__in=known.values("pk"))
    whole = found.select_related(
        "action__plan", "action__priority", "action__outcome", "action__strand", "priority"
    )
    return list(whole.order_by(F("priority__order").asc(nulls_last=True), "order", "pk"))


def here(plan: Plan, moment: Moment) -> Q:
    """Actions that belong to a plan or stand in it."""
    placed = standing_then(plan, moment).order_by().values("action")
    return Q(plan=plan) | Q(pk__in=placed)


def get_place(user: Reader, action: Action, number: int) -> Placement:
    """One place of an action that still stands. Raises Placement.DoesNotExist also where its plan may not be read."""
    readable = plans_visible_to(user).select_related(None).order_by().values("pk")
    found = Placement.objects.filter(action=action, ended_on=None, plan__in=readable)
    return found.select_related("action__plan", "plan__group").get(pk=number)
