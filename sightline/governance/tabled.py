"""A group's terms of reference can stand on an agenda: as a whole, because a review may end with another version."""

from __future__ import annotations

from sightline.access.tabling import Kind
from sightline.partners.models import Group
from sightline.partners.selectors import groups

offered = [
    Kind(
        "Terms of reference",
        Group,
        "governance:terms",
        groups,
        part="pk",
        number=lambda group: f"of {group.name}",
        title=lambda group: f"Terms of reference of {group.name}",
    )
]
