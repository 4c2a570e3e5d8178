"""The scrutiny log of the invented county: what was found, what partners answered, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sightline.challenges.choices import Looked, ScrutinyDeed, Verdict
from sightline.challenges.models import Scrutiny
from sightline.challenges.services import ScrutinyGiven, ScrutinyMore, do_scrutiny, record_scrutiny
from sightline.demo.services.challenges import party, said_in, typed_by
from sightline.demo.services.partners import People
from sightline.events.choices import Tier

Row = Mapping[str, Any]


def load_scrutiny(told: Row, people: People) -> None:
    """Write each entry, and do about it what is told, each on its day (days before the day of loading)."""
    for row in told["entries"]:
        made = _record(row, people)
        for step in row.get("steps", ()):
            _do(made, step, people)


def _record(row: Row, people: People) -> Scrutiny:
    day = people.on - timedelta(days=row["days"])
    asked = [party(named, people) for named in row.get("of", ())]
    given = ScrutinyGiven(
        title=row["title"],
        kind=Looked(row["kind"]),
        seen_on=day,
        looked_at=row["looked_at"],
        found=row["found"],
        asked=row.get("asked", ""),
        of=[each for each in asked if each],
        due_on=day + timedelta(days=row["within"]) if "within" in row else None,
        tier=Tier(row.get("tier", Tier.T1.value)),
    )
    return record_scrutiny(given, by=typed_by(row, people), now=people.moment(day))


def _do(made: Scrutiny, step: Row, people: People) -> None:
    day = people.on - timedelta(days=step["days"])
    made.refresh_from_db()
    answers = party(step.get("from", ""), people)
    more = ScrutinyMore(
        partner=next((each for each in made.partners.all() if answers and each.partner == answers), None),
        verdict=Verdict(step["verdict"]) if "verdict" in step else None,
    )
    said = said_in(step, step["text"], day)
    do_scrutiny(
        made,
        ScrutinyDeed(step["do"]),
        said,
        version=made.version,
        more=more,
        by=typed_by(step, people),
        now=people.moment(day),
    )
