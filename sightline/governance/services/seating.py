"""What a confirmed membership list does to seats, row by row, through the services that people use."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from sightline.access.permissions import Refused
from sightline.events.choices import Actor
from sightline.governance.choices import FATE_LABELS, Fate
from sightline.governance.models import MemberList
from sightline.governance.rules.lists import VACANT, Known, Leaving, Proposal, position_named
from sightline.governance.selectors.lists import Preview
from sightline.partners.choices import Unacceptable
from sightline.partners.models import Agency, Holding, Person
from sightline.partners.rules import matching
from sightline.partners.services import (
    SeatGiven,
    add_seat,
    create_agency,
    create_person,
    fill_seat,
    leave_seat,
    remember_alias,
)

NOT_ON_IT = "Not on the membership list of this day"
BEGAN_LATER = "Their time in the seat began on that day or later: it was left as it is."


def seat_all(
    found: MemberList, shown: Preview, *, by: Actor, now: datetime
) -> dict[str, list[dict[str, Any]]]:
    """Let those leave who are not on the list, then put every row that is taken into its seat.

    Returns what became of every row (`taken`, `left_out`) and of everybody who was to leave (`left`, `stayed`), and the
    numbers of seats and times in them that were `made` and `ended`. A row that a service refuses is left out with its
    sentence, and nothing of it is kept.
    """
    kinds = ("taken", "left_out", "left", "stayed", "made", "ended")
    outcome: dict[str, list[dict[str, Any]]] = {kind: [] for kind in kinds}
    for leaving in shown.leaving:
        held = _holding(leaving, shown)
        until = held.ends_on.isoformat() if held.ends_on else ""
        kept, told = _let_leave(found, leaving, held, shown, by, now)
        outcome["stayed" if kept else "left"].append(
            {"seat": leaving.seat, "person": leaving.person, "told": told}
        )
        outcome["ended"] += [] if kept else [{"holding": held.pk, "until": until}]
    many = _many(shown)
    for each in shown.proposals:
        told = each.reason
        if each.is_taken:
            made: dict[str, int] = {}
            told, refused = _try(found, each, shown.known, many, made, by, now)
            if not refused:
                outcome["taken"].append({"row": each.row.index, "told": told})
                outcome["made"] += [made] if made else []
                continue
        outcome["left_out"].append({"row": each.row.index, "told": told})
    outcome["left_out"] += [{"row": None, "told": f"{where}: {words}"} for where, words in shown.unread]
    return outcome


def _let_leave(
    found: MemberList, leaving: Leaving, held: Holding, shown: Preview, by: Actor, now: datetime
) -> tuple[bool, str]:
    """Whether somebody stays in their seat, and what is told of it."""
    if leaving.person in shown.staying:
        return True, "Not on the list; kept in the seat by whoever looked it over."
    last = found.day - timedelta(days=1)
    if held.starts_on > last:
        return True, BEGAN_LATER
    try:
        with transaction.atomic():
            leave_seat(held, last, version=held.version, by=by, now=now, reason=NOT_ON_IT)
    except (Unacceptable, Refused) as refused:
        return True, str(refused)
    return False, NOT_ON_IT


def _holding(leaving: Leaving, shown: Preview) -> Holding:
    seat = next(seat for seat in shown.seats if seat.seat.pk == leaving.seat)
    return next(held for held in (*seat.holders, *seat.deputies) if held.person_id == leaving.person)


def _many(shown: Preview) -> set[int | str]:
    """The agencies for which the list has several new seats: each is told apart by its post then."""
    seen = [each.agency or each.row.organisation for each in shown.proposals if each.new_seat]
    return {agency for agency in seen if agency and seen.count(agency) > 1}


def _try(
    found: MemberList,
    each: Proposal,
    known: Known,
    many: set[int | str],
    made: dict[str, int],
    by: Actor,
    now: datetime,
) -> tuple[str, bool]:
    """What is told of a row, and whether it was refused; the records that it `made` by their numbers."""
    if each.fate in (Fate.STAYS, Fate.VACANT) and not each.new_seat:
        return FATE_LABELS[each.fate], False
    try:
        with transaction.atomic():
            return _put(found, each, known, many, made, by, now), False
    except (Unacceptable, Refused) as refused:
        return str(refused), True


def _put(
    found: MemberList,
    each: Proposal,
    known: Known,
    many: set[int | str],
    made: dict[str, int],
    by: Actor,
    now: datetime,
) -> str:
    """Put a row into its seat; agency, person and seat are added where they are new. Returns what is told of it."""
    agency = _agency(each, by)
    seat = each.seat
    if not seat:
        seat = made["seat"] = add_seat(found.group, _seat(each, agency, known, many), by=by, now=now).pk
    if each.row.held_as == VACANT:
        return FATE_LABELS[each.fate]
    filled = fill_seat(
        seat, _person(each, agency, by), each.row.kind, found.day, by=by, now=now, began_before=True
    )
    made["holding"] = filled.holding.pk
    return " ".join(part for part in (f"{FATE_LABELS[each.fate]}.", filled.sentence) if part)


def _agency(each: Proposal, by: Actor) -> Agency | None:
    """The agency of a row; a name that somebody said stands for it is remembered."""
    text = each.row.organisation
    if each.new_agency:
        standing = Agency.objects.filter(name__iexact=text).first()
        return standing or create_agency(text, by=by)
    if each.agency is None:
        return None
    agency = Agency.objects.get(pk=each.agency)
    if text:
        remember_alias(text, agency, by=by)
    return agency


def _person(each: Proposal, agency: Agency | None, by: Actor) -> Person:
    if each.person is not None:
        return Person.objects.get(pk=each.person)
    return create_person(each.row.name, post=each.row.post, agency=agency, by=by)


def _seat(each: Proposal, agency: Agency | None, known: Known, many: set[int | str]) -> SeatGiven:
    """A new seat: as a list of ours names it, else for the agency, told apart by the post where there are several."""
    row = each.row
    position = position_named(row.position)
    if row.seat:
        named = matching(row.seat, [name for name in known.names if name.kind == "agency"])
        if named:
            return SeatGiven(agencies=[Agency.objects.get(pk=named.id)], position=position)
        return SeatGiven(agencies=[agency] if agency else [], words=row.seat, position=position)
    if agency is None:
        return SeatGiven(words=row.post or row.organisation or "Member", position=position)
    is_one_of_many = (each.agency or row.organisation) in many
    return SeatGiven(agencies=[agency], words=row.post if is_one_of_many else "", position=position)
