"""What stands upon the seats that a membership list filled, left or added, so that it cannot be withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sightline.governance.choices import ListState
from sightline.governance.models import MemberList
from sightline.governance.standing import upon_seats
from sightline.partners.models import Holding
from sightline.screens.words import day

BEFORE = "It was confirmed before lists kept which records they made. Put its seats right one by one."


def standing_upon(found: MemberList) -> list[str]:
    """Sentences, each saying what has to be put right first; none where the list can be withdrawn. Four queries."""
    since = found.confirmed_at
    if since is None or "made" not in found.outcome:
        return [BEFORE]
    made = {row["holding"] for row in found.outcome["made"] if "holding" in row}
    ended = {row["holding"] for row in found.outcome["ended"]}
    touched = list(Holding.objects.filter(pk__in=made | ended).select_related("person", "seat"))
    seats = {each.seat_id for each in touched} | {
        row["seat"] for row in found.outcome["made"] if "seat" in row
    }
    return [*_later(found), *_changed(touched, made, seats, since), *upon_seats(seats, since)]


def _later(found: MemberList) -> Iterator[str]:
    """A list of the group that was confirmed after it."""
    later = MemberList.objects.filter(group=found.group_id, confirmed_at__gt=found.confirmed_at)
    for each in later.exclude(state=ListState.WITHDRAWN.value).order_by("confirmed_at")[:1]:
        yield f"The list of {day(each.as_at)} was confirmed after it. Withdraw that one first."


def _changed(touched: list[Holding], made: set[int], seats: set[int], since: datetime) -> Iterator[str]:
    """Times in seats that were changed, or entered, after the list was confirmed."""
    for each in touched:
        if each.pk in made and each.version > 1:
            yield f"{each.person.name}’s time in the seat “{each.seat}” was changed since."
    others = Holding.objects.filter(seat__in=seats, recorded_at__gt=since, is_mistake=False)
    for other in others.select_related("person", "seat").order_by("pk")[:5]:
        yield f"{other.person.name} was put into the seat “{other.seat}” since."
