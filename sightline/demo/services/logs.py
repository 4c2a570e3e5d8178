"""The logs of the invented county: challenges, risks and scrutiny."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.services import refresh_work
from sightline.demo.services.challenges import load_challenges
from sightline.demo.services.partners import People
from sightline.demo.services.risks import load_risks
from sightline.demo.services.scrutiny import load_scrutiny
from sightline.plans.models import Action, Plan, Recommendation
from sightline.plans.services import name_answer

Row = Mapping[str, Any]
LOGS: Mapping[str, Any] = {"challenge": Challenge, "risk": Risk, "scrutiny": Scrutiny}


def load_logs(told: Callable[[str], Any], people: People) -> None:
    """Challenges, risks, what the scrutineer found, then what answers them; `told(name)` is what a file tells."""
    load_challenges(told("challenges"), people)
    load_risks(told("risks"), people)
    load_scrutiny(told("scrutiny"), people)
    for row in told("answering")["answers"]:
        _answer(row, people)
    refresh_work(now=people.moment(people.on))


def _answer(row: Row, people: People) -> None:
    """Name what answers one record; a title that finds nothing is a fault of the story."""
    kind = next(kind for kind in LOGS if kind in row)
    found = LOGS[kind]._default_manager.get(title=row[kind])
    day = people.on - timedelta(days=row["days"])
    for answer in _named(row):
        name_answer(found, answer, reason=row["why"], as_at=day, by=people.manager, now=people.moment(day))


def _named(row: Row) -> list[Action | Recommendation | Plan]:
    if "recommendation" in row:
        return [Recommendation.objects.get(number=row["recommendation"], source__title=row["source"])]
    plan = Plan.objects.get(name=row["plan"])
    if "actions" not in row:
        return [plan]
    return [plan.actions.get(numbers__text=number) for number in row["actions"]]
