"""The risks a person may read, today and as they were scored by the end of a day; whom their review waits for."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.challenges.choices import ControlState, From, RiskDeed, RiskState, Scored
from sightline.challenges.models import Risk, RiskControl, RiskStep
from sightline.challenges.rules.scoring import scale
from sightline.challenges.selectors.challenges import reached
from sightline.events.choices import Tier
from sightline.partners.models import Person

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

OWNERS = ("owner_agency", "owner_group", "owner_person")


def risks_visible_to(user: Reader) -> QuerySet[Risk]:
    """The risks a person may read, with their owners."""
    found = Risk.objects.select_related(*OWNERS)
    scope = scope_of(user)
    if not scope.holds(Permission.PLANS_VIEW):
        return found.none()
    if scope.reads_all_tiers:
        return found
    ours = Q(owner_group__key__in=scope.group_keys) | Q(owner_agency__key__in=scope.agency_keys)
    if scope.user_id is not None:
        ours |= Q(owner_person__user_id=scope.user_id)
    return found.filter(Q(tier=Tier.T1) | ours)


def get_risk(user: Reader, number: int) -> Risk:
    """One risk. Raises Risk.DoesNotExist also where it may not be known to exist."""
    return risks_visible_to(user).get(pk=number)


def risk_steps(risk: Risk) -> QuerySet[RiskStep]:
    """All that was done about it, the newest last, with the control it was about."""
    return RiskStep.objects.filter(risk=risk).select_related("control").order_by("as_at", "pk")


def controls_of(risk: Risk, *states: ControlState) -> QuerySet[RiskControl]:
    """Its controls, of these states."""
    return RiskControl.objects.filter(risk=risk, state__in=states or list(ControlState)).order_by("pk")


def last_scores(risk: Risk, of: Scored) -> list[RiskStep]:
    """The newest two scorings of one kind, by the day they speak of; the newest first."""
    return list(RiskStep.objects.filter(risk=risk, of=of).order_by("-as_at", "-pk")[:2])


def scored_by(user: Reader, day: date) -> QuerySet[Risk, Any]:
    """The risks that were open by the end of a day, with `likelihood_then` and `impact_then`, as it was known then."""
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    known = RiskStep.objects.filter(risk=OuterRef("pk"), as_at__lte=day, recorded_at__lt=end).order_by(
        "-as_at", "-pk"
    )
    residual = known.filter(of=Scored.RESIDUAL)
    turned = known.filter(deed__in=[RiskDeed.RAISE, RiskDeed.CLOSE, RiskDeed.REOPEN])
    found = risks_visible_to(user).annotate(
        likelihood_then=Subquery(residual.values("likelihood")[:1]),
        impact_then=Subquery(residual.values("impact")[:1]),
        turned_then=Subquery(turned.values("deed")[:1]),
    )
    return found.filter(turned_then__in=[RiskDeed.RAISE, RiskDeed.REOPEN], likelihood_then__isnull=False)


def cells_now(user: Reader) -> dict[tuple[int, int], int]:
    """How many open risks stand at each likelihood and impact; one query."""
    rows = risks_visible_to(user).filter(state=RiskState.OPEN).select_related(None).order_by()
    counted = rows.values_list("current_likelihood", "current_impact").annotate(number=Count("pk"))
    return {(likelihood, impact): number for likelihood, impact, number in counted}


def risk_owners(user: Reader) -> list[tuple[str, str]]:
    """The owners of the risks a person may read, as key and name; one query."""
    names = ("owner_agency__key", "owner_agency__name", "owner_group__key", "owner_group__name", "owner_person_id",
             "owner_person__name")  # fmt: skip
    rows = risks_visible_to(user).select_related(None).order_by().values_list(*names).distinct()
    found = {
        (f"agency:{agency}", agency_name)
        if agency
        else (f"group:{group}", group_name)
        if group
        else (f"person:{person}", person_name)
        for agency, agency_name, group, group_name, person, person_name in rows
    }
    return sorted(found, key=lambda each: each[1].casefold())


def people_now(on: date) -> dict[str, Person]:
    """People who are there on the day, by "person:NUMBER", as far as their names tell of them; one query."""
    there = Person.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on)).order_by("name", "pk")
    rows = there.values_list("pk", "name", "user_id")
    return {
        f"person:{pk}": Person.from_db(DEFAULT_DB_ALIAS, ["id", "name", "user_id"], [pk, name, account])
        for pk, name, account in rows
    }


def reviewed_soon(on: date) -> QuerySet[Risk]:
    """Every open risk whose review is due, or soon will be: for the daily look."""
    last = on + timedelta(days=scale().review_soon_days)
    found = Risk.objects.filter(state=RiskState.OPEN, current_review_on__lte=last)
    return found.select_related(*OWNERS).order_by("pk")


def reviewers(risk: Risk, on: date) -> list[str]:
    """Whose work a review is: its owner's, as far as there is an account that could do it."""
    if risk.owner_person:
        account = risk.owner_person.user_id
        return [f"user:{account}"] if account else []
    kind = From.GROUP if risk.owner_group else From.AGENCY
    scope = reached(kind, vars(risk.owner)["key"], on)
    return [scope] if scope else []
