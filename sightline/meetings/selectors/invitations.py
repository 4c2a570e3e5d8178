"""Whom a meeting invites, and who was invited."""

from __future__ import annotations

from sightline.meetings.models import Invitation, Meeting
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Holding, Person, Seat
from sightline.partners.selectors import standing


def members_of(meeting: Meeting) -> dict[Person, str]:
    """Who holds a seat of the group on the day of the meeting, with the address to write to; one query."""
    on = meeting.held_on
    seats = Seat.objects.filter(standing(on), group=meeting.group_id)
    held = Holding.objects.filter(
        standing(on), seat__in=seats, kind=HoldingKind.HOLDER.value, is_mistake=False
    )
    people = {
        row.person: row.person.email for row in held.select_related("person").order_by("person__name", "pk")
    }
    return {person: email for person, email in people.items() if email}


def invited_of(meeting: Meeting) -> dict[int, Invitation]:
    """What each person was told last of a meeting, by their number; one query."""
    rows = Invitation.objects.filter(meeting=meeting).select_related("person").order_by("sequence")
    return {row.person_id: row for row in rows}
