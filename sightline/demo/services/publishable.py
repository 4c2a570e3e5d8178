"""What may be published of the invented county's plan, agreed, and once withdrawn."""

from __future__ import annotations

from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.plans.models import Plan
from sightline.plans.services.publishable import set_publishable


def load_publishable(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """Say it in the order in which it was agreed."""
    plan = Plan.objects.get(name=words["plan"])
    for told in words["said"]:
        action, day = plan.actions.get(numbers__text=told["n"]), calendar.day_in(told["m"], 12)
        set_publishable(
            action,
            action.version,
            told["text"],
            as_at=day,
            agreed_by=told["by"],
            by=people.manager,
            now=people.moment(day),
        )
