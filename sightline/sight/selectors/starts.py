"""The record that a thread starts from, as a person may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from sightline.challenges.models import Challenge
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.plans.models import Action, ActionSource, Outcome, Placement, Plan, Priority, Recommendation
from sightline.plans.selectors.answering import answerings_visible_to
from sightline.plans.selectors.gathering import JSONList, Whole, gathering, json_of
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, sources_visible_to
from sightline.sight.choices import LOGS, StartKind

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


# Whether a person may read the action that one was carried from, and the one it goes on as.
READS_FORMER, READS_NEXT = "reads_former", "reads_next"
# Whether a person may read the entry of the scrutiny log that led to a challenge.
READS_LED_BY = "reads_led_by"


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


def _challenge(user: Reader, key: str) -> Challenge:
    led_by = Exists(scrutiny_visible_to(user).order_by().filter(pk=OuterRef("scrutiny")))
    rows = challenges_visible_to(user).select_related("scrutiny")
    found: Challenge = rows.annotate(**{READS_LED_BY: led_by}).get(pk=_number(key))
    return found


_FIND: Mapping[StartKind, Callable[[Reader, str], Any]] = {
    StartKind.SOURCE: lambda user, key: sources_visible_to(user).get(key=key),
    StartKind.RECOMMENDATION: _recommendation,
    StartKind.PRIORITY: _priority,
    StartKind.OUTCOME: _outcome,
    StartKind.ACTION: lambda user, key: actions_visible_to(user).get(reference=key),
    StartKind.CHALLENGE: _challenge,
    StartKind.RISK: lambda user, key: risks_visible_to(user).get(pk=_number(key)),
    StartKind.SCRUTINY: lambda user, key: scrutiny_visible_to(user).get(pk=_number(key)),
}


def actions_of(user: Reader, start: Start) -> QuerySet[Action]:
    """The readable actions of the thread, in their plans' order, with plan, priority and outcome.

    And with those they were carried from and into (whether those may be read is told as well), and where each stands
    beside its own plan.
    """
    readable = actions_visible_to(user).select_related(None).order_by()
    near = {
        READS_FORMER: Exists(readable.filter(pk=OuterRef("carried_from"))),
        READS_NEXT: Exists(readable.filter(carried_from=OuterRef("pk"))),
    }
    actions = actions_visible_to(user).select_related("plan__group", "priority", "outcome")
    whole = actions.select_related("carried_from__plan", "carried_to__plan").annotate(**near)
    found = whole.filter(_belongs(user, start)).order_by("plan_id", "order", "pk")
    return gathering(found, Placed(user))


@dataclass(frozen=True)
class Placed:
    """Where an action stands beside its own plan, in plans that the person may read: gathered with it."""

    user: Reader
    name: ClassVar[str] = "placed_here"
    whole: ClassVar[Whole] = Whole(
        Placement, {"plan": Whole(Plan), "priority": Whole(Priority), "outcome": Whole(Outcome)}
    )

    def gathered(self) -> Subquery:
        """All of one action."""
        readable = plans_visible_to(self.user).select_related(None).order_by().values("pk")
        rows = Placement.objects.filter(action=OuterRef("pk"), ended_on=None, plan__in=readable).order_by()
        own = rows.values("action").annotate(gathered=JSONList(self.whole.as_json()))
        return Subquery(own.values("gathered"))

    def give(self, record: Model, found: Sequence[Any]) -> None:
        """Put them where `placed_of` looks."""
        rows = [self.whole.make(json_of(row)) for row in found]
        record.__dict__[self.name] = sorted(rows, key=lambda row: (row.plan.name, row.plan_id, row.pk))


def placed_of(action: Action) -> list[Placement]:
    """Where an action that came with its thread stands beside its own plan."""
    found: list[Placement] = action.__dict__.get(Placed.name, [])
    return found


def logged_by(start: Start) -> Q:
    """Of answerings: those of the record of the logs that the thread starts from, or of challenges it led to."""
    if start.kind not in LOGS:
        return Q(pk__in=[])
    led_to = Q(challenge__scrutiny=start.record.pk) if start.kind == StartKind.SCRUTINY else Q()
    return Q(**{start.kind.value: start.record.pk}) | led_to


def _answers(user: Reader, start: Start) -> Q:
    """Actions that are named as what answers it, and those that answer a recommendation which is."""
    own = answerings_visible_to(user).select_related(None).order_by().filter(logged_by(start), ended_on=None)
    asked = own.filter(recommendation__isnull=False).values("recommendation")
    following = ActionSource.objects.filter(recommendation__in=asked).order_by().values("action")
    return Q(pk__in=own.filter(action__isnull=False).values("action")) | Q(pk__in=following)


def _belongs(user: Reader, start: Start) -> Q:
    if start.kind in LOGS:
        return _answers(user, start)
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
