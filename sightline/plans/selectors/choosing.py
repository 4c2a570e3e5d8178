"""What forms about plans offer to choose from, and whom or what typed words mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.plans.models import Action, Outcome, Plan, Priority, Recommendation, Strand
from sightline.plans.selectors.gathering import Belonging, Whole, gathering
from sightline.plans.selectors.visible import actions_visible_to, sources_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


Part = Priority | Outcome | Strand


@dataclass(frozen=True)
class Parts:
    """The structure of a plan, in printed order."""

    priorities: QuerySet[Priority]
    outcomes: QuerySet[Outcome]
    strands: QuerySet[Strand]

    @cached_property
    def whole(self) -> Mapping[tuple[type[Part], str], Part]:
        """Every part by its kind and number; one query, when somebody asks."""
        found: dict[tuple[type[Part], str], Part] = {}
        for priority in gathering(self.priorities, *_BELOW):
            parts: list[Part] = [priority, *priority.outcomes.all(), *priority.strands.all()]
            found |= {(type(part), str(part.pk)): part for part in parts}
        return found


_BELOW = (
    Belonging("outcomes", Whole(Outcome), link="priority"),
    Belonging("strands", Whole(Strand), link="priority"),
)


def parts_of(plan: Plan) -> Parts:
    """The plan's priorities, outcomes and strands in printed order."""
    in_order = ("priority__order", "order", "pk")
    outcomes = Outcome.objects.filter(priority__plan=plan).order_by(*in_order)
    strands = Strand.objects.filter(priority__plan=plan).select_related("priority").order_by(*in_order)
    return Parts(plan.priorities.order_by("order", "pk"), outcomes, strands)


def recommendations_to_choose(user: Reader) -> QuerySet[Recommendation]:
    """Recommendations of the sources a person may read, newest source first."""
    found = Recommendation.objects.filter(source__in=sources_visible_to(user)).select_related("source")
    return found.order_by("-source__published_on", "source__title", "order", "pk")


def action_named(user: Reader, words: str, plan: Plan) -> Action | None:
    """The one action with this reference, or with this printed number in the plan; None for none or several."""
    asked = words.strip()
    readable = actions_visible_to(user)
    found = list(readable.filter(reference__iexact=asked)[:1])
    found = found or list(readable.filter(plan=plan, numbers__text=asked).distinct()[:2])
    return found[0] if len(found) == 1 else None
