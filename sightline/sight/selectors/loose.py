"""Threads without an end across the partnership: each kind as a query, scoped to the person, and all counted at once.

The conditions are those of `rules.loose_ends`, over the columns kept for lists; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from sightline.access.models import User
from sightline.plans.choices import OPEN_STATES, WORK_STATES, DeliveryState, ImpactRating
from sightline.plans.models import (
    Action,
    ActionSource,
    Answering,
    Evidence,
    Outcome,
    Plan,
    Recommendation,
    Source,
)
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.answering import answerings_visible_to
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, sources_visible_to
from sightline.screens.counting import MOST_COUNTED
from sightline.sight.choices import Loose
from sightline.sight.rules import CLAIMED, GONE

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to: one plan, one source, or neither."""

    plan: Plan | None = None
    source: Source | None = None


ALL = Narrowed()


def loose(user: Reader, kind: Loose, wanted: Narrowed = ALL) -> QuerySet[Any]:
    """The loose ends of one kind, of plans that still run, as the person may see them; slice it for a page."""
    if kind == Loose.UNANSWERED:
        return _unanswered(user, wanted)
    if kind == Loose.OUTCOME_WITHOUT_ACTION:
        return _without_action(user, wanted)
    actions = actions_visible_to(user).filter(plan__state__in=WORK_STATES).exclude(state__in=GONE)
    if wanted.plan:
        actions = actions.filter(plan=wanted.plan)
    if wanted.source:
        links = Q(source=wanted.source) | Q(recommendation__source=wanted.source)
        actions = actions.filter(pk__in=ActionSource.objects.filter(links).order_by().values("action"))
    return actions.filter(_condition(user, kind)).order_by("plan_id", "order", "pk")


def _condition(user: Reader, kind: Loose) -> Q:
    complete, no_evidence = (
        Q(state=DeliveryState.COMPLETE),
        ~Exists(Evidence.objects.filter(action=OuterRef("pk"))),
    )
    return {
        Loose.ANSWERS_NOTHING: Q(~Exists(_named(user).filter(action=OuterRef("pk"))))
        & Q(~Exists(_logged(user).filter(action=OuterRef("pk")))),
        Loose.NEVER_UPDATED: Q(state__in=OPEN_STATES, current_update_on=None),
        Loose.COMPLETE_WITHOUT_EVIDENCE: complete & Q(no_evidence),
        Loose.IMPACT_WITHOUT_EVIDENCE: Q(current_impact_rating__in=CLAIMED) & Q(no_evidence),
        Loose.IMPACT_NOT_KNOWN: complete & Q(current_impact_rating=ImpactRating.NOT_YET_KNOWN),
    }[kind]


def _named(user: Reader) -> QuerySet[ActionSource]:
    """Links to sources that the person may read."""
    links = ActionSource.objects.order_by()
    if reads_all_tiers(user):
        return links.filter(Q(source__isnull=False) | Q(recommendation__isnull=False))
    return links.filter(Q(source__tier__in=EVERY_MEMBER) | Q(recommendation__source__tier__in=EVERY_MEMBER))


def _logged(user: Reader) -> QuerySet[Answering]:
    """Names of what answers challenges, risks and scrutiny entries that the person may read."""
    return answerings_visible_to(user).select_related(None).order_by().filter(ended_on=None)


def _unanswered(user: Reader, wanted: Narrowed) -> QuerySet[Recommendation]:
    """A recommendation belongs to no plan, so none is loose within one."""
    rows = Recommendation.objects.filter(source__in=sources_visible_to(user)).select_related("source")
    if wanted.plan:
        return rows.none()
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    readable = actions_visible_to(user).select_related(None).order_by()
    answering = ActionSource.objects.filter(recommendation=OuterRef("pk"), action__in=readable)
    return rows.exclude(Exists(answering)).order_by("source_id", "order", "pk")


def _without_action(user: Reader, wanted: Narrowed) -> QuerySet[Outcome]:
    """An outcome answers no source by itself, so none is loose under one."""
    plans = plans_visible_to(user).filter(state__in=WORK_STATES)
    rows = Outcome.objects.filter(priority__plan__in=plans).select_related("priority__plan")
    if wanted.source:
        return rows.none()
    if wanted.plan:
        rows = rows.filter(priority__plan=wanted.plan)
    working = actions_visible_to(user).select_related(None).order_by().filter(outcome=OuterRef("pk"))
    return rows.exclude(Exists(working)).order_by("priority__plan_id", "priority_id", "order", "pk")


class _Counted(Subquery):
    """How many rows a query has, looking at no more than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"
    output_field = IntegerField()


def counts(user: User, wanted: Narrowed = ALL) -> Mapping[Loose, int]:
    """How many loose ends of each kind, each counted to ten thousand and one at most; one query."""
    columns = {f"number_{kind.value}": _counted(loose(user, kind, wanted)) for kind in Loose}
    # One row to hang the counts on: the person's own account.
    row = User.objects.filter(pk=user.pk).annotate(**columns).values(*columns).get()
    return {kind: row[f"number_{kind.value}"] or 0 for kind in Loose}


def _counted(rows: QuerySet[Any]) -> Any:
    if rows.query.is_empty():
        return Subquery(User.objects.filter(pk__lt=0).values("pk")[:1], output_field=IntegerField())
    return _Counted(rows.select_related(None).order_by().values("pk")[: MOST_COUNTED + 1])


def action_links(user: Reader, actions: list[Action]) -> Mapping[int, str]:
    """The first source each action answers, in words, as the person may read it; one query."""
    rows = _named(user).filter(action__in=[action.pk for action in actions])
    rows = rows.select_related("source", "recommendation__source").order_by("action_id", "order", "pk")
    found: dict[int, str] = {}
    for link in rows:
        source = link.recommendation.source if link.recommendation else link.source
        number = f", {link.recommendation.number}" if link.recommendation else ""
        found.setdefault(link.action_id, f"{source}{number}")
    return found


def all_of(user: Reader, kinds: Iterator[Loose], wanted: Narrowed) -> Iterator[tuple[Loose, Any]]:
    """Every loose end of these kinds, in the order of a list, a few thousand at a time; one query for each kind."""
    for kind in kinds:
        for row in loose(user, kind, wanted).iterator(chunk_size=2_000):
            yield kind, row
