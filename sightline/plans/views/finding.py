"""Finding the record an address names, or nothing: what may not be known to exist is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from sightline.events.choices import MARKINGS, Tier
from sightline.plans import selectors
from sightline.plans.models import Action, Plan, Recommendation, Source
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.ledger import get_recommendation


def who(request: HttpRequest) -> Any:
    """Whoever asks."""
    return request.user


def plan_or_404(request: HttpRequest, key: str) -> Plan:
    """The plan of the address. Raises Http404 also where it may not be known to exist."""
    try:
        return selectors.get_plan(who(request), key)
    except Plan.DoesNotExist:
        raise Http404("There is no such plan.") from None


def action_or_404(request: HttpRequest, reference: str, newest: QuerySet[Any] | None = None) -> Action:
    """The action of the address, with the newest of these rows that is its own.

    Raises Http404 also where it may not be known to exist.
    """
    try:
        return selectors.get_action(who(request), reference, newest)
    except Action.DoesNotExist:
        raise Http404("There is no such action.") from None


def source_or_404(request: HttpRequest, key: str) -> Source:
    """The source of the address. Raises Http404 also where it may not be known to exist."""
    try:
        return selectors.get_source(who(request), key)
    except Source.DoesNotExist:
        raise Http404("There is no such source.") from None


def recommendation_or_404(request: HttpRequest, key: str, number: int) -> Recommendation:
    """The recommendation of the address. Raises Http404 also where it may not be known to exist."""
    try:
        return get_recommendation(who(request), key, number)
    except Recommendation.DoesNotExist:
        raise Http404("There is no such recommendation.") from None


def marking_of(*records: Plan | Action | Source) -> str:
    """The protective marking of a page that shows these records."""
    return MARKINGS[Tier(highest(record.tier for record in records))]
