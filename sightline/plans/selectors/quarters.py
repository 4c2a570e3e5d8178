"""What of a plan falls due in which quarter, and what has no day at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, TruncQuarter

from sightline.plans.choices import (
    NEVER_OVERDUE_KINDS,
    OPEN_STATES,
    DeliveryRating,
    DeliveryState,
    ImpactRating,
)
from sightline.plans.models import Action, Plan, Timescale
from sightline.plans.rules.quarters import Quarter, quarter_of
from sightline.plans.selectors.lists import ActionFilter, list_actions
from sightline.screens.counting import MOST_COUNTED, count_up_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

RECURRING = "recurring"
UNDATED = "undated"
COUNTED: dict[str, Q] = {
    "open": Q(state__in=OPEN_STATES),
    "complete": Q(state=DeliveryState.COMPLETE),
    **{f"delivery_{r.value}": Q(current_delivery_rating=r) for r in DeliveryRating},
    **{f"impact_{r.value}": Q(current_impact_rating=r) for r in ImpactRating},
}


@dataclass(frozen=True, slots=True)
class Falling:
    """The actions of one quarter (None: of none, `kind` then says whether they recur or have no day), counted."""

    quarter: Quarter | None
    kind: str
    actions: int
    counts: dict[str, int]


def with_days(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions with the day they fall due (`falls_on`: firm, else of review), and whether they recur (`recurs`)."""
    going_on = Timescale.objects.filter(action=OuterRef("pk"), revised_by=None, kind__in=NEVER_OVERDUE_KINDS)
    return actions.annotate(falls_on=Coalesce("current_due_on", "current_review_on"), recurs=Exists(going_on))


def of_quarter(actions: Any, key: str, quarter: Quarter | None) -> Any:
    """Of actions `with_days`: those of one quarter, those that recur, or those without a day."""
    if quarter:
        return actions.filter(falls_on__range=(quarter.first_day, quarter.last_day))
    return actions.filter(falls_on=None, recurs=key == RECURRING)


def falling(user: Reader, plan: Plan) -> list[Falling] | None:
    """Every quarter in which something of the plan falls due, in order; then what recurs, and what has no day.

    None where the plan has more actions than anybody counts for one page. Two queries.
    """
    if count_up_to(_readable(user, plan)) > MOST_COUNTED:
        return None
    found = with_days(_readable(user, plan)).order_by().annotate(begins=TruncQuarter("falls_on"))
    counted: dict[str, Any] = {f"n_{name}": Count("pk", filter=q) for name, q in COUNTED.items()}
    groups = found.values("begins", "recurs").annotate(n_all=Count("pk"), **counted)
    return _in_order(groups)


def _readable(user: Reader, plan: Plan) -> QuerySet[Action]:
    return list_actions(user, ActionFilter(plan=plan)).prefetch_related(None).select_related(None)


def _in_order(groups: Any) -> list[Falling]:
    """One line for each quarter: whether an action with a day recurs besides makes no difference there."""
    sums: dict[tuple[Quarter | None, str], dict[str, int]] = {}
    for row in groups:
        begins: date | None = row["begins"]
        quarter = quarter_of(begins) if begins else None
        kind = "" if quarter else RECURRING if row["recurs"] else UNDATED
        line = sums.setdefault((quarter, kind), {"all": 0, **dict.fromkeys(COUNTED, 0)})
        for name in line:
            line[name] += row[f"n_{name}"]
    order: Sequence[tuple[Quarter | None, str]] = sorted(
        sums, key=lambda key: (key[0] is None, key[0] or Quarter(0, 1), key[1])
    )
    return [Falling(q, kind, sums[q, kind].pop("all"), sums[q, kind]) for q, kind in order]
