"""What actions point at in words of paper: where those words lead, and what a plan's actions still wait to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.plans.choices import ReferenceKind
from sightline.plans.models import Action, ActionNumber, Placement, Plan, Reference
from sightline.plans.rules.importing import HANGING
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# Where a number is looked for: in a plan, under this text.
Place = tuple[int, str]


def plans_meant(references: Iterable[Reference], plans: QuerySet[Plan]) -> dict[int, list[int]]:
    """The plans each reference may mean, by its number: its action's own, or those of the name it gives.

    A name that its own plan bears too means another one. No query where none names a plan.
    """
    asked = list(references)
    named = _named({r.plan_text.strip() for r in asked if r.kind == ReferenceKind.OTHER_PLAN} - {""}, plans)
    found = {}
    for each in asked:
        if each.kind == ReferenceKind.OTHER_PLAN:
            found[each.pk] = [pk for pk in named.get(_name(each), ()) if pk != each.action.plan_id]
        else:
            found[each.pk] = [each.action.plan_id]
    return found


def _name(reference: Reference) -> str:
    return reference.plan_text.strip().casefold()


def _named(names: Collection[str], plans: QuerySet[Plan]) -> Mapping[str, list[int]]:
    """Plans by folded name. Asked for as printed: SQLite folds no letter beyond A to Z."""
    if not names:
        return {}
    asked = Q()
    for name in sorted(names):
        asked |= Q(name__iexact=name)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for pk, name in plans.filter(asked).order_by("pk").values_list("pk", "name"):
        found[name.casefold()].append(pk)
    return found


def actions_meant(
    references: Iterable[Reference], plans: Mapping[int, Collection[int]], actions: QuerySet[Action]
) -> dict[int, list[Action]]:
    """The actions each reference may mean, by its number, out of `actions`; two queries, none without plans.

    An action that stands in a plan from elsewhere answers to its number there; a part of another action to none.
    """
    asked = list(references)
    there = _at({(plan, each.number) for each in asked for plan in plans[each.pk]}, actions)
    return {
        each.pk: [
            action
            for plan in plans[each.pk]
            for pk, action in there.get((plan, each.number), {}).items()
            if pk != each.action_id
        ]
        for each in asked
    }


def _at(places: Collection[Place], actions: QuerySet[Action]) -> Mapping[Place, dict[int, Action]]:
    if not places:
        return {}
    plans, texts = {plan for plan, _ in places}, {number for _, number in places}
    readable = actions.select_related(None).order_by().values("pk")
    found: defaultdict[Place, dict[int, Action]] = defaultdict(dict)
    own = ActionNumber.objects.filter(plan__in=plans, text__in=texts, action__in=readable)
    for number in own.exclude(action__kind__in=HANGING).select_related("action__plan").order_by("pk"):
        found[number.plan_id, number.text][number.action_id] = number.action
    placed = Placement.objects.filter(plan__in=plans, number__in=texts, ended_on=None, action__in=readable)
    for place in placed.select_related("action__plan").order_by("pk"):
        found[place.plan_id, place.number][place.action_id] = place.action
    return found


def pointing_from(user: Reader, plan: Plan) -> QuerySet[Reference]:
    """What those of a plan's actions that a person may read point at, as the plan prints them.

    `is_matched`: at an action that they may read as well; one they may not is as if it were not there.
    """
    readable = actions_visible_to(user).select_related(None).order_by()
    found = Reference.objects.filter(action__plan=plan, action__in=readable.values("pk"))
    matched = Exists(readable.filter(pk=OuterRef("target")))
    return (
        found.annotate(is_matched=matched)
        .select_related("action__plan", "target__plan")
        .order_by("action__order", "action_id", "pk")
    )


def get_pointing(user: Reader, action: Action, number: int) -> Reference:
    """One of the references of an action that the person was found to read. Raises Reference.DoesNotExist."""
    return pointing_from(user, action.plan).get(action=action, pk=number)


def meant_for(user: Reader, references: Collection[Reference]) -> dict[int, tuple[int, list[Action]]]:
    """How many plans each reference may mean, and the actions, of those that the person may read; three queries."""
    plans = plans_meant(references, plans_visible_to(user).select_related(None))
    actions = actions_meant(references, plans, actions_visible_to(user))
    return {each.pk: (len(plans[each.pk]), actions[each.pk]) for each in references}
