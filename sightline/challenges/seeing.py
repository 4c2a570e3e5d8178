"""Why somebody sees a challenge: its permission in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.permissions import scope_of
from sightline.access.seeing import Seen
from sightline.challenges.models import Challenge, Risk, Scrutiny
from sightline.challenges.permissions import (
    can_view_challenge,
    can_view_risk,
    can_view_scrutiny,
    is_raiser,
    is_risk_owner,
    parties_of,
)
from sightline.challenges.selectors.challenges import PARTIES
from sightline.challenges.selectors.risks import OWNERS
from sightline.challenges.selectors.scrutiny import PARTNERS
from sightline.events.choices import Tier

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

EVERYBODY = "every member reads it"
WHOLE = "reads what is confidential of the whole partnership"


def why(user: Reader, found: Challenge) -> str:
    """Why somebody who sees the challenge does."""
    scope = scope_of(user)
    groups, agencies = parties_of(found)
    reasons = {
        "raised it": is_raiser(user, found),
        WHOLE: scope.reads_all_tiers,
        "it is from or to their group": bool(scope.group_keys & groups),
        "it is from or to their agency": bool(scope.agency_keys & agencies),
    }
    return (
        EVERYBODY if found.tier == Tier.T1 else "; ".join(words for words, holds in reasons.items() if holds)
    )


def _challenge(number: int) -> Challenge:
    return Challenge.objects.select_related(*PARTIES).get(pk=number)


def why_risk(user: Reader, found: Risk) -> str:
    """Why somebody who sees the risk does."""
    scope = scope_of(user)
    reasons = {
        WHOLE: scope.reads_all_tiers,
        "owns it, or updates actions for its owner": is_risk_owner(user, found),
        "it is owned by their group": bool(found.owner_group and found.owner_group.key in scope.group_keys),
        "it is owned by their agency": bool(
            found.owner_agency and found.owner_agency.key in scope.agency_keys
        ),
    }
    told = "; ".join(words for words, holds in reasons.items() if holds)
    return EVERYBODY if found.tier == Tier.T1 else told


def _risk(number: int) -> Risk:
    return Risk.objects.select_related(*OWNERS).get(pk=number)


def why_scrutiny(user: Reader, entry: Scrutiny) -> str:
    """Why somebody who sees an entry of the scrutiny log does."""
    scope, partners = scope_of(user), list(entry.partners.all())
    reasons = {
        WHOLE: scope.reads_all_tiers,
        "it asks something of their group": any(
            each.group and each.group.key in scope.group_keys for each in partners
        ),
        "it asks something of their agency": any(
            each.agency and each.agency.key in scope.agency_keys for each in partners
        ),
    }
    told = "; ".join(words for words, holds in reasons.items() if holds)
    return EVERYBODY if entry.tier == Tier.T1 else told


def _scrutiny(number: int) -> Scrutiny:
    return Scrutiny.objects.prefetch_related(PARTNERS).get(pk=number)


offered = [
    Seen("challenges", Challenge, _challenge, can_view_challenge, why),
    Seen("challenges", Risk, _risk, can_view_risk, why_risk),
    Seen("challenges", Scrutiny, _scrutiny, can_view_scrutiny, why_scrutiny),
]
