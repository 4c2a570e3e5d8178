"""Figures of attendance year by year: as they are kept where their rows are still the same, else counted from the rows.

A page asks for the years that it shows and no other. Nothing that is kept can be shown once its rows moved on: each
year is kept with a mark of the meetings, rules, seats and holders of its group, all of which only ever count upwards.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Count, F, JSONField, Max, Model, QuerySet, Sum, Value

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.meetings.models import CountedYear, Meeting, MeetingRule
from sightline.meetings.rules.attendance import standard, year_of
from sightline.meetings.selectors.attendance import (
    Met,
    SeatKnown,
    YearCounted,
    count_years,
    met_with_attendance,
    seats_of,
)
from sightline.partners.models import Agency, Group, Holding, Seat

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

KEPT = "kept"
# Of what is kept: another number once it is counted otherwise, or more of it is kept.
FORM = 2
# What figures are counted from: the way to the group, and what counts upwards with every change of a row.
SOURCES: tuple[tuple[type[Model], str, Any], ...] = (
    (Meeting, "group", Sum(F("version") + F("current_told"))),
    (Seat, "group", Sum("version")),
    (Holding, "seat__group", Sum("version")),
    (MeetingRule, "group", Count("pk")),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How figures stand: the mark of each group, those years of groups that are kept, meetings of the other groups."""

    marks: Mapping[int, int]
    kept: frozenset[tuple[int, int]]
    kept_years: frozenset[int]
    met: tuple[Met, ...]

    @property
    def years(self) -> list[int]:
        """The years with a meeting that counts, the newest first."""
        numbers = standard()
        counted = {year_of(each.held_on, numbers) for each in self.met if each.counted}
        return sorted(self.kept_years | counted, reverse=True)


@dataclass(frozen=True, slots=True)
class Figures:
    """Years of groups, with names of agencies as (name, sector), and the seats of the one group that is asked for."""

    years: tuple[YearCounted, ...]
    agencies: Mapping[int, tuple[str, str]]
    seats: tuple[SeatKnown, ...]


def stands(user: Reader, group: Group | None) -> Standing:
    """How the figures of one group, or of all, stand for whoever reads meetings; two queries."""
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return Standing({}, frozenset(), frozenset(), ())
    return standing_of(group)


def standing_of(group: Group | None = None) -> Standing:
    """The same for whoever keeps figures."""
    told: defaultdict[int, list[Any]] = defaultdict(list)
    heads = []
    for source, number, *rest in _marked(group):
        if source == KEPT:
            heads.append((number, *rest))
        else:
            told[number].append((source, *rest))
    marks = {number: _mark(sorted(rows)) for number, rows in told.items()}
    kept = [(number, year, meetings) for number, year, mark, meetings in heads if marks.get(number) == mark]
    fresh = {number for number, _, _ in kept}
    found = Meeting.objects.filter(group__in=[number for number in marks if number not in fresh])
    return Standing(
        marks,
        frozenset((number, year) for number, year, _ in kept),
        frozenset(year for _, year, meetings in kept if meetings),
        tuple(met_with_attendance(found)),
    )


def _marked(group: Group | None) -> QuerySet[Any, Any]:
    """Of each group how many rows of each source there are, the newest, and how often they changed; what is kept."""
    kept: Any = CountedYear.objects.filter(group=group) if group else CountedYear.objects.all()
    named = {"source": Value(KEPT, CharField()), "one": F("year"), "two": F("mark"), "three": F("meetings")}
    rows: QuerySet[Any, Any] = (
        kept.order_by().annotate(**named).values_list("source", "group", "one", "two", "three")
    )
    return rows.union(*(_source(*source, group) for source in SOURCES), all=True)


def _source(model: type[Model], way: str, changes: Any, group: Group | None) -> QuerySet[Any, Any]:
    rows: QuerySet[Any, Any] = (
        model._default_manager.filter(**({way: group.pk} if group else {})).order_by().values(way)
    )
    counted = {"one": Count("pk"), "two": Max("pk"), "three": changes}
    source = Value(model._meta.model_name, CharField())
    told: QuerySet[Any, Any] = rows.annotate(source=source, **counted)
    return told.values_list("source", way, "one", "two", "three")


def _mark(rows: list[Any]) -> int:
    """A number for these rows and for when years begin; another for any others."""
    told = repr((FORM, standard().year_begins_in_month, rows))
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=7).digest())


def figures(standing: Standing, group: Group | None, year: int | None) -> Figures:
    """Every group's figures of one year, or of all; six queries at most, two where all of it is kept."""
    numbers = standard()
    met = [each for each in standing.met if year is None or year_of(each.held_on, numbers) == year]
    wanted = {group.pk} if group else {each.group for each in met}
    seats = seats_of(wanted) if wanted else {}
    kept = {number for number, of in standing.kept if year in (None, of)}
    found = _kept(kept, year, seats=group is not None) if kept else []
    years = [*found, *count_years(met, seats)]
    names = {a[0]: a[1:] for those in seats.values() for seat in those for a in seat.agencies}
    missing = {number for each in years for number in each.agencies} - set(names)
    if missing:
        rows = Agency.objects.filter(pk__in=missing).values_list("pk", "name", "sector")
        names |= {number: (name, sector) for number, name, sector in rows}
    return Figures(tuple(years), names, tuple(seats.get(group.pk, ())) if group else ())


def _kept(groups: set[int], year: int | None, *, seats: bool = True) -> list[YearCounted]:
    """What is kept of these groups; of each seat only where it is asked for."""
    rows = CountedYear.objects.filter(group__in=groups).order_by("group", "year")
    rows = rows if year is None else rows.filter(year=year)
    by_seat = F("seats") if seats else Value({}, JSONField())
    columns = (
        "group",
        "group__name",
        "year",
        "meetings",
        "left_out",
        "total",
        "agencies",
        "cascade",
        "by_seat",
    )
    found = rows.annotate(by_seat=by_seat).values_list(*columns)
    return [
        YearCounted(
            *(group, name, of, meetings, left_out, tuple(total)),
            *(_by_place(by_seat), _by_number(agencies), _by_number(cascade)),
        )
        for group, name, of, meetings, left_out, total, agencies, cascade, by_seat in found
    ]


def _by_number(kept: Mapping[str, list[int]]) -> dict[int, tuple[int, ...]]:
    return {int(key): tuple(numbers) for key, numbers in kept.items()}


def _by_place(kept: Mapping[str, list[int]]) -> dict[tuple[int, int], tuple[int, ...]]:
    places = ((key.partition("-"), numbers) for key, numbers in kept.items())
    return {(int(seat), int(place)): tuple(numbers) for (seat, _, place), numbers in places}


def differing() -> list[YearCounted]:
    """Kept years that their mark says are right, and their rows do not. None, unless rows were changed by hand."""
    groups = {number for number, _ in standing_of().kept}
    met = met_with_attendance(Meeting.objects.filter(group__in=groups))
    counted = {(each.group, each.year): each for each in count_years(met, seats_of(groups))}
    return [each for each in _kept(groups, None) if counted.get((each.group, each.year)) != each]
