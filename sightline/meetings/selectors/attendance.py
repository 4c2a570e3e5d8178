"""Who came to which meeting, seat by seat: what figures of attendance are counted from, year by year of each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet, Subquery

from sightline.meetings.choices import TOOK_PLACE, Attendance, MeetingKind, Reach
from sightline.meetings.models import Attended, Meeting, MeetingRule, PassedOn
from sightline.meetings.rules.attendance import (
    Mark,
    Tally,
    combined,
    counts,
    mark_of,
    standard,
    tally,
    year_of,
)
from sightline.meetings.rules.passed import Cascade
from sightline.partners.choices import POSITION_LABELS, HoldingKind, Position
from sightline.partners.models import Holding, Seat
from sightline.screens.words import joined

Numbers = tuple[int, ...]
# The number under which figures of no one agency stand.
ALL = 0
# By (meeting, seat) what samples found of what was told; a seat that told nothing has no place in it.
Heard = Mapping[tuple[int, int], Sequence[Reach]]


@dataclass(frozen=True, slots=True)
class SeatKnown:
    """A seat with the agencies that it stands for, each as (number, name, sector)."""

    id: int
    group: int
    title: str
    position: str
    starts_on: date | None
    ends_on: date | None
    places: int
    agencies: tuple[tuple[int, str, str], ...]

    def stands(self, on: date) -> bool:
        """Whether it stood on the day."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on <= self.ends_on
        )


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that took place. `counted`: not so for a development day that the group leaves out."""

    id: int
    group: int
    group_name: str
    held_on: date
    counted: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """How one place of a seat stands at one meeting. `held`: whether the seat stood, and somebody was in the place."""

    meeting: Met
    seat: SeatKnown
    place: int
    mark: Mark
    held: bool


@dataclass(frozen=True, slots=True)
class YearCounted:
    """What a group's meetings of one year come to, by (seat, place), by agency, and in all: the numbers of tallies.

    `cascade`: how they were passed on, by agency, and in all under 0: the numbers of cascades.
    """

    group: int
    group_name: str
    year: int
    meetings: int
    left_out: int
    total: Numbers
    seats: Mapping[tuple[int, int], Numbers]
    agencies: Mapping[int, Numbers]
    cascade: Mapping[int, Numbers]


def met_with_attendance(found: QuerySet[Meeting]) -> list[Met]:
    """Those of the meetings that took place and have any attendance, the oldest first; one query."""
    entered = Attended.objects.filter(meeting=OuterRef("pk"))
    found = found.filter(Exists(entered), state__in=[state.value for state in TOOK_PLACE])
    rule = MeetingRule.objects.filter(group=OuterRef("group"), starts_on__lte=OuterRef("held_on"))
    newest = rule.order_by("-starts_on", "-pk").values("counts_development")[:1]
    columns = ("pk", "group", "group__name", "held_on", "kind", "ruled_so")
    rows = found.select_related(None).annotate(ruled_so=Subquery(newest)).order_by("held_on", "pk")
    return [
        Met(number, group, name, held_on, _counts(kind, bool(ruled)))
        for number, group, name, held_on, kind, ruled in rows.values_list(*columns)
    ]


def _counts(kind: str, ruled: bool) -> bool:
    return counts(is_development=kind == MeetingKind.DEVELOPMENT, group_counts_development=ruled)


def count_years(found: Sequence[Met], seats: Mapping[int, Sequence[SeatKnown]]) -> list[YearCounted]:
    """What these meetings come to, year by year of each group; three queries, which read the time of them alone."""
    cells: defaultdict[tuple[int, int], list[Cell]] = defaultdict(list)
    met: defaultdict[tuple[int, int], list[Met]] = defaultdict(list)
    numbers = standard()
    for each in found:
        met[each.group, year_of(each.held_on, numbers)].append(each)
    counted = [each for each in found if each.counted]
    for cell in _cells(counted, seats):
        cells[cell.meeting.group, year_of(cell.meeting.held_on, numbers)].append(cell)
    heard = _told(counted) if counted else {}
    return [_year(key, those, cells[key], heard) for key, those in sorted(met.items())]


def _year(key: tuple[int, int], met: Sequence[Met], cells: Sequence[Cell], heard: Heard) -> YearCounted:
    seats: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    for cell in cells:
        seats[cell.seat.id, cell.place].append(cell.mark)
    counted = sum(each.counted for each in met)
    return YearCounted(
        *(key[0], met[0].group_name, key[1], counted, len(met) - counted),
        tally([cell.mark for cell in cells]).numbers,
        {place: tally(marks).numbers for place, marks in seats.items()},
        {number: told.numbers for number, told in agency_tallies(cells).items()},
        {number: told.numbers for number, told in cascades(cells, heard).items()},
    )


def agency_tallies(cells: Iterable[Cell]) -> dict[int, Tally]:
    """The tally of each agency, by its number: once for each meeting, by any of its seats there."""
    at: defaultdict[tuple[int, int], list[Mark]] = defaultdict(list)
    for cell in cells:
        for number, _, _ in cell.seat.agencies:
            at[number, cell.meeting.id].append(cell.mark)
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for (number, _), marks in at.items():
        found[number].append(combined(marks))
    return {number: tally(marks) for number, marks in found.items()}


def cascades(cells: Iterable[Cell], told: Heard) -> dict[int, Cascade]:
    """How far the meetings were passed on, by agency, and in all under 0: each seat that was held is asked once."""
    asked = {(cell.meeting.id, cell.seat.id): cell.seat for cell in cells if cell.held}
    found: defaultdict[int, Cascade] = defaultdict(Cascade)
    for place, seat in asked.items():
        heard = told.get(place)
        samples = heard or ()
        arrived = sum(each is Reach.ARRIVED for each in samples)
        one = Cascade(1, int(heard is not None), len(samples), arrived)
        for number in (ALL, *(number for number, _, _ in seat.agencies)):
            found[number] += one
    return dict(found)


def _cells(meetings: Sequence[Met], seats: Mapping[int, Sequence[SeatKnown]]) -> Iterator[Cell]:
    if not meetings:
        return
    said, held = _said(meetings), _held({met.group for met in meetings})
    for meeting in meetings:
        for seat in seats.get(meeting.group, ()):
            for place in range(1, seat.places + 1):
                on, row = meeting.held_on, said.get((meeting.id, seat.id, place))
                is_held = any(
                    first <= on and (last is None or on <= last) for first, last in held[seat.id, place]
                )
                stood = seat.stands(on)
                mark = mark_of(row, is_held=is_held, stands=stood)
                yield Cell(meeting, seat, place, mark, is_held and stood)


def _said(meetings: Sequence[Met]) -> dict[tuple[int, int, int], Attendance]:
    rows = _of(Attended, meetings).values_list("meeting", "seat", "place", "status")
    counted = {met.id for met in meetings}
    return {
        (meeting, seat, place): Attendance(status)
        for meeting, seat, place, status in rows
        if meeting in counted
    }


def _told(meetings: Sequence[Met]) -> Heard:
    """For each seat that told how it passed a meeting on, what samples found of it."""
    found: defaultdict[tuple[int, int], list[Reach]] = defaultdict(list)
    for meeting, seat, reach in _of(PassedOn, meetings).values_list("meeting", "seat", "checks__reach"):
        found[meeting, seat] += [Reach(reach)] if reach else []
    return found


def _of(model: type[Model], meetings: Sequence[Met]) -> QuerySet[Any, Any]:
    """The rows of the groups between the first and the last of these meetings."""
    days, groups = (meetings[0].held_on, meetings[-1].held_on), {met.group for met in meetings}
    rows: QuerySet[Any, Any] = model._default_manager.filter(
        meeting__group__in=groups, meeting__held_on__range=days
    )
    return rows.order_by()


def seats_of(groups: Iterable[int]) -> dict[int, list[SeatKnown]]:
    """The seats that these groups ever had, the chair first; one query."""
    agencies: defaultdict[int, list[tuple[int, str, str]]] = defaultdict(list)
    rows: dict[int, Any] = {}
    own = ("pk", "group", "words", "position", "starts_on", "ends_on", "places")
    whose = tuple(f"for_agencies__agency__{name}" for name in ("pk", "name", "sector"))
    found = Seat.objects.filter(group__in=list(groups)).order_by("pk", "for_agencies__agency__key")
    for row in found.values_list(*own, *whose):
        rows[row[0]] = row
        if row[7]:
            agencies[row[0]].append(row[7:])
    made: defaultdict[int, list[SeatKnown]] = defaultdict(list)
    for number, row in rows.items():
        for_them = tuple(agencies[number])
        title = row[2] or joined([name for _, name, _ in for_them]) or POSITION_LABELS[Position(row[3])]
        made[row[1]].append(SeatKnown(number, row[1], title, row[3], row[4], row[5], row[6], for_them))
    order = {position.value: place for place, position in enumerate(Position)}
    return {group: sorted(seats, key=lambda s: (order[s.position], s.title)) for group, seats in made.items()}


def _held(groups: set[int]) -> Mapping[tuple[int, int], list[tuple[date, date | None]]]:
    """For each place of a seat the times in which somebody held it."""
    found: defaultdict[tuple[int, int], list[tuple[date, date | None]]] = defaultdict(list)
    rows = Holding.objects.filter(seat__group__in=groups, kind=HoldingKind.HOLDER.value, is_mistake=False)
    for seat, place, first, last in rows.order_by().values_list("seat", "place", "starts_on", "ends_on"):
        found[seat, place].append((first, last))
    return found
