"""What makes the line of sight of the invented county worth looking along: loose ends, and words that were changed."""

from __future__ import annotations

from typing import Any

from sightline.demo.services.partners import People
from sightline.demo.story import Calendar
from sightline.plans.models import Action, Priority, Source
from sightline.plans.services.actions import edit_action
from sightline.plans.services.plans import add_outcome, create_recommendation


def load_sight(words: dict[str, Any], calendar: Calendar, people: People) -> None:
    """A recommendation nobody answers, an outcome nobody works towards, and edits of the last months."""
    now = people.moment(people.on)
    asked, aim = words["recommendation"], words["outcome"]
    source = Source.objects.get(title=asked["source"])
    create_recommendation(source, number=asked["n"], text=asked["text"], by=people.manager, now=now)
    priority = Priority.objects.order_by("pk").filter(number=aim["priority"]).last()
    if priority:
        add_outcome(priority, text=aim["text"], by=people.manager, now=now)
    for edit in words["edits"]:
        named = Action.objects.filter(numbers__text=edit["n"], plan__name=edit["plan"])
        for action in named:
            day = calendar.day_in(edit["month"], 5)
            edit_action(
                action,
                action.version,
                {"text": edit["a"]},
                by=people.manager,
                now=people.moment(day),
                reason=edit["why"],
                refresh=False,
            )
