"""What the page of a person shows of meetings: what was declared from their seats, to who reads their declarations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from sightline.meetings.models import Interest
from sightline.meetings.selectors.interests import interests_visible_to
from sightline.partners.beside import Line, Part
from sightline.partners.models import Holding, Party, Person
from sightline.partners.permissions import can_declare

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

MOST = 10
EMPTY = "Nothing was declared from a seat of theirs."


def offered(user: Reader, party: Party, on: date) -> tuple[Part, ...]:
    """The newest declarations from seats that this person was in on the day; one query, none for who may not read them.

    A meeting keeps the seat that declared, not who spoke: it may have been a deputy.
    """
    if not isinstance(party, Person) or not can_declare(user, party):
        return ()
    sat = Holding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("meeting__held_on")),
        seat=OuterRef("seat"),
        person=party,
        starts_on__lte=OuterRef("meeting__held_on"),
        is_mistake=False,
    )
    found = interests_visible_to(user).filter(Exists(sat), mistake="", is_nil=False)
    lines = tuple(map(_line, found.order_by(F("meeting__held_on").desc(), "-pk")[:MOST]))
    return (Part("Declared at meetings from their seats", lines, empty=EMPTY),)


def _line(found: Interest) -> Line:
    href = reverse("meetings:meeting", args=[found.meeting_id]) + "#interests"
    return Line(str(found.meeting), href, found.who)
