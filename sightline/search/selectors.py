"""Finding records: only such as the person may read, decided by the record itself at the moment of searching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.screens.counting import MOST_COUNTED
from sightline.search.models import SearchEntry
from sightline.search.registry import Facts, guards, jumps, kinds
from sightline.search.rules.query import Query
from sightline.search.tables import Holds, clause

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope

    Reader = User | AnonymousUser | Scope


def readable(user: Reader, only: str = "") -> QuerySet[SearchEntry]:
    """Entries whose guard the person may read, of one kind or of all."""
    by_guard: defaultdict[str, list[str]] = defaultdict(list)
    for kind in kinds().values():
        if not only or kind.key == only:
            by_guard[kind.guard].append(kind.key)
    allowed = Q(pk__in=[])
    for key, of_guard in by_guard.items():
        visible = guards()[key].visible(user)
        if visible is not None:
            plain = visible.order_by().select_related(None).prefetch_related(None)
            allowed |= Q(Exists(plain.filter(pk=OuterRef("guard_id"))), kind__in=of_guard)
    return SearchEntry.objects.filter(allowed)


def matching(user: Reader, query: Query, only: str = "") -> QuerySet[SearchEntry]:
    """The entries a person may read that fit; none for a query that asks for nothing."""
    entries = readable(user, only)
    if not query.needs:
        return entries.none()
    asked = clause(query, connection.vendor)
    return entries.extra(  # noqa: S610 - our own SQL; words go in as parameters
        tables=list(asked.tables), where=[asked.where], params=list(asked.where_params)
    )


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry that fits."""

    number: int
    kind: str


def hits(user: Reader, query: Query, only: str = "") -> list[Hit]:
    """The entries that fit, best first and the newest of equals: at most ten thousand and one, in one query."""
    asked = clause(query, connection.vendor)
    found = matching(user, query, only).extra(  # noqa: S610 - as above
        select={"rank": asked.rank}, select_params=list(asked.rank_params)
    )
    rows = found.values_list("rank", "pk", "kind").order_by()[: MOST_COUNTED + 1]
    return [Hit(pk, kind) for _, pk, kind in sorted(rows, key=lambda row: (row[0], -row[1]))]


def kinds_found(user: Reader, query: Query) -> list[str]:
    """The kind of each entry that fits, of ten thousand and one at most: for counting beside a list of one kind."""
    return list(matching(user, query).values_list("kind", flat=True).order_by()[: MOST_COUNTED + 1])


def records_found(kind: str, query: Query, most: int) -> list[int]:
    """Numbers of the records of a kind that fit, `most` of them at most, in no order; none for an empty query.

    Whoever asks narrows them to what the person may read.
    """
    if not query.needs:
        return []
    asked = clause(query, connection.vendor)
    found = SearchEntry.objects.filter(kind=kind).extra(  # noqa: S610 - as above
        tables=list(asked.tables), where=[asked.where], params=list(asked.where_params)
    )
    return list(found.order_by().values_list("record_id", flat=True)[:most])


def entry_holding(kind: str, query: Query, record: OuterRef) -> Exists:
    """Whether the record, come to by other ways than the index, fits a query that asks for something."""
    return Exists(SearchEntry.objects.filter(Holds(query), kind=kind, record_id=record))


def entries(numbers: Sequence[int]) -> list[SearchEntry]:
    """The entries of these numbers, in their order. The numbers come from `hits`, so they are readable."""
    found = SearchEntry.objects.defer("title_words", "body_words").in_bulk(list(numbers))
    return [found[number] for number in numbers if number in found]


def facts(user: Reader, found: Collection[SearchEntry]) -> Mapping[tuple[str, int], Facts]:
    """What is told beside these results, by (guard, number): one query for each guard that tells anything."""
    by_guard: defaultdict[str, set[int]] = defaultdict(set)
    for entry in found:
        by_guard[kinds()[entry.kind].guard].add(entry.guard_id)
    return {
        (key, number): told
        for key, numbers in by_guard.items()
        for number, told in guards()[key].facts(user, numbers).items()
    }


def guard_of(pages: Sequence[str], keys: Sequence[str]) -> tuple[str, int] | None:
    """The guard of the record that has one of these pages, or whose page ends in one of these keys; the nearest."""
    ending = Q(pk__in=[])
    for key in keys:
        ending |= Q(url__endswith=f"/{key}/")
    named = SearchEntry.objects.filter(Q(url__in=pages) | ending, kind__in=guards())
    found = sorted(named.values_list("url", "kind", "guard_id")[:50], key=lambda row: -len(row[0]))
    return (kinds()[found[0][1]].guard, found[0][2]) if found else None


def guarded(user: Reader) -> Q:
    """Rows with `guard` and `guard_id` whose guard the person may read, and those that name none."""
    allowed = Q(guard="")
    for key, guard in guards().items():
        visible = guard.visible(user)
        if visible is not None:
            plain = visible.order_by().select_related(None).prefetch_related(None)
            allowed |= Q(Exists(plain.filter(pk=OuterRef("guard_id"))), guard=key)
    return allowed


def jump(user: Reader, text: str) -> str | None:
    """The address of the one record that the text names; None where it names none, or none for this person."""
    return next((address for each in jumps() if (address := each(user, text))), None)
