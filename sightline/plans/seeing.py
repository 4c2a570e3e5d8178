"""Why somebody sees a plan, an action, a source or a recommendation: the permissions of plans in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.permissions import scope_of
from sightline.access.seeing import Seen
from sightline.plans.models import Action, Plan, Recommendation, Source
from sightline.plans.permissions import (
    agency_keys_of,
    can_view_action,
    can_view_plan,
    can_view_recommendation,
    can_view_source,
    group_keys_of,
    is_person_of,
    plan_keys_of,
    reads_all_tiers,
)
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.parties import with_parties

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

EVERYBODY = "every member reads it"
WHOLE = "reads what is confidential of the whole partnership"


def why_action(user: Reader, action: Action) -> str:
    """Why somebody who sees the action does."""
    if action.tier in EVERY_MEMBER and action.plan.tier in EVERY_MEMBER:
        return EVERYBODY
    scope = scope_of(user)
    reasons = {
        WHOLE: reads_all_tiers(user),
        "is named as an owner": is_person_of(user, action),
        "their group owns it": scope.group_keys & group_keys_of(action),
        "it stands in a plan of their group": scope.group_keys & plan_keys_of(action.plan),
        "their agency owns it, or one of its people does": scope.agency_keys & agency_keys_of(action),
    }
    return "; ".join(words for words, holds in reasons.items() if holds)


def why_plan(user: Reader, plan: Plan) -> str:
    """Why somebody who sees the plan does."""
    if plan.tier in EVERY_MEMBER:
        return EVERYBODY
    return WHOLE if reads_all_tiers(user) else "it is a plan of their group"


def why_source(user: Reader, source: Source) -> str:
    """Why somebody who sees the source does."""
    return EVERYBODY if source.tier in EVERY_MEMBER else WHOLE


def _action(number: int) -> Action:
    return with_parties(Action.objects.select_related("plan__group")).get(pk=number)


def _plan(number: int) -> Plan:
    return Plan.objects.select_related("group").get(pk=number)


def _source(number: int) -> Source:
    return Source.objects.get(pk=number)


def _recommendation(number: int) -> Recommendation:
    return Recommendation.objects.select_related("source").get(pk=number)


offered = [
    Seen("plans", Action, _action, can_view_action, why_action),
    Seen("plans", Plan, _plan, can_view_plan, why_plan),
    Seen("plans", Source, _source, can_view_source, why_source),
    Seen(
        "plans",
        Recommendation,
        _recommendation,
        can_view_recommendation,
        lambda user, asked: why_source(user, asked.source),
    ),
]
