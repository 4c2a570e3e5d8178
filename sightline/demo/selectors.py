"""Whom one may be in the demonstration."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.access.models import Membership, User
from sightline.access.roles import roles


@dataclass(frozen=True)
class Player:
    """One person to sign in as: the first of the invented county who holds the role."""

    role: str
    role_name: str
    sentence: str
    user: User


def players() -> list[Player]:
    """One person for each role that somebody active holds, in the order of the roles; one query."""
    first: dict[str, User] = {}
    held = Membership.objects.filter(user__is_active=True).select_related("user").order_by("pk")
    for membership in held:
        first.setdefault(membership.role, membership.user)
    return [
        Player(key, role.name, role.sentence, first[key]) for key, role in roles().items() if key in first
    ]


def player_of(role: str) -> Player | None:
    """The person who stands for this role; None where nobody does."""
    return next((player for player in players() if player.role == role), None)
