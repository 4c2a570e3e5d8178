"""What waits for somebody in the invented county: a second person’s word, an answer, a plan to come."""

from __future__ import annotations

from importlib import resources
from typing import Any

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.partners.selectors import match_owner
from sightline.plans.choices import EvidenceQuarter, ReceivedHow, ReferenceKind
from sightline.plans.models import Action, Plan
from sightline.plans.services.accounts import claim_completion, record_evidence, return_update
from sightline.plans.services.actions import add_action
from sightline.plans.services.given import ActionGiven, OwnerGiven, ReferenceGiven


def load_showing(words: dict[str, Any], people: People) -> None:
    """A claim with a file to its evidence, an update returned, an action that points at a plan not yet here."""
    _claim(words["done"], people)
    asked = words["asked"]
    update = _action(asked).updates.latest("as_at", "pk")
    now = people.moment(people.on)
    return_update(update, asked["question"], as_at=people.on, by=people.manager, now=now)
    _pointing(words["pointing"], people)


def _action(told: dict[str, Any]) -> Action:
    return Plan.objects.get(name=told["plan"]).actions.get(numbers__text=told["action"])


def _claim(told: dict[str, Any], people: People) -> None:
    """The group’s word, entered by the officer: the manager or the group’s chair is to confirm it."""
    content = (resources.files("sightline.demo") / "wealdshire" / told["file"]).read_bytes()
    said: dict[str, Any] = {
        "said_by": told["by"],
        "received_how": ReceivedHow.EMAIL,
        "by": people.second,
        "now": people.moment(people.on),
    }
    files = [ContentFile(content, name=told["file"])]
    action, quarter = _action(told), EvidenceQuarter(told["quarter"])
    record_evidence(action, quarter, told["shows"], dated_on=people.on, files=files, **said)
    claim_completion(action, told["said"], as_at=people.on, **said)


def _pointing(told: dict[str, Any], people: People) -> None:
    """An action whose words name one of a plan that waits among the imports."""
    plan = Plan.objects.get(name=told["plan"])
    given = ActionGiven(
        told["a"],
        priority=plan.priorities.get(number=told["priority"]),
        numbers=[told["n"]],
        owners=[OwnerGiven(told["lead"], match_owner(told["lead"]))],
        references=[ReferenceGiven(ReferenceKind.OTHER_PLAN, told["number"], told["other"])],
    )
    add_action(plan, given, as_at=people.on, by=people.manager, now=people.moment(people.on))
