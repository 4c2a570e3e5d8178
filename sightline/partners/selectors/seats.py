"""Reading seats: those of a group or an agency on a day, with who held them; two queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Q, QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners.choices import POSITION_LABELS, HoldingKind, Position
from sightline.partners.models import Agency, Group, Holding, Person, Seat, SeatAgency
from sightline.screens.words import joined

if TYPE_CHECKING:
    from sightline.partners.selectors.parties import Who

_ORDER = {position.value: place for place, position in enumerate(Position)}


@dataclass(frozen=True)
class ForAgency:
    """An agency that a seat stands for."""

    id: int
    key: str
    name: str


@dataclass(frozen=True)
class SeatThen:
    """A seat as it stood on a day. `agencies`: whom it stands for, none for a role in words.

    `holders` and `deputies` were in it on that day; of a seat without a holder nobody is there to vote.
    """

    seat: Seat
    agencies: tuple[ForAgency, ...] = ()
    holders: tuple[Holding, ...] = ()
    deputies: tuple[Holding, ...] = ()

    @property
    def title(self) -> str:
        """What the seat is called: the role in words, else whom it stands for."""
        return self.seat.words or self.stands_for

    @property
    def stands_for(self) -> str:
        """The agencies in words; empty for a role alone."""
        return joined([agency.name for agency in self.agencies])

    @property
    def position(self) -> str:
        """Chair, member, adviser … in words."""
        return POSITION_LABELS[Position(self.seat.position)]

    @property
    def is_joint(self) -> bool:
        """Whether it stands for several agencies together."""
        return len(self.agencies) > 1

    @property
    def open_places(self) -> int:
        """How many more people could hold it."""
        return max(self.seat.places - len(self.holders), 0)

    @property
    def is_vacant(self) -> bool:
        """Whether nobody held it: a deputy alone does not fill a seat."""
        return not self.holders


def seats(user: Who) -> QuerySet[Seat]:
    """Seats this person may see: who sits where is told to whoever reads partners."""
    found = Seat.objects.select_related("group").order_by("group__name", "id")
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


def holdings(user: Who) -> QuerySet[Holding]:
    """Who held which seat, as far as this person may see; those entered by mistake, too."""
    found = Holding.objects.select_related("person__agency", "seat__group").order_by("starts_on", "id")
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


def standing(on: date) -> Q:
    """What stands on the day, of anything with a first and a last day."""
    return (Q(starts_on__isnull=True) | Q(starts_on__lte=on)) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def seats_of_group(user: Who, group: Group, on: date) -> list[SeatThen]:
    """The seats of a group on the day, the chair first, each with its holders and deputies; two queries."""
    return seats_then(seats(user).filter(standing(on), group=group), on)


def seats_of_agency(user: Who, agency: Agency, on: date) -> list[SeatThen]:
    """The seats that stand for an agency on the day, on every group; two queries."""
    own = SeatAgency.objects.filter(agency=agency).values("seat")
    return seats_then(seats(user).filter(standing(on), pk__in=own), on)


def seats_then(rows: QuerySet[Seat], on: date) -> list[SeatThen]:
    """Seats as they were held on the day; two queries, one where there is none. By group, position and name."""
    found: dict[int, Seat] = {}
    whose: defaultdict[int, list[ForAgency]] = defaultdict(list)
    for seat in rows.annotate(
        agency_number=F("for_agencies__agency_id"),
        agency_key=F("for_agencies__agency__key"),
        agency_name=F("for_agencies__agency__name"),
    ).order_by("group__name", "id", "agency_name"):
        found[seat.pk] = seat
        if seat.agency_number:
            whose[seat.pk].append(ForAgency(seat.agency_number, seat.agency_key, seat.agency_name))
    there = _in_them(found, on) if found else {}
    told = [_told(seat, whose[seat.pk], there.get(seat.pk, ())) for seat in found.values()]
    return sorted(told, key=lambda each: (each.seat.group.name, _ORDER[each.seat.position], each.title))


def agencies_by_seat(rows: QuerySet[Seat]) -> dict[int, tuple[Agency, ...]]:
    """Which agencies each of these seats stands for; one query. A seat for a role alone is left out."""
    found: defaultdict[int, tuple[Agency, ...]] = defaultdict(tuple)
    for each in SeatAgency.objects.filter(seat__in=rows.order_by().values("pk")).select_related("agency"):
        found[each.seat_id] += (each.agency,)
    return dict(found)


def holdings_of_person(user: Who, person: Person) -> list[tuple[Holding, str]]:
    """Every seat somebody holds or held, the newest first, with the agencies it stands for in words; two queries."""
    found = list(
        holdings(user).filter(person=person, is_mistake=False).order_by(F("ends_on").desc(nulls_first=True))
    )
    if not found:
        return []
    whose = agencies_by_seat(Seat.objects.filter(pk__in=[each.seat_id for each in found]))
    return [(each, joined([agency.name for agency in whose.get(each.seat_id, ())])) for each in found]


def _in_them(numbers: Iterable[int], on: date) -> dict[int, list[Holding]]:
    held: defaultdict[int, list[Holding]] = defaultdict(list)
    found = Holding.objects.filter(standing(on), seat__in=list(numbers), is_mistake=False)
    for each in found.select_related("person__agency").order_by("place", "person__name", "id"):
        held[each.seat_id].append(each)
    return held


def _told(seat: Seat, agencies: list[ForAgency], there: Iterable[Holding]) -> SeatThen:
    kinds: defaultdict[str, list[Holding]] = defaultdict(list)
    for each in there:
        kinds[each.kind].append(each)
    return SeatThen(seat, tuple(agencies), tuple(kinds[HoldingKind.HOLDER]), tuple(kinds[HoldingKind.DEPUTY]))
