"""What the page of a group shows of the yearly rhythm: the ways to what it owes and is owed, and to its returns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners.beside import Line, Part
from sightline.partners.models import Group, Party

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader


def offered(user: Reader, party: Party, on: date) -> tuple[Part, ...]:
    """Of a group the ways to its part of the forward plan and to its returns; asks nothing."""
    if not isinstance(party, Group) or not scope_of(user).holds(Permission.PLANS_VIEW):
        return ()
    asked = f"?group={party.key}"
    return (
        Part(
            "Its yearly rhythm",
            (
                Line("What lies ahead of it, and what it is owed", f"{reverse('rhythm:ahead')}{asked}"),
                Line("Its returns", f"{reverse('rhythm:returns')}{asked}"),
            ),
        ),
    )
