"""What a page of a plan's table reads beside its rows: priorities, owners to choose from, who approved the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from sightline.partners import selectors as partners
from sightline.plans.choices import PlanState
from sightline.plans.models import Action, Plan, PlanChange, Priority, Strand
from sightline.plans.selectors.lists import ActionFilter, actions_listed

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def table_actions(user: Reader, wanted: ActionFilter) -> QuerySet[Action]:
    """The actions of a table in printed order, with what printing them needs and no more."""
    return actions_listed(user, wanted).select_related(None).select_related("priority", "outcome", "strand")


def priorities_of(plan: Plan) -> list[Priority]:
    """The plan's priorities in printed order, each told what is under it (`has_actions`, `has_strands`)."""
    under = Exists(Action.objects.filter(priority=OuterRef("pk")))
    strands = Exists(Strand.objects.filter(priority=OuterRef("pk")))
    return list(plan.priorities.annotate(has_actions=under, has_strands=strands).order_by("order", "pk"))


def owners_to_choose(user: Reader) -> list[tuple[str, str]]:
    """Groups and agencies by ("group:key", name), in the order of their names; one query."""
    groups, agencies = (
        rows.order_by().annotate(word=Value(kind, CharField())).values_list("word", F("key"), "name")
        for kind, rows in (("group", partners.groups(user)), ("agency", partners.agencies(user)))
    )
    found = groups.union(agencies, all=True)
    return sorted(((f"{kind}:{key}", name) for kind, key, name in found), key=lambda pair: pair[1].lower())


def approval_of(plan: Plan) -> PlanChange | None:
    """The last approval of a plan: by which group, when, in which minute; of its changes as they were gathered."""
    approved = [each for each in plan.changes.all() if each.to_state == PlanState.APPROVED]
    return max(approved, key=lambda each: (each.as_at, each.recorded_at, each.pk), default=None)
