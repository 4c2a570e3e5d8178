"""Who in the invented county has signed, and what everybody is told of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sightline.demo.services.partners import People
from sightline.messages.services import make_notices
from sightline.partners.choices import Signed
from sightline.partners.models import Person
from sightline.partners.rules.declarations import wordings
from sightline.partners.services import DeclarationGiven, ask_for_declarations, sign


def load_declarations(words: dict[str, Any], people: People) -> None:
    """The declarations of `declarations.yaml`, each by its person, or by the unit from paper."""
    who = {person.name: person for person in Person.objects.select_related("user")}
    for row in words["declarations"]:
        person, day = who[row["who"]], people.on - timedelta(days=row["days"])
        said = row.get("interests", "")
        how = Signed(row.get("how", "here" if person.user else "paper"))
        given = DeclarationGiven(wordings()[-1].version, bool(said), said, day, how)
        by = person.user.actor if person.user and how == Signed.HERE else people.manager
        sign(person, given, by=by, now=people.moment(day))


def tell_everybody(people: People) -> None:
    """Ask who has not signed, and put into everybody's list what needs them; nobody is written to."""
    now = people.moment(people.on)
    ask_for_declarations(now)
    make_notices(now)
