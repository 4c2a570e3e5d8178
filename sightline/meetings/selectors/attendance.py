"""Who came to which meeting, seat by seat, over years: everything that figures of attendance are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from sightline.meetings.choices import TOOK_PLACE, Attendance, MeetingKind
from sightline.meetings.models import Attended, MeetingRule
from sightline.meetings.rules.attendance import Mark, counts, mark_of
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.partners.choices import POSITION_LABELS, HoldingKind, Position
from sightline.partners.models import Group, Holding, Seat
from sightline.screens.words import joined

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True, slots=True)
class SeatKnown:
    """A seat with the agencies that it stands for, each as (key, name, sector)."""

    id: int
    group: int
    title: str
    position: str
    starts_on: date | None
    ends_on: date | None
    places: int
    agencies: tuple[tuple[str, str, str], ...]

    def stands(self, on: date) -> bool:
        """Whether it stood on the day."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on <= self.ends_on
        )


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting that counts in figures."""

    id: int
    group: int
    group_name: str
    held_on: date


@dataclass(frozen=True, slots=True)
class Cell:
    """How one place of a seat stands at one meeting."""

    meeting: Met
    seat: SeatKnown
    place: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class AttendanceRead:
    """Every cell of the meetings that count, and how many meetings were left out because they are development days."""

    meetings: tuple[Met, ...]
    cells: tuple[Cell, ...]
    left_out: int


def met_with_attendance(user: Reader, group: Group | None) -> list[tuple[Met, bool]]:
    """The meetings that took place and have any attendance, of one group or of all, the oldest first; two queries.

    Each with whether it counts in figures.
    """
    entered = Attended.objects.filter(meeting=OuterRef("pk"))
    found = meetings_visible_to(user).filter(Exists(entered), state__in=[state.value for state in TOOK_PLACE])
    if group:
        found = found.filter(group=group)
    columns = ("pk", "group", "group__name", "held_on", "kind")
    rows = list(found.select_related(None).order_by("held_on", "pk").values_list(*columns))
    rules = _rules({row[1] for row in rows})
    return [(Met(*row[:4]), _counts(rules[row[1]], row[3], row[4])) for row in rows]


def read_attendance(found: Sequence[tuple[Met, bool]]) -> AttendanceRead:
    """Attendance of these meetings, seat by seat; three queries, which read the time of these meetings alone."""
    meetings = tuple(met for met, counted in found if counted)
    return AttendanceRead(meetings, tuple(_cells(meetings)), len(found) - len(meetings))


def _rules(groups: Iterable[int]) -> Mapping[int, list[tuple[date, bool]]]:
    """For each group the days from which its rules hold, the newest first, with whether development days count."""
    found: defaultdict[int, list[tuple[date, bool]]] = defaultdict(list)
    rows = MeetingRule.objects.filter(group__in=list(groups)).order_by("-starts_on", "-pk")
    for group, starts_on, counts_it in rows.values_list("group", "starts_on", "counts_development"):
        found[group].append((starts_on, counts_it))
    return found


def _counts(rules: Sequence[tuple[date, bool]], on: date, kind: str) -> bool:
    ruled = next((counts_it for starts_on, counts_it in rules if starts_on <= on), False)
    return counts(is_development=kind == MeetingKind.DEVELOPMENT, group_counts_development=ruled)


def _cells(meetings: Sequence[Met]) -> Iterator[Cell]:
    said, groups = _said(meetings), {met.group for met in meetings}
    seats, held = _seats(groups), _held(groups)
    for meeting in meetings:
        for seat in seats.get(meeting.group, ()):
            for place in range(1, seat.places + 1):
                on, row = meeting.held_on, said.get((meeting.id, seat.id, place))
                is_held = any(
                    first <= on and (last is None or on <= last) for first, last in held[seat.id, place]
                )
                yield Cell(meeting, seat, place, mark_of(row, is_held=is_held, stands=seat.stands(on)))


def _said(meetings: Sequence[Met]) -> dict[tuple[int, int, int], Attendance]:
    if not meetings:
        return {}
    days = (meetings[0].held_on, meetings[-1].held_on)
    groups, counted = {met.group for met in meetings}, {met.id for met in meetings}
    rows = Attended.objects.filter(meeting__group__in=groups, meeting__held_on__range=days)
    return {
        (meeting, seat, place): Attendance(status)
        for meeting, seat, place, status in rows.order_by().values_list("meeting", "seat", "place", "status")
        if meeting in counted
    }


def _seats(groups: set[int]) -> dict[int, list[SeatKnown]]:
    """The seats of each group, the chair first."""
    agencies: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
    rows: dict[int, Any] = {}
    own = ("pk", "group", "words", "position", "starts_on", "ends_on", "places")
    whose = tuple(f"for_agencies__agency__{name}" for name in ("key", "name", "sector"))
    found = Seat.objects.filter(group__in=groups).order_by("pk", whose[1])
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
