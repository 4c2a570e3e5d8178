"""Membership lists somebody may look at, and what one would change as things stand now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.governance.choices import Fate
from sightline.governance.models import MemberList
from sightline.governance.rules import lists as rules
from sightline.governance.rules.lists import Decision, Known, KnownSeat, Leaving, Printed, Proposal, propose
from sightline.identifying import telling_cells
from sightline.partners.choices import HOLDING_LABELS, HoldingKind
from sightline.partners.models import Person, Seat
from sightline.partners.rules.seats import role_with
from sightline.partners.selectors import SeatThen, names_now, seats_then, standing

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader

STAY = "stay"
_DEPUTY = HOLDING_LABELS[HoldingKind.DEPUTY].lower()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do on its day: every row, who would leave, and the seats and names that were looked at."""

    proposals: tuple[Proposal, ...]
    leaving: tuple[Leaving, ...]
    staying: frozenset[int]
    seats: tuple[SeatThen, ...]
    known: Known
    unread: tuple[tuple[str, str], ...] = ()
    accounts: frozenset[int] = frozenset()

    def role_of(self, each: Proposal) -> str:
        """The role over the group that comes with a row's seat, by its key; empty where nobody gets one.

        It comes with an account alone, and not to whoever is in the seat already.
        """
        if each.fate not in (Fate.FILLS, Fate.FOLLOWS, Fate.ADDS) or each.person not in self.accounts:
            return ""
        words = next((seat.position for seat in self.known.seats if seat.id == each.seat), each.row.position)
        return role_with(rules.position_named(words), each.row.kind)

    @property
    def taken(self) -> int:
        """How many rows confirming takes."""
        return sum(each.is_taken for each in self.proposals)

    @property
    def left_out(self) -> int:
        """How many rows it leaves out, those among them that could not be read as a member."""
        return len(self.proposals) - self.taken + len(self.unread)

    @property
    def mark(self) -> str:
        """Of what was shown, so that nobody confirms what has changed since they looked."""
        told = repr((self.proposals, self.leaving, sorted(self.staying)))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def member_lists_visible_to(user: Reader) -> QuerySet[MemberList]:
    """Membership lists this person may look at."""
    found = MemberList.objects.select_related("group", "document").order_by("-recorded_at", "-id")
    return found if scope_of(user).holds(Permission.PARTNERS_WRITE) else found.none()


def preview(found: MemberList) -> Preview:
    """What confirming would do now; four queries. A list without a day is shown as at the day it was uploaded."""
    on = found.as_at or found.recorded_at.date()
    seats = seats_then(Seat.objects.filter(standing(on), group=found.group_id).select_related("group"), on)
    names = names_now()
    known = Known(names.parties, names.own, tuple(map(_known, seats)))
    proposals, leaving = propose(printed(found), known, decisions_of(found))
    staying = frozenset(map(int, found.decisions.get(STAY, ())))
    unread = tuple((row["where"], row["words"]) for row in found.read.get("unread", ()))
    warned = tuple(_warned(each, on.year) for each in proposals)
    people = {each.person for each in proposals if each.person}
    accounts = Person.objects.filter(pk__in=people, user__is_active=True).values_list("pk", flat=True)
    return Preview(warned, tuple(leaving), staying, tuple(seats), known, unread, frozenset(accounts))


def printed(found: MemberList) -> list[Printed]:
    """The rows of a list, in its order."""
    return [Printed(index, **row) for index, row in enumerate(found.read.get("rows", ()))]


def decisions_of(found: MemberList) -> dict[int, Decision]:
    """What was said about rows, by their place."""
    return {int(key): Decision(**said) for key, said in found.decisions.items() if key != STAY}


def _warned(each: Proposal, year: int) -> Proposal:
    """With what its cells hold that may tell who a child is, for somebody to look at."""
    row = each.row
    cells = {"name": row.name, "organisation": row.organisation, "post": row.post, "seat": row.seat}
    told = telling_cells(cells, year)
    return replace(each, doubts=(*each.doubts, *(said for one in told.values() for said in one)))


def held_as(words: str) -> str:
    """What our own lists print in the column "As", as the rules know it."""
    told = words.lower()
    return rules.DEPUTY if told == _DEPUTY else rules.VACANT if told == rules.VACANT else ""


def _known(each: SeatThen) -> KnownSeat:
    return KnownSeat(
        each.seat.pk,
        each.title,
        each.position,
        frozenset(agency.id for agency in each.agencies),
        each.seat.places,
        frozenset(held.person_id for held in each.holders),
        frozenset(held.person_id for held in each.deputies),
    )


def row_of(member: Any) -> dict[str, str]:
    """A member as it is kept with the list, from `reading.schema.MemberRead`."""
    at = member.at
    where = f"line {at.line}" if at.line else f"table {at.table}, row {at.row}" if at.table else ""
    return {
        "name": " ".join(f"{member.forename} {member.surname}".split()),
        "organisation": member.organisation,
        "post": member.post,
        "seat": member.seat,
        "position": member.position,
        "held_as": held_as(member.held_as),
        "where": where,
    }
