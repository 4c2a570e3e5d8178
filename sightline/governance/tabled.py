"""A group's terms of reference can stand on an agenda: as a whole, because a review may end with another version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.access.tabling import Kind
from sightline.partners.models import Group

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader


def _groups(user: Reader) -> QuerySet[Group]:
    found = Group.objects.all()
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


offered = [
    Kind(
        "Terms of reference",
        Group,
        "governance:terms",
        _groups,
        part="pk",
        number=lambda group: f"of {group.name}",
        title=lambda group: f"Terms of reference of {group.name}",
    )
]
