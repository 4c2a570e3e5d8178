"""The numbers of the actions that somebody answers for, to be looked up once.

Asked anew for every row, a database scans all that the owner has; and with an "or" over joins, every owner there is.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from sightline.partners.models import Agency, Group, Person
from sightline.plans.models import ActionOwner

Numbers = QuerySet[ActionOwner, Any]


def owned_by_group(key: str) -> Numbers:
    """Actions of the group with this key."""
    return _of(group=_first(Group, key))


def owned_by_agency(key: str) -> Numbers:
    """Actions of the agency with this key, and of its people."""
    agency = _first(Agency, key)
    people = Person.objects.filter(agency=agency).values("pk")
    return _of(agency=agency).union(_of(person__in=people), all=True)


def is_owned_by(group: str, agency: str) -> Exists:
    """Whether the action at hand is of the group or of the agency: for a list that is walked in its own order."""
    own = Q(group=_first(Group, group)) if group else Q(agency=_first(Agency, agency))
    people = Q(person__agency=_first(Agency, agency)) if agency else Q()
    return Exists(ActionOwner.objects.filter(own | people, action=OuterRef("pk")))


def _first(model: type[Agency | Group], key: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(key=key).order_by().values("pk")[:1]


def without_holder() -> Numbers:
    """Actions for which a post answers that nobody holds."""
    return _of(vacant_since__isnull=False)


def _of(**owner: Any) -> Numbers:
    return ActionOwner.objects.filter(**owner).order_by().values("action")
