"""Others who use Sightline in the invented county, and a chair's deputy."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sightline.access.models import Membership, User
from sightline.access.services import lend
from sightline.demo.services.partners import People, load_person
from sightline.demo.story import Calendar


def load_roles(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """Everybody in `roles.yaml`; then a chair who is away hands her role to somebody for a time."""
    for row in words["people"]:
        load_person(row, people, calendar)
    told = words["deputy"]
    chair = User.objects.get(email=told["of"])
    own, last = Membership.objects.get(user=chair), calendar.on + timedelta(days=told["days"] - 1)
    lend(own, told["to"], calendar.on, last, today=calendar.on, by=chair.actor)
