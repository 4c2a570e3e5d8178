"""What is true of seats: who holds one on a day, which role goes with it, in what order they are told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sightline.partners.choices import HoldingKind, Position

# The role over the group that a seat of a position gives its holder (definitions/roles.yaml says what each may do).
# A vice-chair does a chair's work whenever the chair is away.
ROLES: dict[Position, str] = {
    Position.CHAIR: "chair",
    Position.VICE_CHAIR: "chair",
    Position.SECRETARY: "member",
    Position.MEMBER: "member",
    Position.ADVISER: "member",
    Position.OBSERVER: "member",
}


def role_with(position: Position, kind: HoldingKind) -> str:
    """The role that goes with a seat. A deputy is a member: a chair hands their own role on themselves."""
    return ROLES[position] if kind is HoldingKind.HOLDER else "member"


def meets(starts: date | None, ends: date | None, other_starts: date | None, other_ends: date | None) -> bool:
    """Whether two times share a day. An open side goes on for ever."""
    return (ends is None or other_starts is None or other_starts <= ends) and (
        other_ends is None or starts is None or starts <= other_ends
    )


def free_place(places: int, taken: Collection[int]) -> int | None:
    """The first place of a seat that nobody holds; None where all are held."""
    return next((place for place in range(1, places + 1) if place not in taken), None)
