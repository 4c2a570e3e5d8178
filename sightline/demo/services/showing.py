"""What waits for somebody in the invented county: a second person’s word, an answer, a plan to come."""

from __future__ import annotations

from importlib import resources
from typing import Any

from django.core.files.base import ContentFile

from sightline.demo.services.partners import People
from sightline.partners.selectors import match_owner
from sightline.plans.choices import EvidenceQuarter, ReceivedHow, ReferenceKind
from sightline.plans.models import Action, Plan
from sightline.plans.services.accounts import add_version, claim_completion, record_evidence, return_update
from sightline.plans.services.actions import add_action
from sightline.plans.services.given import ActionGiven, OwnerGiven, ReferenceGiven


def load_showing(words: dict[str, Any], people: People) -> None:
    """A claim with a file to its evidence, put right once; an update returned; a pointer to a plan not yet here."""
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
    said: dict[str, Any] = {
        "said_by": told["by"],
        "received_how": ReceivedHow.EMAIL,
        "by": people.second,
        "now": people.moment(people.on),
    }
    action, quarter = _action(told), EvidenceQuarter(told["quarter"])
    shown = record_evidence(
        action, quarter, told["shows"], dated_on=people.on, files=[_file(told["file"])], **said
    )
    newer, kept = told["newer"], shown.files.select_related("document").get()
    add_version(action, kept, _file(newer["file"]), newer["because"], by=people.second, now=said["now"])
    claim_completion(action, told["said"], as_at=people.on, **said)


def _file(name: str) -> ContentFile[bytes]:
    content = (resources.files("sightline.demo") / "wealdshire" / name).read_bytes()
    return ContentFile(content, name=name)


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
