"""Owners, sources and printed numbers of actions: what permissions, labels and links of a row look at."""

from __future__ import annotations

from django.db.models import QuerySet

from sightline.partners.models import Agency, Group, Person
from sightline.plans.models import Action, ActionNumber, ActionOwner, ActionSource, Recommendation, Source
from sightline.plans.selectors.gathering import Belonging, Whole, gathering

_SOURCE = Whole(Source, without=frozenset({"summary"}))
OWNERS = Belonging(
    "owners",
    Whole(
        ActionOwner,
        {"agency": Whole(Agency), "group": Whole(Group), "person": Whole(Person, {"agency": Whole(Agency)})},
    ),
)
SOURCES = Belonging(
    "sources",
    Whole(ActionSource, {"source": _SOURCE, "recommendation": Whole(Recommendation, {"source": _SOURCE})}),
)
NUMBERS = Belonging("numbers", Whole(ActionNumber))


def with_parties(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions with owners, sources and numbers; one query, whatever their number."""
    return gathering(actions, OWNERS, SOURCES, NUMBERS)
