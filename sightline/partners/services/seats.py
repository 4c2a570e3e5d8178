"""Seats of groups: added, put right, ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed, entered, record
from sightline.partners.choices import MOST_PLACES, Position, Unacceptable
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Agency, Group, Holding, Seat, SeatAgency
from sightline.partners.services.holdings import leave, plain
from sightline.partners.services.parties import ENDS_BEFORE

FOR_NOBODY = "Choose the agencies it is held for, or say in words for which role."
HELD_BEFORE = "Somebody was in it before this day."
HELD_BY_MORE = "More people hold it now. End their time in it first."


@deed
def add_seat(
    group: Group,
    *,
    agencies: Collection[Agency],
    words: str,
    position: Position | str,
    is_essential: bool,
    has_vote: bool,
    places: int,
    starts_on: date | None,
    by: Actor,
    now: datetime,
) -> Seat:
    """Add a seat to a group: for agencies, for a role in words, or for a role at agencies. Raises Unacceptable."""
    values = _values(agencies, words, position, is_essential, has_vote, places, starts_on)
    seat = Seat(group=group, **values, **entered(by, now))
    seat.save(force_insert=True)
    SeatAgency.objects.bulk_create([SeatAgency(seat=seat, agency=agency) for agency in agencies])
    after = plain(values) | {"group": group.pk, "agencies": _numbers(agencies)}
    record(PartnerEntry.SEAT_ADDED, by=by, subject=seat, after=after)
    return seat


@deed
def change_seat(
    seat: Seat,
    *,
    agencies: Collection[Agency],
    words: str,
    position: Position | str,
    is_essential: bool,
    has_vote: bool,
    places: int,
    starts_on: date | None,
    version: int,
    by: Actor,
    now: datetime,
) -> Seat:
    """Put right what was entered of a seat; the roles that its people were given stay as they are.

    Raises Unacceptable, StaleRecord.
    """
    values = _values(agencies, words, position, is_essential, has_vote, places, starts_on)
    current = Seat.objects.select_for_update().get(pk=seat.pk)
    if current.version != version:
        raise StaleRecord
    if current.ends_on and starts_on and starts_on > current.ends_on:
        raise Unacceptable({"starts_on": "The seat ended before this day."})
    _refuse_around(current, places, starts_on, now)
    stood = {each.agency_id: each for each in SeatAgency.objects.filter(seat=current)}
    before = {field: getattr(current, field) for field in values} | {"agencies": sorted(stood)}
    after = values | {"agencies": _numbers(agencies)}
    differing = [field for field, value in after.items() if before[field] != value]
    if not differing:
        return current
    _set_agencies(current, stood, agencies)
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


def _values(
    agencies: Collection[Agency],
    words: str,
    position: Position | str,
    is_essential: bool,
    has_vote: bool,
    places: int,
    starts_on: date | None,
) -> dict[str, Any]:
    tidy = " ".join(words.split())
    if not tidy and not agencies:
        raise Unacceptable({"": FOR_NOBODY})
    if not 1 <= places <= MOST_PLACES:
        raise Unacceptable({"places": f"Enter a number from 1 to {MOST_PLACES}."})
    return {
        "words": tidy,
        "position": Position(position).value,
        "is_essential": is_essential,
        "has_vote": has_vote,
        "places": places,
        "starts_on": starts_on,
    }


def _numbers(agencies: Collection[Agency]) -> Sequence[int]:
    return sorted(agency.pk for agency in agencies)
