"""The numbers of the actions that somebody answers for, to be looked up once.

Asked anew for every row, a database scans all that the owner has; and with an "or" over joins, every owner there is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sightline.partners.models import Agency, Group, Person
from sightline.plans.models import ActionOwner

Numbers = QuerySet[ActionOwner, Any]


def owned_by_group(key: str) -> Numbers:
    """Actions of the group with this key."""
    return _of(group=Group.objects.filter(key=key).values("pk")[:1])


def owned_by_agency(key: str) -> Numbers:
    """Actions of the agency with this key, and of its people."""
    agency = Agency.objects.filter(key=key).values("pk")[:1]
    people = Person.objects.filter(agency=agency).values("pk")
    return _of(agency=agency).union(_of(person__in=people), all=True)


def without_holder() -> Numbers:
    """Actions for which a post answers that nobody holds."""
    return _of(vacant_since__isnull=False)


def _of(**owner: Any) -> Numbers:
    return ActionOwner.objects.filter(**owner).order_by().values("action")
