"""Challenges of the invented county, and what was done about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sightline.access.models import User
from sightline.challenges.choices import Changed, Deed, From, Received
from sightline.challenges.models import Challenge
from sightline.challenges.services import ChallengeGiven, Said, do, raise_challenge
from sightline.demo.services.partners import People
from sightline.events.choices import Actor, Tier
from sightline.partners.models import Agency, Group

Row = Mapping[str, Any]


def load_challenges(told: Row, people: People) -> None:
    """Raise each challenge, and do about it what is told, each on its day (days before the day of loading)."""
    for row in told["challenges"]:
        made = _raise(row, people)
        for step in row.get("steps", ()):
            _do(made, step, people)


def party(named: str, people: People) -> Agency | Group | None:
    """The party of "group:KEY" or "agency:KEY"; None for people and the scrutineer."""
    kind, _, key = named.partition(":")
    known: Mapping[str, Mapping[str, Any]] = {"group": people.groups, "agency": people.agencies}
    return known[kind][key] if kind in known else None


def typed_by(row: Row, people: People) -> Actor:
    """Whoever typed it: the person of this address, or the business manager."""
    return User.objects.get(email=row["by"]).actor if "by" in row else people.manager


def said_in(row: Row, text: str, day: date) -> Said:
    """The words, and whose they are where the business unit typed them."""
    return Said(text, day, row.get("said_by", ""), Received(row.get("how", Received.SCREEN.value)))


def _raise(row: Row, people: People) -> Challenge:
    day = people.on - timedelta(days=row["days"])
    given = ChallengeGiven(
        title=row["title"],
        text=row["text"],
        asked=row["asked"],
        raised_on=day,
        due_on=day + timedelta(days=row["within"]),
        to=_known(row["to"], people),
        kind=From(row["from"].partition(":")[0]),
        party=party(row["from"], people),
        by_account="by" in row,
        tier=Tier(row.get("tier", Tier.T1.value)),
    )
    said = said_in(row, row["asked"], day)
    return raise_challenge(given, said, by=typed_by(row, people), now=people.moment(day))


def _known(named: str, people: People) -> Agency | Group:
    found = party(named, people)
    if found is None:
        raise KeyError(named)
    return found


def _do(made: Challenge, step: Row, people: People) -> None:
    day = people.on - timedelta(days=step["days"])
    made.refresh_from_db()
    do(
        made,
        Deed(step["do"]),
        said_in(step, step["text"], day),
        version=made.version,
        by=typed_by(step, people),
        now=people.moment(day),
        changed_for=Changed(step["changed"]) if "changed" in step else None,
        due_on=day + timedelta(days=step["within"]) if "within" in step else None,
    )
