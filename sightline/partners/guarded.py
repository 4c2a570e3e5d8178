"""Who may read the partners that the journal tells of, and which of their parts have entries of their own."""

from __future__ import annotations

from typing import Any

from sightline.events.guards import Guard
from sightline.partners import selectors
from sightline.partners.models import Agency, Group, Person


def _names(party: Any) -> dict[str, list[int]]:
    return {"alias": list(party.aliases.values_list("pk", flat=True))}


offered = [
    Guard("partners", Agency, selectors.agencies, lambda agency: f"/partners/agencies/{agency.pk}/", _names),
    Guard("partners", Group, selectors.groups, lambda group: f"/partners/groups/{group.pk}/", _names),
    Guard("partners", Person, selectors.people, lambda person: f"/partners/people/{person.pk}/", _names),
]
