"""Making rounds for tests, by the services that people use."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.partners.models import Person
from sightline.partners.services import create_person
from sightline.plans.models import Action, Plan
from sightline.plans.selectors.rounds import KIND
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.services import AskedGiven, RoundGiven, open_round
from tests.plans.making import make_action, make_plan

ADDRESS = "hana.head@wealdshire.example"
BY_LINK = "the link sent to h•••@wealdshire.example"


def link_in(text: str) -> str:
    """The address of the personal link in an e-mail, without the host."""
    found = re.search(r"/update/\S+/", text)
    assert found, text
    return found[0]


def make_round(plan: Plan, *asked: tuple[Person, tuple[str, int]], now: Any = None, days: int = 30) -> Round:
    """A round of the plan, open from the moment; its e-mails are not sent yet."""
    now = now or timezone.now()
    given = RoundGiven(KIND, plan.pk, "Autumn round", plan.name, timezone.localdate(now) + dt.timedelta(days))
    if plan.group:
        given = RoundGiven(
            given.kind, given.record, given.title, given.about, given.closes_on, plan.group.key
        )
    return open_round(given, [AskedGiven(who, (party,)) for who, party in asked], by=SYSTEM, now=now)


def asked_about(world: Any) -> tuple[Asked, Action]:
    """Somebody of the agency who is asked about its one action, by a link of the secret "secret"."""
    person = create_person("Hana Head", email=ADDRESS, agency=world.agency, by=SYSTEM)
    plan = make_plan(world.group)
    action = make_action(plan, world.agency, due="2020-01-01")
    found = make_round(plan, (person, ("agency", world.agency.pk)))
    asked = found.asked.get()
    digest = hashlib.sha256(b"secret").hexdigest()
    RoundMail.objects.create(
        round=found, asked=asked, what="asked", email=ADDRESS, digest=digest, sent_at=timezone.now()
    )
    return asked, action
