"""The open round of updates of the invented county: who was asked, who answered by link or telephone, who is silent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sightline.demo.services.partners import People
from sightline.events.services import deed
from sightline.plans.models import Plan
from sightline.plans.rules.rounds import ActionTold
from sightline.plans.selectors.rounds import about_plan, actions_shown, owners_to_ask
from sightline.plans.services.rounds import hold_asked, tell_together
from sightline.requests.choices import ToldHow
from sightline.requests.models import Asked
from sightline.requests.parts import Voice
from sightline.requests.services import (
    AskedGiven,
    RoundGiven,
    link_actor,
    note_answered,
    open_round,
    send_due,
)

Row = Mapping[str, Any]


def load_rounds(told: Row, people: People) -> None:
    """Open the round, let its e-mails go out, and take the answers that have come, each on its day."""
    plan, day = (
        Plan.objects.select_related("group").get(key=told["plan"]),
        people.on - timedelta(days=told["days"]),
    )
    about = about_plan(plan)
    owners = [owner for owner in owners_to_ask(about, day) if owner.people]
    asked = [AskedGiven(owner.usual or owner.people[0], (owner.party,)) for owner in owners]
    until = day + timedelta(days=told["open_for"])
    given = RoundGiven(about.kind, about.number, told["title"], about.name, until, about.group_key)
    made = open_round(given, asked, by=people.manager, now=people.moment(day))
    send_due(now=people.moment(day))
    for row in told["answers"]:
        _answer(made.asked.select_related("round").get(email=row["from"]), row, people)


@deed
def _answer(asked: Asked, row: Row, people: People) -> None:
    day: date = people.on - timedelta(days=row["days"])
    link = None if "how" in row else asked.mails.first()
    shown, _ = actions_shown([asked], 1)
    told = {action.pk: _told(each, people) for action, each in zip(shown, row["actions"], strict=False)}
    actions = hold_asked([asked], list(told))
    said_by, by = (asked.name, people.manager) if "how" in row else ("", link_actor(asked))
    whom = frozenset((kind, number) for kind, number in asked.answers_for)
    voice, now = Voice(ToldHow(row.get("how", ToldHow.LINK.value)), whom, said_by), people.moment(day)
    tell_together(actions, told, voice, by=by, now=now)
    note_answered(asked, link, by=by, now=now)


def _told(each: Row, people: People) -> ActionTold:
    due_on = people.on + timedelta(days=each["new_date_in"]) if "new_date_in" in each else None
    return ActionTold(**{name: value for name, value in each.items() if name != "new_date_in"}, due_on=due_on)
