"""Making challenges for tests, by the services that people use."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from sightline.challenges.choices import Deed, From
from sightline.challenges.models import Challenge
from sightline.challenges.services import ChallengeGiven, Said, do, raise_challenge
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
