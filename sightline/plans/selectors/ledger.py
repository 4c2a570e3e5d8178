"""Reading recommendations and their ledger: always those of sources that the reader may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.plans.choices import LedgerKind, LedgerTo
from sightline.plans.models import Action, ActionSource, Addressee, LedgerLine, Recommendation, Source
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.gathering import Gathered, gathering
from sightline.plans.selectors.visible import NEWEST, actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def recommendations_visible_to(user: Reader) -> QuerySet[Recommendation]:
    """The recommendations of the sources a person may read, with their source."""
    found = Recommendation.objects.select_related("source")
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return found.none()
    return found if reads_all_tiers(user) else found.filter(source__tier__in=EVERY_MEMBER)


def addressees_visible_to(user: Reader) -> QuerySet[Addressee]:
    """A row for each recommendation and each party it is addressed to, with recommendation, source and party."""
    found = Addressee.objects.select_related("recommendation__source", "agency", "group")
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return found.none()
    return found if reads_all_tiers(user) else found.filter(recommendation__source__tier__in=EVERY_MEMBER)


def ledger_rows(user: Reader, source: Source | None = None) -> QuerySet[Addressee]:
    """The rows of a ledger, of one source or of the whole partnership; those no longer addressed are left out.

    Each knows how many readable actions answer its recommendation.
    """
    links = ActionSource.objects.filter(
        recommendation=OuterRef("recommendation"),
        action__in=actions_visible_to(user).select_related(None).order_by(),
    )
    number = links.order_by().values("recommendation").annotate(number=Count("action", distinct=True))
    rows = addressees_visible_to(user).filter(gone_on=None)
    if source:
        rows = rows.filter(recommendation__source=source)
    return rows.annotate(answers=Coalesce(Subquery(number.values("number")), 0))


NOBODY_NAMED = Q(raw="", agency=None, group=None, is_partnership=False)
ADDRESSED = {
    LedgerTo.NAMED: ~NOBODY_NAMED,
    LedgerTo.UNMATCHED: Q(agency=None, group=None) & ~NOBODY_NAMED,
    LedgerTo.NOBODY: NOBODY_NAMED,
}


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """What a ledger may be narrowed by; empty means everything. `late_on`: progress overdue on that day."""

    kind: str = ""
    agency: str = ""
    group: str = ""
    to: str = ""
    acceptance: str = ""
    step: int | None = None
    impact: bool | None = None
    late_on: date | None = None
    theme: str = ""

    def narrow(self, rows: QuerySet[Addressee]) -> QuerySet[Addressee]:
        """The rows that fit."""
        wanted = Q()
        if self.kind:
            wanted &= Q(recommendation__source__kind=self.kind)
        if self.agency:
            wanted &= Q(agency__key=self.agency)
        if self.group:
            wanted &= Q(group__key=self.group)
        if self.to:
            wanted &= ADDRESSED[LedgerTo(self.to)]
        if self.acceptance:
            wanted &= Q(current_acceptance="" if self.acceptance == "unknown" else self.acceptance)
        if self.step is not None:
            wanted &= Q(current_step=self.step)
        if self.impact is not None:
            wanted &= Q(current_step__gte=3) if self.impact else Q(current_step__lt=3)
        if self.late_on:
            wanted &= Q(current_due_on__lt=self.late_on)
        if self.theme:
            wanted &= Q(recommendation__theme_marks__theme=self.theme)
        return rows.filter(wanted)


def get_recommendation(
    user: Reader, source_key: str, number: int, *more: Gathered, to_hold: bool = False
) -> Recommendation:
    """One recommendation; `to_hold`: held with its source, the source first, until the transaction ends; `more` is
    gathered for it.

    Raises Recommendation.DoesNotExist also where it may not be known to exist.
    """
    found = recommendations_visible_to(user)
    if to_hold:
        found = found.select_for_update(no_key=True, of=("source", "self"))
    return gathering(found, *more).get(source__key=source_key, pk=number)


def get_addressee(
    user: Reader, source_key: str, recommendation: int, number: int, kind: LedgerKind
) -> Addressee:
    """One addressee it still goes to, with the number of its newest line of the kind (`newest`).

    Raises Addressee.DoesNotExist also where it may not be known to exist.
    """
    own = LedgerLine.objects.filter(addressee=OuterRef("pk"), kind=kind).order_by("-pk").values("pk")
    found = addressees_visible_to(user).annotate(**{NEWEST: Subquery(own[:1])})
    return found.get(
        recommendation__source__key=source_key, recommendation__pk=recommendation, pk=number, gone_on=None
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """A recommendation with its addressees, and the lines said of it, oldest first."""

    recommendation: Recommendation
    addressees: tuple[Addressee, ...]
    lines: tuple[LedgerLine, ...]

    def of(self, addressee: Addressee | None) -> tuple[LedgerLine, ...]:
        """The lines of one addressee; those in the name of all where none is given."""
        number = addressee.pk if addressee else None
        return tuple(line for line in self.lines if line.addressee_id == number)


def ledgers_of(recommendations: Sequence[Recommendation]) -> list[Ledger]:
    """The ledgers of recommendations that were found for a reader, in their order; two queries."""
    parties = Addressee.objects.filter(recommendation__in=recommendations)
    by: Mapping[int, list[Addressee]] = _grouped(
        parties.select_related("agency", "group").order_by("order", "pk")
    )
    said = LedgerLine.objects.filter(recommendation__in=recommendations).order_by("as_at", "pk")
    lines: defaultdict[int, list[LedgerLine]] = defaultdict(list)
    for line in said:
        lines[line.recommendation_id].append(line)
    return [Ledger(each, tuple(by[each.pk]), tuple(lines[each.pk])) for each in recommendations]


def _grouped(addressees: QuerySet[Addressee]) -> Mapping[int, list[Addressee]]:
    found: defaultdict[int, list[Addressee]] = defaultdict(list)
    for each in addressees:
        found[each.recommendation_id].append(each)
    return found


def answering(user: Reader, recommendation: Recommendation, most: int) -> list[Action]:
    """The readable actions that answer a recommendation, in the order of their plans; no more than `most`."""
    links = recommendation.action_links.values("action")
    found = actions_visible_to(user).filter(pk__in=links).order_by("plan__name", "order", "pk")
    return list(found[:most])


def with_ledger(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """The recommendations with those they are addressed to; one query more, whatever their number."""
    parties = Addressee.objects.filter(gone_on=None).select_related("agency", "group").order_by("order", "pk")
    return recommendations.prefetch_related(Prefetch("addressees", parties))
