"""What was asked, promised and embedded under each theme, over the years and across sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractYear

from sightline.plans.choices import DeliveryState, Embedding, Step
from sightline.plans.models import Action, Recommendation
from sightline.plans.selectors.ledger import recommendations_visible_to
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

UNDATED = 0


@dataclass(frozen=True, slots=True)
class Told:
    """How much was asked for and promised: of recommendations `impact` have practice seen or an outcome shown; of
    actions `complete`, `embedded` (a test passed) and `failed` (its last test did not).
    """

    asked: int = 0
    impact: int = 0
    promised: int = 0
    complete: int = 0
    embedded: int = 0
    failed: int = 0


def recommendations_under(user: Reader, theme: str) -> QuerySet[Recommendation]:
    """The readable recommendations under a theme, each with the highest step any addressee stands on."""
    found = recommendations_visible_to(user).filter(theme_marks__theme=theme)
    return found.annotate(step=Max("addressees__current_step", filter=Q(addressees__gone_on=None)))


def actions_under(user: Reader, theme: str) -> QuerySet[Action]:
    """The readable actions under a theme."""
    return actions_visible_to(user).filter(theme_marks__theme=theme)


def by_theme(user: Reader) -> Mapping[str, Told]:
    """Every theme that is used, with how much stands under it; three queries."""
    readable = recommendations_visible_to(user).select_related(None).order_by()
    asked = _counted(readable)
    impact = _counted(readable.filter(addressees__gone_on=None, addressees__current_step__gte=Step.SEEN))
    actions = actions_visible_to(user).select_related(None).order_by().exclude(theme_marks=None)
    promised = {
        row["theme_marks__theme"]: row for row in actions.values("theme_marks__theme").annotate(**_STANDING)
    }
    keys = {*asked, *promised} - {None}
    return {key: _told(asked[key], impact[key], promised.get(key)) for key in sorted(keys)}


def by_year(user: Reader, theme: str) -> Mapping[int, Told]:
    """What was asked (year of publication) and promised (year of opening) under a theme, newest first, undated last."""
    under = recommendations_visible_to(user).select_related(None).order_by().filter(theme_marks__theme=theme)
    rows = under.annotate(
        year=ExtractYear("source__published_on"),
        step=Max("addressees__current_step", filter=Q(addressees__gone_on=None)),
    ).values_list("year", "step")
    asked = Counter[int]()
    impact = Counter[int]()
    for year, step in rows:
        asked[year or UNDATED] += 1
        impact[year or UNDATED] += (step or 0) >= Step.SEEN
    actions = actions_under(user, theme).select_related(None).order_by()
    promised = {
        row["year"]: row
        for row in actions.annotate(year=ExtractYear("opened_on")).values("year").annotate(**_STANDING)
    }
    years = sorted({*asked, *promised}, reverse=True)
    return {year: _told(asked[year], impact[year], promised.get(year)) for year in years}


_STANDING = {
    "promised": Count("pk"),
    "complete": Count("pk", filter=Q(state=DeliveryState.COMPLETE)),
    "embedded": Count("pk", filter=Q(current_embedding=Embedding.PASSED)),
    "failed": Count("pk", filter=Q(current_embedding=Embedding.FAILED)),
}


def _counted(rows: QuerySet[Recommendation]) -> Mapping[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    counted = rows.values("theme_marks__theme").annotate(number=Count("pk", distinct=True))
    found.update({row["theme_marks__theme"]: row["number"] for row in counted})
    return found


def _told(asked: int, impact: int, row: Any) -> Told:
    """`row`: the counts of `_STANDING`, or None where there is no action."""
    return Told(asked, impact, **{name: row[name] for name in _STANDING} if row else {})
