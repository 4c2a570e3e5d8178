"""How many actions of a plan are open, red, overdue or silent, counted over what a person may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from sightline.plans.choices import OPEN_STATES, DeliveryRating, ExceptionKind
from sightline.plans.models import Action, Plan
from sightline.plans.selectors.visible import actions_visible_to
from sightline.screens.counting import MOST_COUNTED

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a plan's actions. `red` counts open actions whose delivery is rated red."""

    actions: int = 0
    open: int = 0
    red: int = 0
    overdue: int = 0
    silent: int = 0
    exceptions: int = 0


_OPEN = Q(state__in=OPEN_STATES)
_COUNTED = {
    "actions": Count("pk"),
    "open": Count("pk", filter=_OPEN),
    "red": Count("pk", filter=_OPEN & Q(current_delivery_rating=DeliveryRating.RED)),
    "overdue": Count("pk", filter=Q(current_exceptions__contains=f",{ExceptionKind.OVERDUE},")),
    "silent": Count("pk", filter=Q(current_exceptions__contains=f",{ExceptionKind.SILENT},")),
    "exceptions": Count("pk", filter=Q(current_exception_count__gt=0)),
}


def figures_of(user: Reader, plans: Iterable[Plan]) -> dict[int, Figures]:
    """The figures of several plans, by primary key, in one query."""
    wanted = [plan.pk for plan in plans]
    rows = _bare(user).filter(plan_id__in=wanted).values("plan_id").annotate(**_named(_COUNTED))
    found = {row["plan_id"]: Figures(**_unnamed(row)) for row in rows}
    return {pk: found.get(pk, Figures()) for pk in wanted}


def figures_within(user: Reader, plan: Plan) -> Figures | None:
    """The figures of one plan; None where it has more actions than anybody counts for one page."""
    rows = _bare(user).filter(plan=plan)[: MOST_COUNTED + 1]
    found = Figures(**_unnamed(rows.aggregate(**_named(_COUNTED))))
    return None if found.actions > MOST_COUNTED else found


def _bare(user: Reader) -> QuerySet[Action]:
    return actions_visible_to(user).select_related(None).order_by()


def _named(counted: Mapping[str, Any]) -> dict[str, Any]:
    return {f"number_{name}": count for name, count in counted.items()}


def _unnamed(row: Mapping[str, Any]) -> dict[str, int]:
    return {name: row[f"number_{name}"] for name in _COUNTED}
