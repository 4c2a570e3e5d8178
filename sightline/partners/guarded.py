"""Who may read the partners that the journal tells of, and which of their parts have entries of their own."""

from __future__ import annotations

from typing import Any

from sightline.events.guards import Guard
from sightline.partners import selectors
from sightline.partners.models import Agency, Group, Holding, Person, Seat


def _names(party: Any) -> dict[str, list[int]]:
    return {"alias": list(party.aliases.values_list("pk", flat=True))}


def _group(group: Group) -> dict[str, list[int]]:
    """Its names, its seats, and who held them."""
    return _names(group) | {
        "seat": list(group.seats.values_list("pk", flat=True)),
        "holding": list(Holding.objects.filter(seat__group=group).values_list("pk", flat=True)),
    }


def _seat(seat: Seat) -> dict[str, list[int]]:
    return {"holding": list(seat.holdings.values_list("pk", flat=True))}


offered = [
    Guard("partners", Agency, selectors.agencies, lambda agency: f"/partners/agencies/{agency.pk}/", _names),
    Guard("partners", Group, selectors.groups, lambda group: f"/partners/groups/{group.pk}/", _group),
    Guard("partners", Person, selectors.people, lambda person: f"/partners/people/{person.pk}/", _names),
    Guard("partners", Seat, selectors.seats, lambda seat: f"/partners/seats/{seat.pk}/", _seat),
]
