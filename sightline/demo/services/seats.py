"""Seats on the groups of the invented county: held, left, joint, vacant."""

from __future__ import annotations

from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Person
from sightline.partners.services import SeatGiven, add_seat, fill_seat


def load_seats(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """The seats of `seats.yaml`, with those who hold and held them. Who has a role already is given no other."""
    who = {person.name: person for person in Person.objects.select_related("user")}
    for row in words["seats"]:
        given = SeatGiven(
            agencies=[people.agencies[key] for key in row["agencies"]],
            words=row.get("words", ""),
            position=row.get("position", "member"),
            is_essential=row.get("essential", False),
            has_vote=row.get("vote", True),
        )
        moment = people.moment(people.on)
        seat = add_seat(people.groups[row["group"]], given, by=people.manager, now=moment)
        for kind, there in ((HoldingKind.HOLDER, "holders"), (HoldingKind.DEPUTY, "deputies")):
            for each in row.get(there, ()):
                first = calendar.month_start(each["from"])
                last = calendar.month_end(each["to"]) if "to" in each else None
                fill_seat(seat.pk, who[each["who"]], kind, first, last, by=people.manager, now=moment)
