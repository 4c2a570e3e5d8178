"""The record that a thread starts from, as a person may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.plans.models import Action, ActionSource, Outcome, Placement, Priority, Recommendation
from sightline.plans.selectors.answering import answerings_visible_to
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, sources_visible_to
from sightline.sight.choices import StartKind

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


# Whether a person may read the action that one was carried from, and the one it goes on as.
READS_FORMER, READS_NEXT = "reads_former", "reads_next"
# Whether it answers a challenge or scrutiny entry, or treats a risk, that the person may read.
ANSWERS_LOGS = "answers_logs"


class NoSuchStart(LookupError):
    """There is no such record for this person."""


@dataclass(frozen=True, slots=True)
class Start:
    """The record, by what its address calls it."""

    kind: StartKind
    key: str
    record: Any


def find_start(user: Reader, kind: str, key: str) -> Start:
    """The record of the address. Raises NoSuchStart also where it may not be known to exist."""
    if kind not in set(StartKind):
        raise NoSuchStart
    known = StartKind(kind)
    try:
        return Start(known, key, _FIND[known](user, key))
    except (ObjectDoesNotExist, ValueError, OverflowError) as missing:
        raise NoSuchStart from missing


def _recommendation(user: Reader, key: str) -> Recommendation:
    rows = Recommendation.objects.filter(source__in=sources_visible_to(user))
    return rows.select_related("source").get(pk=_number(key))


def _priority(user: Reader, key: str) -> Priority:
    return (
        Priority.objects.filter(plan__in=plans_visible_to(user)).select_related("plan").get(pk=_number(key))
    )


def _outcome(user: Reader, key: str) -> Outcome:
    rows = Outcome.objects.filter(priority__plan__in=plans_visible_to(user))
    return rows.select_related("priority__plan").get(pk=_number(key))


def _number(key: str) -> int:
    """The number of an address. Raises ValueError for anything no database keeps."""
    if not (key.isascii() and key.isdigit() and len(key) < 16):
        raise ValueError(key)
    return int(key)


_FIND: Mapping[StartKind, Callable[[Reader, str], Any]] = {
    StartKind.SOURCE: lambda user, key: sources_visible_to(user).get(key=key),
    StartKind.RECOMMENDATION: _recommendation,
    StartKind.PRIORITY: _priority,
    StartKind.OUTCOME: _outcome,
    StartKind.ACTION: lambda user, key: actions_visible_to(user).get(reference=key),
}


def actions_of(user: Reader, start: Start) -> QuerySet[Action]:
    """The readable actions of the thread, in their plans' order, with plan, priority and outcome.

    And with those they were carried from and into; whether those may be read is told as well, and whether each answers
    a record of the logs.
    """
    readable = actions_visible_to(user).select_related(None).order_by()
    answering = answerings_visible_to(user).select_related(None).order_by().filter(ended_on=None)
    near = {
        READS_FORMER: Exists(readable.filter(pk=OuterRef("carried_from"))),
        READS_NEXT: Exists(readable.filter(carried_from=OuterRef("pk"))),
        ANSWERS_LOGS: Exists(answering.filter(action=OuterRef("pk"))),
    }
    actions = actions_visible_to(user).select_related("plan__group", "priority", "outcome")
    whole = actions.select_related("carried_from__plan", "carried_to__plan").annotate(**near)
    return whole.filter(_belongs(start)).order_by("plan_id", "order", "pk")


def _belongs(start: Start) -> Q:
    if start.kind == StartKind.SOURCE:
        links = Q(source=start.record) | Q(recommendation__source=start.record)
        return Q(pk__in=ActionSource.objects.filter(links).order_by().values("action"))
    if start.kind == StartKind.RECOMMENDATION:
        return Q(pk__in=ActionSource.objects.filter(recommendation=start.record).order_by().values("action"))
    if start.kind == StartKind.ACTION:
        return Q(pk=start.record.pk)
    named = {start.kind.value: start.record}
    # Actions of other plans that stand under it as well.
    placed = Placement.objects.filter(ended_on=None, **named).order_by().values("action")
    return Q(**named) | Q(pk__in=placed)
