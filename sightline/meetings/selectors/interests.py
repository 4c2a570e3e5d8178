"""Interests declared at meetings, as far as a person may read them; and those of the year, for who may read these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.events.choices import Tier
from sightline.meetings.models import Interest, Meeting
from sightline.meetings.selectors.items import readable
from sightline.meetings.selectors.meetings import PlaceThen
from sightline.partners.models import Person
from sightline.partners.selectors.declarations import declarations_visible_to

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


def interests_visible_to(user: Reader) -> QuerySet[Interest]:
    """The interests a person may read, with their meetings and items."""
    found = Interest.objects.select_related("meeting__group", "item")
    return found.filter(readable(user, "meeting__group__key"))


def interests_at(user: Reader, meeting: Meeting) -> list[Interest]:
    """What counts of the interests declared at a meeting, the oldest first; one query."""
    return list(interests_visible_to(user).filter(meeting=meeting, mistake="").order_by("pk"))


def interests_within(meeting: Meeting, tier: Tier) -> list[Interest]:
    """The same for readers of a tier; one query."""
    found = Interest.objects.filter(meeting=meeting, mistake="", tier__lte=tier.value)
    return list(found.select_related("item").order_by("pk"))


def declared_for_the_year(
    user: Reader, meeting: Meeting, places: Iterable[PlaceThen]
) -> list[tuple[str, Person, str]]:
    """What people of the seats said in their last declaration before the meeting, where they have interests.

    Seat, person and words; as far as somebody may read declarations. One query, none for who reads none.
    """
    there: dict[int, str] = {}
    for each in places:
        held = [each.holder] if each.holder else []
        there.update({one.person_id: each.then.title for one in (*held, *each.then.deputies)})
        there.update({each.row.person_id: each.then.title} if each.row and each.row.person_id else {})
    last = {}
    rows = declarations_visible_to(user).filter(person__in=there, signed_on__lte=meeting.held_on)
    for row in rows.order_by("signed_on", "pk"):
        last[row.person_id] = row
    return [(there[number], row.person, row.interests) for number, row in last.items() if row.has_interests]
