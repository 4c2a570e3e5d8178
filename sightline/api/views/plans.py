"""Plans."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from sightline.access.choices import Permission, TokenScope
from sightline.api import schemas, shapes
from sightline.api.asking import USUAL, After, Limit, page_of, tag
from sightline.api.problems import gone
from sightline.api.serving import answers, caller
from sightline.plans.models import Plan
from sightline.plans.selectors import get_plan, plans_visible_to

router = Router(tags=["Plans"])
Key = Annotated[str, Path(max_length=80)]


@router.get(
    "plans", response=answers(schemas.PlanList), url_name="plans", summary="List plans", operation_id="plans"
)
def plans(
    request: HttpRequest, response: HttpResponse, after: After = 0, limit: Limit = USUAL
) -> schemas.PlanList:
    """The plans that the person may read, in the order in which they were made."""
    user = caller(request, TokenScope.PLANS_READ, Permission.PLANS_VIEW).user
    rows, more = page_of(request, response, plans_visible_to(user), after, limit)
    return schemas.PlanList(items=[schemas.PlanOut(**shapes.plan(each)) for each in rows], next=more)


@router.get(
    "plans/{key}",
    response=answers(schemas.PlanWhole),
    url_name="plan",
    summary="One plan",
    operation_id="plan",
)
def plan(request: HttpRequest, response: HttpResponse, key: Key) -> schemas.PlanWhole:
    """A plan with its priorities."""
    user = caller(request, TokenScope.PLANS_READ, Permission.PLANS_VIEW).user
    try:
        found = get_plan(user, key)
    except Plan.DoesNotExist:
        raise gone() from None
    tag(response, found.version)
    priorities = [each for one in found.priorities.order_by("order", "pk") if (each := shapes.priority(one))]
    return schemas.PlanWhole(**shapes.plan(found), priorities=priorities)
