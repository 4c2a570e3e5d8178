"""Who may read the accounts that the journal tells of, and which tables the net lies under."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from sightline.access.choices import Permission
from sightline.access.models import Identity, Membership, Token, User
from sightline.access.permissions import scope_of
from sightline.events.guards import Guard
from sightline.events.net import Covered


def _visible(reader: Any) -> QuerySet[User] | None:
    """Accounts are looked after by the unit; who may read the whole journal reads what was done to them."""
    scope = scope_of(reader)
    may = scope.holds(Permission.ACCESS_MANAGE) or scope.holds(Permission.JOURNAL_VIEW)
    return User.objects.all() if may else None


def _memberships(user: User) -> dict[str, list[int]]:
    return {
        "membership": list(Membership.objects.filter(user=user).values_list("pk", flat=True)),
        "token": list(Token.objects.filter(user=user).values_list("pk", flat=True)),
        "identity": list(Identity.objects.filter(user=user).values_list("pk", flat=True)),
    }


offered = [Guard("access", User, _visible, parts=_memberships)]
# Names, addresses and passwords are named, never noted: what stands in the net cannot be shredded.
NETTED = [
    Covered(
        "access",
        "user",
        "access_user",
        shown=("is_active", "is_supplier"),
        named=("email", "name", "password"),
    ),
    Covered(
        "access",
        "membership",
        "access_membership",
        shown=("user_id", "role", "scope_kind", "scope_key", "starts_on", "ends_on", "until", "lent_from_id"),
    ),
    Covered(
        "access",
        "token",
        "access_token",
        shown=("user_id", "scopes", "strong", "expires_on", "ended_at"),
        named=("name", "digest"),
    ),
    Covered("access", "identity", "access_identity", shown=("user_id",), named=("issuer", "subject")),
]
