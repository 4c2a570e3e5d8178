"""What of partners can be found by searching, and who may find it."""

from __future__ import annotations

from sightline.partners import selectors
from sightline.partners.models import Agency, Group, Person
from sightline.partners.words import of_parties
from sightline.search.registry import Guard, Kind, Offer

offered = Offer(
    guards=(
        Guard("group", selectors.groups),
        Guard("agency", selectors.agencies),
        Guard("person", selectors.people),
    ),
    kinds=(
        Kind(
            "group",
            ("Group", "Groups"),
            "group",
            Group,
            lambda: Group.objects.prefetch_related("aliases"),
            of_parties,
            50,
        ),
        Kind(
            "agency",
            ("Agency", "Agencies"),
            "agency",
            Agency,
            lambda: Agency.objects.prefetch_related("aliases"),
            of_parties,
            51,
        ),
        Kind(
            "person",
            ("Person", "People"),
            "person",
            Person,
            lambda: Person.objects.prefetch_related("aliases"),
            of_parties,
            52,
        ),
    ),
)
