"""Answers to recommendations that are asked for by link: what stands, who was asked, and whether it is still wanted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from sightline.access.models import ReturnLink
from sightline.partners.models import Person
from sightline.partners.selectors import people
from sightline.plans.choices import Acceptance, LedgerKind
from sightline.plans.models import Addressee, LedgerLine

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

KIND = "plans.recommendation"
MOST_PEOPLE = 30


@dataclass(frozen=True, slots=True)
class Stands:
    """What an addressee has said so far. `newest`: the number of their last line, 0 where they said nothing yet."""

    acceptance: Acceptance | None
    why: list[str]
    response: LedgerLine | None
    lines: tuple[LedgerLine, ...]
    newest: int


def stands_with(number: int) -> Stands:
    """What the addressee of this number has said; one query. What others said of the recommendation is not read."""
    lines: Sequence[LedgerLine] = list(LedgerLine.objects.filter(addressee=number).order_by("as_at", "pk"))
    accepted = [line for line in lines if line.kind == LedgerKind.ACCEPTANCE]
    replaced = {line.replaces_id for line in lines}
    responses = [line for line in lines if line.kind == LedgerKind.RESPONSE and line.pk not in replaced]
    return Stands(
        acceptance=Acceptance(accepted[-1].acceptance) if accepted else None,
        why=list(accepted[-1].public) if accepted else [],
        response=responses[-1] if responses else None,
        lines=tuple(lines),
        newest=max((line.pk for line in lines), default=0),
    )


def is_still_asked(number: int) -> bool:
    """Whether the recommendation is still addressed to this addressee."""
    return Addressee.objects.filter(pk=number, gone_on=None).exists()


def addressee_of_return(link: ReturnLink) -> Addressee | None:
    """Whose answer the link is for, with recommendation, source and party; None where it is no longer asked of them."""
    rows = Addressee.objects.select_related("agency", "group", "recommendation__source")
    return rows.filter(pk=link.record, gone_on=None).first()


def links_of(addressees: Iterable[Addressee]) -> dict[int, list[ReturnLink]]:
    """Who was asked by e-mail for these, the last first, by addressee; one query."""
    found: defaultdict[int, list[ReturnLink]] = defaultdict(list)
    for link in ReturnLink.objects.filter(kind=KIND, record__in=[each.pk for each in addressees]):
        found[link.record].append(link)
    return found


def link_of(addressee: Addressee, number: int) -> ReturnLink | None:
    """The link of this number by which this addressee's answer was asked for."""
    return ReturnLink.objects.filter(kind=KIND, record=addressee.pk, pk=number).first()


def leads_of(user: Reader, addressee: Addressee, on: date) -> list[Person]:
    """The people of the agency on the day who have an e-mail address; none for anybody else."""
    if addressee.agency_id is None:
        return []
    current = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))
    own = people(user).filter(current, agency=addressee.agency_id)
    return list(own.exclude(email="")[:MOST_PEOPLE])
