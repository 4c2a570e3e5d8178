"""Risks of the invented county: how they were scored, treated and reviewed, each on its day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sightline.challenges.choices import RiskDeed, RiskOutcome, Scored
from sightline.challenges.models import Risk
from sightline.challenges.rules.scoring import Score
from sightline.challenges.services import RiskGiven, RiskMore, do_risk, raise_risk
from sightline.demo.services.challenges import party, said_in, typed_by
from sightline.demo.services.partners import People
from sightline.events.choices import Tier

Row = Mapping[str, Any]


def load_risks(told: Row, people: People) -> None:
    """Raise each risk, and do about it what is told, each on its day (days before the day of loading)."""
    for row in told["risks"]:
        made = _raise(row, people)
        for step in row.get("steps", ()):
            _do(made, step, people)


def _raise(row: Row, people: People) -> Risk:
    day = people.on - timedelta(days=row["days"])
    owner = party(row["owner"], people)
    if owner is None:
        raise KeyError(row["owner"])
    given = RiskGiven(
        **{name: row[name] for name in ("title", "cause", "event", "effect")},
        owner=owner,
        scores={of: Score(*row[of.value]) for of in Scored},
        review_months=row["months"],
        raised_on=day,
        controls=tuple(row.get("controls", ())),
        tier=Tier(row.get("tier", Tier.T1.value)),
    )
    said = said_in(row, row["event"], day)
    return raise_risk(given, said, by=typed_by(row, people), now=people.moment(day))


def _do(made: Risk, step: Row, people: People) -> None:
    day = people.on - timedelta(days=step["days"])
    made.refresh_from_db()
    more = RiskMore(
        score=Score(*step["score"]) if "score" in step else None,
        of=Scored(step.get("of", Scored.RESIDUAL.value)),
        control=made.controls.get(text=step["control"]) if "control" in step else None,
        is_planned=step.get("planned", False),
        review_on=day + timedelta(days=step["again"]) if "again" in step else None,
        outcome=RiskOutcome(step["as"]) if "as" in step else None,
    )
    said = said_in(step, step["text"], day)
    who = typed_by(step, people)
    do_risk(
        made,
        RiskDeed(step["do"]),
        said,
        version=made.version,
        more=more,
        by=who,
        now=people.moment(day),
    )
