"""Sources with what they ask for, and the actions that answer: from a need to what was promised, and back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.plans.models import Action, ActionSource, Recommendation, Source
from sightline.plans.selectors.visible import actions_visible_to, sources_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True, slots=True)
class Answered:
    """What a source asks for, and the readable actions that answer each recommendation, or the source as a whole."""

    recommendations: tuple[tuple[Recommendation, tuple[Action, ...]], ...]
    whole: tuple[Action, ...]


def counted_sources(user: Reader) -> QuerySet[Source]:
    """Sources, each with how many things it asks for, and how many of them no readable action answers."""
    links = ActionSource.objects.filter(action__in=_readable(user))
    asked = Recommendation.objects.filter(source=OuterRef("pk")).order_by()
    unanswered = asked.exclude(Exists(links.filter(recommendation=OuterRef("pk"))))
    return sources_visible_to(user).annotate(
        recommendation_count=_counted(asked), unanswered_count=_counted(unanswered)
    )


def _counted(rows: QuerySet[Recommendation]) -> Coalesce:
    number = rows.values("source").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def answers_to(user: Reader, source: Source) -> Answered:
    """The source's recommendations in printed order with the actions that answer them; two queries."""
    asked = list(source.recommendations.order_by("order", "pk"))
    links = (
        ActionSource.objects.filter(Q(source=source) | Q(recommendation__source=source))
        .filter(action__in=_readable(user))
        .select_related("action__plan")
        .order_by("action__plan__name", "action__order", "action_id")
    )
    answering: defaultdict[int | None, dict[int, Action]] = defaultdict(dict)
    for link in links:
        answering[link.recommendation_id].setdefault(link.action_id, link.action)
    return Answered(
        tuple((each, tuple(answering[each.pk].values())) for each in asked), tuple(answering[None].values())
    )


def _readable(user: Reader) -> QuerySet[Action]:
    return actions_visible_to(user).select_related(None).order_by()
