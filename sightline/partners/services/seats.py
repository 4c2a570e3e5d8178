"""Seats of groups: added, put right, ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.partners.choices import MOST_PLACES, Position
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Agency, Group, Holding, Seat, SeatAgency
from sightline.partners.services.holdings import leave, plain
from sightline.partners.services.parties import ENDS_BEFORE

FOR_NOBODY = "Choose the agencies it is held for, or say in words for which role."
HELD_BEFORE = "Somebody was in it before this day."
HELD_BY_MORE = "More people hold it now. End their time in it first."


@dataclass(frozen=True, kw_only=True)
class SeatGiven:
    """What is entered of a seat: for agencies, for a role in words, or for a role at agencies."""

    agencies: Collection[Agency] = ()
    words: str = ""
    position: Position | str = Position.MEMBER
    is_essential: bool = False
    has_vote: bool = True
    places: int = 1
    starts_on: date | None = None


@deed
def add_seat(
    group: Group,
    given: SeatGiven,
    *,
    by: Actor,
    now: datetime,
) -> Seat:
    """Add a seat to a group. Raises Unacceptable."""
    values = _values(given)
    seat = Seat(group=group, **values, **entered(by, now))
    seat.save(force_insert=True)
    SeatAgency.objects.bulk_create([SeatAgency(seat=seat, agency=agency) for agency in given.agencies])
    after = plain(values) | {"group": group.pk, "agencies": _numbers(given.agencies)}
    record(PartnerEntry.SEAT_ADDED, by=by, subject=seat, after=after)
    return seat


@deed
def change_seat(
    seat: Seat,
    given: SeatGiven,
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Seat:
    """Put right what was entered of a seat; the roles that its people were given stay as they are.

    Raises Unacceptable, StaleRecord.
    """
    values = _values(given)
    current = Seat.objects.select_for_update().get(pk=seat.pk)
    if current.version != version:
        raise StaleRecord
    if current.ends_on and given.starts_on and given.starts_on > current.ends_on:
        raise Unacceptable({"starts_on": "The seat ended before this day."})
    _refuse_around(current, given.places, given.starts_on, now)
    stood = {each.agency_id: each for each in SeatAgency.objects.filter(seat=current)}
    before = {field: getattr(current, field) for field in values} | {"agencies": sorted(stood)}
    after = values | {"agencies": _numbers(given.agencies)}
    differing = [field for field, value in after.items() if before[field] != value]
    if not differing:
        return current
    _set_agencies(current, stood, given.agencies)
    for field in set(differing) - {"agencies"}:
        setattr(current, field, values[field])
    current.version += 1
    current.save()
    told = [{field: said[field] for field in differing} for said in (before, after)]
    record(PartnerEntry.SEAT_CHANGED, by=by, subject=current, before=told[0], after=told[1])
    return current


@deed
def end_seat(number: int, ends_on: date, *, version: int, by: Actor, now: datetime) -> Seat:
    """The seat of this number stands until this day; whoever is in it leaves it then.

    Raises Unacceptable, StaleRecord, Refused.
    """
    current = Seat.objects.select_for_update().get(pk=number)
    if current.version != version:
        raise StaleRecord
    if current.starts_on and ends_on < current.starts_on:
        raise Unacceptable({"ends_on": ENDS_BEFORE})
    there = Holding.objects.filter(seat=current, is_mistake=False).exclude(ends_on__lte=ends_on)
    for holding in there.select_for_update(of=("self",)).select_related(
        "person", "seat__group", "membership"
    ):
        if holding.starts_on > ends_on:
            raise Unacceptable({"ends_on": f"{holding.person} is in it from a later day. End that first."})
        leave(holding, ends_on, "The seat ended", by=by, now=now)
    before, current.ends_on = {"ends_on": current.ends_on}, ends_on
    current.version += 1
    current.save(update_fields=["ends_on", "version"])
    record(PartnerEntry.SEAT_ENDED, by=by, subject=current, before=before, after={"ends_on": ends_on})
    return current


@deed
def note_membership_taken(group: Group, on: date, format: str, *, by: Actor) -> None:
    """Journal that the membership of a group on a day was taken away."""
    after = {"as_at": on, "format": format}
    record(PartnerEntry.MEMBERSHIP_TAKEN, by=by, subject=group, after=after)


def _refuse_around(seat: Seat, places: int, starts_on: date | None, now: datetime) -> None:
    """Nobody is left in a place that is taken away, nor in a seat on a day before its first. Raises Unacceptable."""
    if places == seat.places and starts_on == seat.starts_on:
        return
    held = list(Holding.objects.filter(seat=seat, is_mistake=False))
    today = timezone.localdate(now)
    if any(each.place > places and (each.ends_on is None or each.ends_on >= today) for each in held):
        raise Unacceptable({"places": HELD_BY_MORE})
    if starts_on and any(each.starts_on < starts_on for each in held):
        raise Unacceptable({"starts_on": HELD_BEFORE})


def _set_agencies(seat: Seat, stood: dict[int, SeatAgency], agencies: Collection[Agency]) -> None:
    wanted = {agency.pk for agency in agencies}
    if gone := [each.pk for number, each in stood.items() if number not in wanted]:
        SeatAgency.objects.filter(pk__in=gone).delete()
    SeatAgency.objects.bulk_create(
        [SeatAgency(seat=seat, agency=agency) for agency in agencies if agency.pk not in stood]
    )


def _values(given: SeatGiven) -> dict[str, Any]:
    """The columns of what was given. Raises Unacceptable."""
    words = " ".join(given.words.split())
    if not words and not given.agencies:
        raise Unacceptable({"": FOR_NOBODY})
    if not 1 <= given.places <= MOST_PLACES:
        raise Unacceptable({"places": f"Enter a number from 1 to {MOST_PLACES}."})
    return {
        "words": words,
        "position": Position(given.position).value,
        "is_essential": given.is_essential,
        "has_vote": given.has_vote,
        "places": given.places,
        "starts_on": given.starts_on,
    }


def _numbers(agencies: Collection[Agency]) -> Sequence[int]:
    return sorted(agency.pk for agency in agencies)
