"""The wall: to whom a child-level or restricted record opens. Check and filter ask the same three questions.

Whoever is named on the record's list today, or has broken the glass; whose role reads its tier; who has no conflict of
interest. There is no way round it: not for the unit, not for the command line, and there are no superusers.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, pair, scope_of
from sightline.events.choices import Tier
from sightline.knowing.choices import NOT_MANAGED, NOT_ON_LIST
from sightline.knowing.models import Conflict, Glass, Listed
from sightline.knowing.registry import Kind, kind_of
from sightline.knowing.rules import Ways, opens

if TYPE_CHECKING:
    from sightline.knowing.permissions import Who

Row = TypeVar("Row", bound=Model)


def listed_now(now: datetime) -> Q:
    """Lines of case lists that hold at the moment (`rules.stands`)."""
    today = timezone.localdate(now)
    return Q(ended_at__isnull=True, starts_on__lte=today, ends_on__gte=today)


def stands_or_will(now: datetime) -> Q:
    """Lines of case lists that hold at the moment, or will."""
    return Q(ended_at__isnull=True, ends_on__gte=timezone.localdate(now))


def open_now(now: datetime) -> Q:
    """Uses of break-glass that are open at the moment."""
    return Q(closed_at__isnull=True, opened_at__lte=now, closes_at__gt=now)


def conflicts_now(now: datetime) -> Q:
    """Conflicts of interest that stand at the moment."""
    return Q(ended_at__isnull=True, starts_on__lte=timezone.localdate(now))


def is_listed(user_id: int, kind: Kind, now: datetime) -> Q:
    """Whether the account is named on the record's list."""
    app, model = kind.key
    lines = Listed.objects.filter(listed_now(now), user_id=user_id, app=app, model=model)
    return Q(Exists(lines.filter(number=OuterRef("pk")).order_by()))


def has_broken_glass(user_id: int, kind: Kind, now: datetime) -> Q:
    """Whether the account has the glass before the record broken."""
    app, model = kind.key
    used = Glass.objects.filter(open_now(now), user_id=user_id, app=app, model=model)
    return Q(Exists(used.filter(number=OuterRef("pk")).order_by()))


def conflicting(kind: Kind, number: Any, reference: Any, within: Any) -> Q:
    """Conflicts with a record: with itself, by its reference, or with somebody it is about.

    `number` and `reference` of the record, and its number as a query within this one asks for it.
    """
    app, model = kind.key
    found = Q(app=app, model=model, number=number) | Q(reference=reference) & ~Q(reference="")
    for (of_app, of_model), way in kind.subjects.items():
        numbers = kind.model._base_manager.filter(pk=within).order_by().values(way)
        found |= Q(app=of_app, model=of_model, number__in=numbers)
    return found


def has_conflict(user_id: int, kind: Kind, now: datetime) -> Q:
    """Whether the account has a conflict with the record, its reference, or somebody it is about."""
    standing = Conflict.objects.filter(conflicts_now(now), user_id=user_id).order_by()
    row = conflicting(kind, OuterRef("pk"), OuterRef(kind.reference), OuterRef(OuterRef("pk")))
    return Q(Exists(standing.filter(row)))


def visible_to(user: Who, rows: QuerySet[Row], *, now: datetime | None = None) -> QuerySet[Row]:
    """Those of the rows that open to somebody; none where their role reads nothing so sensitive."""
    scope, kind, moment = scope_of(user), kind_of(rows.model), now or timezone.now()
    if scope.user_id is None or scope.reads < Tier.T3:
        return rows.none()
    who = (scope.user_id, kind, moment)
    reads = [tier.value for tier in Tier if tier <= scope.reads]
    return rows.filter(is_listed(*who) | has_broken_glass(*who), ~has_conflict(*who), tier__in=reads)


def ways_of(user: Who, record: Model, *, now: datetime | None = None) -> Ways:
    """How somebody stands to a record, whatever their role: one query."""
    scope, kind, moment = scope_of(user), kind_of(record), now or timezone.now()
    if scope.user_id is None:
        return Ways()
    who = (scope.user_id, kind, moment)
    questions: dict[str, Any] = {
        "is_listed": is_listed(*who),
        "has_glass": has_broken_glass(*who),
        "has_conflict": has_conflict(*who),
    }
    rows = kind.model._base_manager.filter(pk=record.pk).annotate(**questions).order_by()
    found = rows.values_list("is_listed", "has_glass", "has_conflict").first()
    return Ways(*found) if found else Ways()


def check_need_to_know(user: Who, record: Any, *, now: datetime | None = None) -> None:
    """Refuse unless the record opens to somebody. The sentence tells nothing of why. For services of its domain."""
    scope = scope_of(user)
    if not opens(scope.reads, Tier.named(record.tier), ways_of(user, record, now=now)):
        raise Refused(NOT_ON_LIST)


def check_keep_list(user: Who, record: Any, *, now: datetime | None = None) -> None:
    """Refuse unless the role keeps case lists and its holder is on this one: break-glass is not enough."""
    scope, ways = scope_of(user), ways_of(user, record, now=now)
    if not opens(scope.reads, Tier.named(record.tier), ways):
        raise Refused(NOT_ON_LIST)
    if not ways.listed or not scope.holds_anywhere(Permission.CASE_LIST_MANAGE):
        raise Refused(NOT_MANAGED)


can_need_to_know = pair(check_need_to_know)
can_keep_list = pair(check_keep_list)
