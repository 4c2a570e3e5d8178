"""Making challenges and risks for tests, by the services that people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from sightline.challenges.choices import Deed, From, Looked, RiskDeed, Scored, ScrutinyDeed
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.rules.scoring import Score
from sightline.challenges.services import (
    ChallengeGiven,
    RiskGiven,
    RiskMore,
    Said,
    ScrutinyGiven,
    ScrutinyMore,
    do,
    do_risk,
    do_scrutiny,
    raise_challenge,
    raise_risk,
    record_scrutiny,
)
from sightline.challenges.services.risks import Owner
from sightline.events.choices import SYSTEM, Tier
from sightline.partners.models import Agency, Group

RAISED, DUE = date(2026, 6, 1), date(2026, 6, 29)


def make_challenge(
    to: Agency | Group, party: Agency | Group | None = None, by: Any = SYSTEM, **given: Any
) -> Challenge:
    kind = From.PERSON if party is None else From.AGENCY if isinstance(party, Agency) else From.GROUP
    values = {
        "title": "Strategy meetings without health",
        "text": "Half of them were held without a nurse.",
        "asked": "Invite health each time.",
        "raised_on": RAISED,
        "due_on": DUE,
        "tier": Tier.T1,
        "kind": kind,
    } | given
    said = Said("", RAISED)
    return raise_challenge(ChallengeGiven(to=to, party=party, **values), said, by=by, now=timezone.now())


def done(found: Challenge, what: Deed, text: str = "In a sentence", **given: Any) -> Challenge:
    """The deed done, with the challenge as it stands then."""
    values = {"by": SYSTEM, "now": timezone.now(), "version": found.version} | given
    do(found, what, Said(text, values.pop("as_at", RAISED), values.pop("said_by", "")), **values)
    return Challenge.objects.get(pk=found.pk)


SCORES = {Scored.INHERENT: Score(4, 4), Scored.RESIDUAL: Score(3, 4), Scored.TARGET: Score(2, 3)}


def make_risk(owner: Owner, by: Any = SYSTEM, **given: Any) -> Risk:
    """A risk owned by an agency, a group or a person, of 1 June 2026, reviewed every three months."""
    values = {
        "title": "Too few health visitors",
        "cause": "Posts stay vacant.",
        "event": "Babies are not visited in their first weeks.",
        "effect": "Harm to babies is seen too late.",
        "scores": SCORES,
        "review_months": 3,
        "raised_on": RAISED,
        "controls": ("A bank of nurses",),
    } | given
    return raise_risk(RiskGiven(owner=owner, **values), Said("", RAISED), by=by, now=timezone.now())


def risk_done(found: Risk, what: RiskDeed, text: str = "In a sentence", **given: Any) -> Risk:
    """The deed done, with the risk as it stands then; what is no column of `Said` is of `RiskMore`."""
    told = {"by": SYSTEM, "now": timezone.now(), "version": found.version}
    told |= {name: given.pop(name) for name in tuple(told) if name in given}
    said = Said(text, given.pop("as_at", RAISED), given.pop("said_by", ""))
    do_risk(found, what, said, more=RiskMore(**given), **told)
    return Risk.objects.get(pk=found.pk)


def make_scrutiny(*of: Agency | Group, by: Any = SYSTEM, **given: Any) -> Scrutiny:
    """An entry of the scrutiny log of 1 June 2026 that asks something of these, if any."""
    values = {
        "title": "Letters nobody can read",
        "kind": Looked.RECORDS,
        "seen_on": RAISED,
        "looked_at": "Twenty letters to parents.",
        "found": "Most are written for professionals.",
        "asked": "Write so that parents understand.",
        "due_on": DUE,
    } | given
    return record_scrutiny(ScrutinyGiven(of=of, **values), by=by, now=timezone.now())


def scrutiny_done(found: Scrutiny, what: ScrutinyDeed, text: str = "In a sentence", **given: Any) -> Scrutiny:
    """The deed done, with the entry as it stands then; `partner` is the place of who answers among those asked."""
    partners = list(found.partners.order_by("pk"))
    if "partner" in given:
        given["partner"] = partners[given["partner"]]
    said, who = Said(text, given.pop("as_at", RAISED)), {"by": SYSTEM, "now": timezone.now()}
    do_scrutiny(found, what, said, version=found.version, more=ScrutinyMore(**given), **who)
    return Scrutiny.objects.get(pk=found.pk)
