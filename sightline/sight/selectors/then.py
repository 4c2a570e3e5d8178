"""Actions across plans as they stood on a day: all that were looked at then, or those of one group or plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.partners.models import Group
from sightline.plans.models import Action, Plan
from sightline.plans.rules.history import Moment
from sightline.plans.selectors.exceptions import looked_at
from sightline.plans.selectors.then import MOST_THEN, Stood, edits_since, stood, there_by
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def looked_at_then(user: Reader, moment: Moment, group: Group | None, plan: Plan | None) -> QuerySet[Action]:
    """The readable actions that a report of that day would have looked at, as known by the end of it."""
    found = looked_at(actions_visible_to(user), group, moment, plan)
    return there_by(found, moment).select_related("priority", "outcome", "strand")


def stood_across(actions: QuerySet[Action], moment: Moment) -> tuple[list[Stood], bool]:
    """The first thousand of them as they stood, and whether there are more; four queries."""
    first = list(actions[: MOST_THEN + 1])
    shown = first[:MOST_THEN]
    return stood(shown, moment, edits_since(shown, moment)), len(first) > MOST_THEN
