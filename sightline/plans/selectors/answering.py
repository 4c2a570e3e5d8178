"""What answers records of the logs, and which of them something answers: as far as a person may read both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.plans.models import ActionSource, Answering
from sightline.plans.selectors.gathering import JSONList, Whole, json_of
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to, sources_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

LOGS = {"challenge": challenges_visible_to, "risk": risks_visible_to, "scrutiny": scrutiny_visible_to}


def answerings_visible_to(user: Reader) -> QuerySet[Answering]:
    """Those of which a person may read both ends, with both; ended ones too."""
    logged = Q(pk__in=[])
    for name, visible in LOGS.items():
        logged |= Q(**{f"{name}__in": _bare(visible(user))})
    named = Q(action__in=_bare(actions_visible_to(user))) | Q(plan__in=_bare(plans_visible_to(user)))
    named |= Q(recommendation__source__in=_bare(sources_visible_to(user)))
    found = Answering.objects.filter(logged, named).order_by("as_at", "pk")
    return found.select_related(*LOGS, "action__plan", "plan", "recommendation__source")


def _bare(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.select_related(None).order_by().values("pk")


def answers_to(user: Reader, logged: Model) -> QuerySet[Answering]:
    """What was named as answering one record of the logs, the ended ones too; one query."""
    return answerings_visible_to(user).filter(**{str(logged._meta.model_name): logged.pk})


@dataclass(frozen=True)
class Logs:
    """What `logs_of` gives of a plan or a recommendation (`link`), gathered with it for one person."""

    user: Reader
    link: str
    name: ClassVar[str] = "logs"
    whole: ClassVar[Whole] = Whole(
        Answering, {"challenge": Whole(Challenge), "risk": Whole(Risk), "scrutiny": Whole(Scrutiny)}
    )

    def gathered(self) -> Subquery:
        """All of one record."""
        rows = answerings_visible_to(self.user).select_related(None).order_by()
        own = rows.filter(ended_on=None, **{self.link: OuterRef("pk")}).values(self.link)
        return Subquery(own.annotate(gathered=JSONList(self.whole.as_json())).values("gathered"))

    def give(self, record: Model, found: Sequence[Any]) -> None:
        """Put them where `logs_of` looks first."""
        rows = [self.whole.make(json_of(row)) for row in found]
        record.__dict__[self.name] = sorted(rows, key=lambda row: (row.as_at, row.pk))


def logs_of(user: Reader, named: Model) -> Iterable[Answering]:
    """The records of the logs that something is named to answer today; one query, or none where they were gathered."""
    if Logs.name in named.__dict__:
        return list(named.__dict__[Logs.name])
    return answerings_visible_to(user).filter(ended_on=None, **{str(named._meta.model_name): named.pk})


def answerings_among(
    user: Reader,
    logged: Q,
    *,
    actions: Iterable[int] = (),
    recommendations: Iterable[int] = (),
    plans: Iterable[int] = (),
) -> list[Answering]:
    """Those of today at whose one end one of these stands, or of whose record of the logs `logged` holds; one query.

    `is_followed` says of each whether an action that the person may read answers the recommendation it names.
    """
    ends = Q(action__in=list(actions)) | Q(recommendation__in=list(recommendations)) | Q(plan__in=list(plans))
    readable = _bare(actions_visible_to(user))
    following = ActionSource.objects.filter(recommendation=OuterRef("recommendation"), action__in=readable)
    rows = answerings_visible_to(user).filter(logged | ends, ended_on=None)
    return list(rows.annotate(is_followed=Exists(following)))
