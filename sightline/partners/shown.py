"""What partners themselves show on the page of a person, to that person and to who keeps partners."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.partners import permissions
from sightline.partners.beside import Line, Part
from sightline.partners.models import Party, Person

if TYPE_CHECKING:
    from sightline.partners.selectors import Who


def offered(user: Who, party: Party, on: date) -> tuple[Part, ...]:
    """The way to somebody's declarations."""
    if not isinstance(party, Person) or not permissions.can_declare(user, party):
        return ()
    line = Line("Interests and confidentiality: look, or sign", reverse("partners:declare", args=[party.pk]))
    return (Part("Declarations", (line,)),)
