"""Who may read the accounts that the journal tells of."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sightline.access.choices import Permission
from sightline.access.models import Membership, User
from sightline.access.permissions import scope_of
from sightline.events.guards import Guard


def _visible(reader: Any) -> QuerySet[User] | None:
    """Accounts are looked after by the unit; who may read the whole journal reads what was done to them."""
    scope = scope_of(reader)
    may = scope.holds(Permission.ACCESS_MANAGE) or scope.holds(Permission.JOURNAL_VIEW)
    return User.objects.all() if may else None


def _memberships(user: User) -> dict[str, list[int]]:
    return {"membership": list(Membership.objects.filter(user=user).values_list("pk", flat=True))}


offered = [Guard("access", User, _visible, parts=_memberships)]
