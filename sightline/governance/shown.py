"""What the page of a group shows of governance."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.governance.permissions import can_keep
from sightline.partners.beside import Line, Part
from sightline.partners.models import Group, Party

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader


def offered(user: Reader, party: Party, on: date) -> tuple[Part, ...]:
    """Of a group: the way to its membership lists, for those who keep seats."""
    if not isinstance(party, Group) or not can_keep(user):
        return ()
    return (
        Part(
            "",
            (Line("Read in a membership list", reverse("governance:lists", args=[party.pk])),),
            place="seats",
        ),
    )
