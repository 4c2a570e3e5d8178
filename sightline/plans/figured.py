"""Figures of a group's actions, for its return: how they stand by both ratings, and which are exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Q

from sightline.partners.models import Group
from sightline.plans.choices import IMPACT_LABELS, LABELS, DeliveryRating, DeliveryState, ImpactRating
from sightline.plans.models import Action, ActionOwner
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.requests.figures import FigureRow, GroupFigure

OPEN_OR_DONE = (DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS, DeliveryState.COMPLETE)


def of(group: Group, first: date, last: date) -> Iterator[GroupFigure]:
    """The actions that a group owns or whose plan is its own, of what every member reads; one query.

    They are counted as they stand when they are asked for: a return keeps them as they stood when it was signed off.
    """
    own = ActionOwner.objects.filter(group=group).values("action")
    found = Action.objects.filter(
        Q(pk__in=own) | Q(plan__group=group),
        tier__in=EVERY_MEMBER,
        plan__tier__in=EVERY_MEMBER,
        state__in=OPEN_OR_DONE,
    )
    actions = list(found.order_by("plan_id", "order", "pk"))
    yield GroupFigure("Actions", f"{len(actions):,}", _rows(actions))
    for delivery in DeliveryRating:
        some = [each for each in actions if each.current_delivery_rating == delivery]
        if some:
            yield GroupFigure(f"Delivery {LABELS[delivery].lower()}", f"{len(some):,}", _rows(some))
    for impact in ImpactRating:
        some = [each for each in actions if each.current_impact_rating == impact]
        if some:
            yield GroupFigure(f"Impact {IMPACT_LABELS[impact].lower()}", f"{len(some):,}", _rows(some))
    excepted = [each for each in actions if each.current_exception_count]
    yield GroupFigure("Exceptions", f"{len(excepted):,}", _rows(excepted))


def _rows(actions: list[Action]) -> tuple[FigureRow, ...]:
    return tuple(FigureRow(_words(each), f"/actions/{each.reference}/") for each in actions)


def _words(action: Action) -> str:
    number = f"{action.current_number_label} " if action.current_number_label else ""
    return f"{number}{action.text}"[:160]
