"""How many actions of a plan are open, red, overdue or silent, counted over what a person may read.

Counted live up to ten thousand actions, from an index alone; beyond that the last count of the night is shown, with
its day (`selectors.standings`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from sightline.plans.choices import OPEN_STATES, DeliveryRating, ExceptionKind, Figure
from sightline.plans.models import Action, Plan
from sightline.plans.selectors.standings import Part, Place, counted_days, parts_on
from sightline.plans.selectors.visible import actions_visible_to
from sightline.screens.counting import MOST_COUNTED, count_up_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a plan's actions. `red` counts open actions whose delivery is rated red.

    `on`: the day they were counted; None for now. A count of the night leaves out what counts on no dashboard.
    """

    actions: int = 0
    open: int = 0
    red: int = 0
    overdue: int = 0
    silent: int = 0
    exceptions: int = 0
    on: date | None = None


_OPEN = Q(state__in=OPEN_STATES)
_COUNTED = {
    "actions": Count("pk"),
    "open": Count("pk", filter=_OPEN),
    "red": Count("pk", filter=_OPEN & Q(current_delivery_rating=DeliveryRating.RED)),
    "overdue": Count("pk", filter=Q(current_exceptions__contains=f",{ExceptionKind.OVERDUE},")),
    "silent": Count("pk", filter=Q(current_exceptions__contains=f",{ExceptionKind.SILENT},")),
    "exceptions": Count("pk", filter=Q(current_exception_count__gt=0)),
}
_BY_NIGHT = {
    "actions": Figure.ALL,
    "open": Figure.OPEN,
    "red": Figure.DELIVERY_RED,
    "overdue": Figure.OVERDUE,
    "silent": Figure.SILENT,
    "exceptions": Figure.EXCEPTIONS,
}


def figures_of(user: Reader, plans: Iterable[Plan]) -> dict[int, Figures]:
    """The figures of several plans, by primary key, all of the same moment; none of a plan that was not counted.

    Two queries; where there are too many actions to count for a page, three or four.
    """
    wanted = [plan.pk for plan in plans]
    rows = _bare(user).filter(plan_id__in=wanted)
    if count_up_to(rows, MOST_COUNTED) > MOST_COUNTED:
        return _of_last_night(user, wanted)
    live = rows.values("plan_id").annotate(**_named(_COUNTED))
    found = {row["plan_id"]: Figures(**_unnamed(row)) for row in live}
    return {pk: found.get(pk, Figures()) for pk in wanted}


def _of_last_night(user: Reader, plans: Collection[int]) -> dict[int, Figures]:
    days = counted_days()
    return _by_plan(parts_on(user, Place(), days[0].on), days[0].on, plans) if days else {}


def figures_within(user: Reader, plan: Plan) -> Figures | None:
    """The figures of a plan that was loaded by `get_plan`, which says whether it is too long to be counted for a page.

    One query, or two of the last count; None where there was no such count of a long plan.
    """
    if not plan.is_long:  # type: ignore[attr-defined]  # read with the record
        return Figures(**_unnamed(_bare(user).filter(plan=plan).aggregate(**_named(_COUNTED))))
    on: date | None = getattr(plan, "counted_on", None)
    return _by_plan(parts_on(user, Place(plan=plan), on), on, [plan.pk]).get(plan.pk) if on else None


def _by_plan(parts: Iterable[Part], on: date, plans: Collection[int]) -> dict[int, Figures]:
    sums: dict[int, Counter[Figure]] = {}
    for part in parts:
        if part.plan in plans:
            sums.setdefault(part.plan, Counter()).update(part.figures)
    return {
        plan: Figures(on=on, **{name: figures[figure] for name, figure in _BY_NIGHT.items()})
        for plan, figures in sums.items()
    }


def _bare(user: Reader) -> QuerySet[Action]:
    return actions_visible_to(user).select_related(None).order_by()


def _named(counted: Mapping[str, Any]) -> dict[str, Any]:
    return {f"number_{name}": count for name, count in counted.items()}


def _unnamed(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[f"number_{name}"] for name in _COUNTED}
