"""Finding the record an address names, or nothing: what may not be known to exist is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from sightline.events.choices import MARKINGS, Tier
from sightline.events.services import under_way
from sightline.plans import selectors
from sightline.plans.choices import LedgerKind
from sightline.plans.models import Action, Addressee, Plan, Recommendation, Source
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.gathering import Gathered
from sightline.plans.selectors.ledger import get_addressee, get_recommendation
from sightline.plans.selectors.naming import NAMES
from sightline.plans.services.keeping import mark_held


def who(request: HttpRequest) -> Any:
    """Whoever asks."""
    return request.user


def plan_or_404(request: HttpRequest, key: str, *more: Gathered) -> Plan:
    """The plan of the address, with `more` gathered for it. Raises Http404 also where it may not be known to exist."""
    try:
        return selectors.get_plan(who(request), key, *more)
    except Plan.DoesNotExist:
        raise Http404("There is no such plan.") from None


def action_or_404(
    request: HttpRequest, reference: str, newest: QuerySet[Any] | None = None, *more: Gathered
) -> Action:
    """The action of the address, with the newest of these rows that is its own, and with `more` of what belongs to it.

    It is held where a deed is under way.

    Raises Http404 also where it may not be known to exist.
    """
    try:
        found = selectors.get_action(who(request), reference, newest, *more, to_hold=under_way() is not None)
    except Action.DoesNotExist:
        raise Http404("There is no such action.") from None
    mark_held(found)
    return found


def names_to(request: HttpRequest) -> tuple[Gathered, ...]:
    """What is gathered to know the owners that are sent by their names; nothing where the form is only shown."""
    return (NAMES,) if request.method == "POST" else ()


def source_or_404(request: HttpRequest, key: str) -> Source:
    """The source of the address. Raises Http404 also where it may not be known to exist."""
    try:
        return selectors.get_source(who(request), key)
    except Source.DoesNotExist:
        raise Http404("There is no such source.") from None


def recommendation_or_404(request: HttpRequest, key: str, number: int, *more: Gathered) -> Recommendation:
    """The recommendation of the address, with `more` gathered for it; held with its source, where a deed is under way.

    Raises Http404 also where it may not be known to exist.
    """
    try:
        found = get_recommendation(who(request), key, number, *more, to_hold=under_way() is not None)
    except Recommendation.DoesNotExist:
        raise Http404("There is no such recommendation.") from None
    mark_held(found)
    mark_held(found.source)
    return found


def addressee_or_404(
    request: HttpRequest, key: str, number: int, addressee: int, kind: LedgerKind
) -> Addressee:
    """The addressee of the address, with its newest line of this kind.

    Raises Http404 also where it may not be known to exist.
    """
    try:
        return get_addressee(who(request), key, number, addressee, kind)
    except Addressee.DoesNotExist:
        raise Http404("There is nobody of this number.") from None


def marking_of(*records: Plan | Action | Source) -> str:
    """The protective marking of a page that shows these records."""
    return MARKINGS[Tier(highest(record.tier for record in records))]
