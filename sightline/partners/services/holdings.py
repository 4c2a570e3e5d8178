"""People in seats: who fills one and who leaves it, and the role over the group that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from sightline.access import services as access
from sightline.access.choices import ScopeKind
from sightline.access.models import Membership
from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.partners.choices import HoldingKind, Position
from sightline.partners.entries import PartnerEntry
from sightline.partners.models import Holding, Person, Seat
from sightline.partners.rules.seats import free_place, meets, role_with
from sightline.partners.services.parties import ENDS_BEFORE

WITH_THE_SEAT = "The seat that it came with"


@dataclass(frozen=True)
class Filled:
    """Somebody in a seat. `sentence`: why no role came with it; empty where one did, or nothing was asked."""

    holding: Holding
    sentence: str = ""


@deed
def fill_seat(
    number: int,
    person: Person,
    kind: HoldingKind | str,
    starts_on: date,
    ends_on: date | None = None,
    *,
    by: Actor,
    now: datetime,
    began_before: bool = False,
) -> Filled:
    """Put somebody into the seat of this number, as holder or deputy, from a day; the last day may be open.

    Where they have an account, the role over the group that goes with the seat is given with it, if `by` may give it.
    Raises Unacceptable where the place is taken, they are in the seat already, or the seat does not stand then.
    """
    wanted = HoldingKind(kind)
    if ends_on and ends_on < starts_on:
        raise Unacceptable({"ends_on": ENDS_BEFORE})
    current = Seat.objects.select_for_update(of=("self",)).select_related("group").get(pk=number)
    if not _within(current, starts_on, ends_on):
        raise Unacceptable({"starts_on": "The seat does not stand on all of these days."})
    place = _place(current, person, wanted, starts_on, ends_on)
    holding = Holding(
        seat=current,
        person=person,
        kind=wanted.value,
        place=place,
        starts_on=starts_on,
        began_before=began_before,
        ends_on=ends_on,
        **entered(by, now),
    )
    sentence = _give_role(holding, by=by, now=now)
    holding.save(force_insert=True)
    record(PartnerEntry.SEAT_FILLED, by=by, subject=holding, after=_told(holding))
    return Filled(holding, sentence)


@deed
def leave_seat(
    holding: Holding,
    ends_on: date,
    *,
    version: int,
    by: Actor,
    now: datetime,
    reason: str = "",
    is_mistake: bool = False,
) -> Holding:
    """Somebody's last day in a seat; the role that came with it ends with that. `is_mistake`: they never held it.

    Raises StaleRecord; Unacceptable before their first day, or where they left no later; Refused where `by` may not
    take away the role that came with it: a seat and its role are left together or not at all.
    """
    found = Holding.objects.select_for_update(of=("self",)).select_related(
        "person", "seat__group", "membership"
    )
    current = found.get(pk=holding.pk)
    if current.version != version:
        raise StaleRecord
    if is_mistake:
        current.is_mistake, ends_on = True, current.ends_on or max(current.starts_on, timezone.localdate(now))
    elif ends_on < current.starts_on:
        raise Unacceptable({"ends_on": ENDS_BEFORE})
    elif current.ends_on and current.ends_on <= ends_on:
        raise Unacceptable({"ends_on": "They left it on that day or before. Fill the seat again instead."})
    return leave(current, ends_on, reason, by=by, now=now)


@deed
def take_back_end(number: int, ends_on: date | None, *, by: Actor, now: datetime, reason: str) -> Filled:
    """Somebody's time in a seat had ended by mistake: it goes on, until this day where one is set.

    The role that goes with the seat is given again from today, if `by` may give it. Raises Unacceptable where somebody
    else holds the place meanwhile, or the seat does not stand.
    """
    rows = Holding.objects.select_for_update(of=("self",)).select_related("person__user", "seat__group")
    current = rows.get(pk=number)
    if current.is_mistake or current.ends_on is None:
        raise Unacceptable({"": f"{current.person.name}’s time in the seat was changed since."})
    Seat.objects.select_for_update().get(pk=current.seat_id)
    if not _within(current.seat, current.starts_on, ends_on):
        raise Unacceptable({"": f"The seat of {current.person.name} does not stand on all of these days."})
    _place(
        current.seat, current.person, HoldingKind(current.kind), current.ends_on + timedelta(days=1), ends_on
    )
    before = _told(current)
    current.ends_on, current.end_reason, current.membership = ends_on, "", None
    current.ended_recorded_at, current.ended_by_label = None, ""
    sentence = _give_role(current, by=by, now=now)
    current.version += 1
    current.save()
    record(
        PartnerEntry.SEAT_FILLED, by=by, subject=current, before=before, after=_told(current), reason=reason
    )
    return Filled(current, sentence)


def leave(current: Holding, ends_on: date, reason: str, *, by: Actor, now: datetime) -> Holding:
    """Let a holding that was read and locked end with this day, and the role that came with it."""
    before = _told(current)
    current.ends_on, current.end_reason = ends_on, reason
    current.ended_recorded_at, current.ended_by_label = now, by.label
    current.version += 1
    current.save()
    record(PartnerEntry.SEAT_LEFT, by=by, subject=current, before=before, after=_told(current), reason=reason)
    if current.membership_id and not _handed_over(current):
        gone = timezone.localdate(now) if current.is_mistake else ends_on + timedelta(days=1)
        access.end_from(current.membership_id, gone, by=by, reason=WITH_THE_SEAT)
    return current


def _handed_over(current: Holding) -> bool:
    """Whether another seat of the same person on the group, which gives the same role, keeps it for them."""
    role = _role_of(current)
    others = Holding.objects.filter(
        person=current.person_id, seat__group=current.seat.group_id, membership=None, is_mistake=False
    ).exclude(pk=current.pk)
    for other in others.filter(ends_on=None).select_related("seat").order_by("starts_on", "id"):
        if _role_of(other) == role:
            other.membership_id = current.membership_id
            other.save(update_fields=["membership"])
            return True
    return False


def _give_role(holding: Holding, *, by: Actor, now: datetime) -> str:
    """Give the role that goes with the seat, from today at the earliest: nobody could do anything before that.

    Says why not where it was not given; nothing is said where there is no account, or they hold it all the while.
    """
    user, today = holding.person.user, timezone.localdate(now)
    if user is None or (holding.ends_on and holding.ends_on < today):
        return ""
    if not user.is_active:
        return "Their account is closed, so no role was given."
    role, key = _role_of(holding), holding.seat.group.key
    first = max(holding.starts_on, today)
    held = Membership.objects.filter(user=user, role=role, scope_kind=ScopeKind.GROUP, scope_key=key)
    for ends_on in held.exclude(ends_on__lt=first).values_list("ends_on", flat=True).order_by("starts_on"):
        if ends_on is None or (holding.ends_on and holding.ends_on <= ends_on):
            return ""
        first = ends_on + timedelta(days=1)
    given = access.grant_where_may(user, role, ScopeKind.GROUP, key, first, ends_on=holding.ends_on, by=by)
    if isinstance(given, str):
        return f"No role was given with it. {given}"
    holding.membership = given
    return ""


def _role_of(holding: Holding) -> str:
    return role_with(Position(holding.seat.position), HoldingKind(holding.kind))


def _place(seat: Seat, person: Person, kind: HoldingKind, starts_on: date, ends_on: date | None) -> int:
    """The free place of a holder, 0 for a deputy. Raises Unacceptable."""
    there = [
        each
        for each in Holding.objects.filter(seat=seat, is_mistake=False).select_related("person")
        if meets(starts_on, ends_on, each.starts_on, each.ends_on)
    ]
    if any(each.person_id == person.pk for each in there):
        raise Unacceptable({"person": f"{person.name} is in this seat already on these days."})
    if kind is HoldingKind.DEPUTY:
        return 0
    holders = [each for each in there if each.kind == HoldingKind.HOLDER]
    place = free_place(seat.places, {each.place for each in holders})
    if place is None:
        names = ", ".join(each.person.name for each in holders)
        raise Unacceptable({"person": f"The seat is held on these days by: {names}."})
    return place


def _within(seat: Seat, starts_on: date, ends_on: date | None) -> bool:
    """Whether the seat stands on every one of the days."""
    begins = seat.starts_on is None or seat.starts_on <= starts_on
    return begins and (seat.ends_on is None or (ends_on is not None and ends_on <= seat.ends_on))


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """What says something, for the journal."""
    return {field: value for field, value in values.items() if value not in (None, "")}


def _told(holding: Holding) -> dict[str, Any]:
    """A holding as the journal keeps it: numbers, no name."""
    return plain(
        {
            "seat": holding.seat_id,
            "person": holding.person_id,
            "kind": holding.kind,
            "starts_on": holding.starts_on,
            "ends_on": holding.ends_on,
            "membership": holding.membership_id,
            "is_mistake": holding.is_mistake or None,
        }
    )
