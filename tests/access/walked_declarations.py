"""Declarations, and who sits where, for the walks over every address."""

from __future__ import annotations

from typing import Any

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, keepers: Roles, members: Roles, readers: Roles) -> dict[str, Any]:
    """Who may open which address."""
    return {
        "partners:structure": row(members),
        "partners:membership": row(readers, args=lambda world: [world.group.pk, "csv"]),
        "partners:declarations": row(keepers),
        "partners:declarations_export": row(keepers, args=lambda world: ["csv"]),
        "partners:declare": row(keepers | {"owner"}, args=owner),
    }


def owner(world: World) -> list[Any]:
    """The owner, who sits on the group."""
    from sightline.events.choices import SYSTEM
    from sightline.partners.services import create_person
    from tests.partners.making import fill, make_seat

    user = world.people["owner"]
    person = create_person(user.name, user=user, by=SYSTEM)
    fill(make_seat(world.group), person)
    return [person.pk]


def paper(world: World) -> dict[str, Any]:
    """What the unit enters of a paper."""
    return {
        "has": "yes",
        "interests": "A charity",
        "agrees": "on",
        "signed_on-day": 2,
        "signed_on-month": 11,
        "signed_on-year": 2026,
    }
