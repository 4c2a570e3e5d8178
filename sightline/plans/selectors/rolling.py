"""What a plan has to decide on before the next one takes over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from sightline.plans.choices import OPEN_STATES, DeliveryState, Embedding, Fate, WorkingState
from sightline.plans.models import Action, Plan, RollOver, RollOverChoice
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_AT_WORK = (WorkingState.CHOOSING, WorkingState.WAITING)


@dataclass(frozen=True, slots=True)
class Chosen:
    """How many unfinished actions are carried, closed, left, and not decided yet."""

    carry: int = 0
    close: int = 0
    leave: int = 0
    undecided: int = 0


def unfinished(plan: Plan) -> QuerySet[Action]:
    """Actions that are open, and those that are complete and have not been shown to last: done is not embedded."""
    not_embedded = Q(state=DeliveryState.COMPLETE) & ~Q(current_embedding=Embedding.PASSED)
    return plan.actions.filter(Q(state__in=OPEN_STATES) | not_embedded)


def roll_over_of(plan: Plan) -> RollOver | None:
    """The roll-over of a plan that is being chosen or at work, else the one that was done; None where there is none."""
    found = RollOver.objects.filter(plan=plan).select_related("plan__group", "next_plan__group")
    standing = found.filter(state__in=_AT_WORK).first()
    return standing or found.filter(state=WorkingState.DONE).last()


def to_choose(user: Reader, roll: RollOver) -> QuerySet[Action]:
    """The unfinished actions a person may read, in printed order, each with the choice made (`fate`, `why`)."""
    made = RollOverChoice.objects.filter(roll_over=roll, action=OuterRef("pk"))
    readable = actions_visible_to(user).select_related(None).select_related("priority")
    found = readable.filter(pk__in=unfinished(roll.plan).order_by().values("pk"))
    chosen = found.annotate(fate=Subquery(made.values("fate")[:1]), why=Subquery(made.values("reason")[:1]))
    return chosen.order_by("order", "pk")


def to_show(user: Reader, roll: RollOver) -> QuerySet[Action]:
    """The actions that were chosen for, once all is done."""
    made = RollOverChoice.objects.filter(roll_over=roll, action=OuterRef("pk"))
    found = actions_visible_to(user).select_related(None).select_related("priority")
    chosen = found.filter(pk__in=roll.choices.order_by().values("action"))
    chosen = chosen.annotate(fate=Subquery(made.values("fate")[:1]), why=Subquery(made.values("reason")[:1]))
    return chosen.order_by("order", "pk")


def carried_to_of(user: Reader, numbers: list[int]) -> dict[int, Action]:
    """The actions that took over from these, where the person may read them, by primary key of the former."""
    found = actions_visible_to(user).select_related(None).only("reference", "carried_from")
    return {a.carried_from_id: a for a in found.filter(carried_from_id__in=numbers) if a.carried_from_id}


def counts_of(roll: RollOver) -> Chosen:
    """What is chosen so far, over all unfinished actions; one query."""
    if roll.state == WorkingState.DONE:
        made_rows = roll.choices.order_by().values("fate").annotate(number=Count("pk"))
        done = {row["fate"]: row["number"] for row in made_rows}
        return Chosen(*(done.get(fate, 0) for fate in (Fate.CARRY, Fate.CLOSE, Fate.LEAVE)))
    made = RollOverChoice.objects.filter(roll_over=roll, action=OuterRef("pk")).values("fate")[:1]
    rows = unfinished(roll.plan).order_by().annotate(fate=Subquery(made)).values("fate")
    found = {row["fate"]: row["number"] for row in rows.annotate(number=Count("pk"))}
    return Chosen(*(found.get(fate, 0) for fate in (Fate.CARRY, Fate.CLOSE, Fate.LEAVE, None)))
