"""What accounts and memberships hold about a person."""

from __future__ import annotations

from typing import Any

from sightline.access.choices import SCOPE_LABELS, ScopeKind
from sightline.access.models import Membership, User
from sightline.access.roles import role
from sightline.events.held import Held


def _accounts(user: Any) -> list[User]:
    return [user]


def _account(user: User) -> list[Any]:
    return [user.name, user.email, user.created_at, user.last_login, user.is_active]


def _memberships(user: Any) -> Any:
    return Membership.objects.filter(user_id=user.pk).order_by("starts_on", "pk")


def _membership(held: Membership) -> list[Any]:
    over = held.scope_key or SCOPE_LABELS[ScopeKind(held.scope_kind)]
    return [role(held.role).name, over, held.starts_on, held.ends_on]


own = [
    Held(
        "account",
        "Your account",
        "To sign you in. Your password is kept as a digest that nobody can read back.",
        ("Name", "E-mail address", "Opened", "Last signed in", "May sign in"),
        _accounts,
        _account,
        10,
    ),
    Held(
        "roles",
        "Your roles",
        "They decide what you may read and do, and from when until when.",
        ("Role", "Over", "From", "Until"),
        _memberships,
        _membership,
        11,
    ),
]
