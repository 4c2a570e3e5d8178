"""As what, and for how long, whoever supplies Sightline may be let in. Plain values only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sightline import definitions
from sightline.access.roles import Role, role
from sightline.events.choices import Tier


@dataclass(frozen=True)
class SupportNumbers:
    """The most hours of a session, and the roles it may give, in their order."""

    most_hours: int
    roles: tuple[Role, ...]


@cache
def support_numbers() -> SupportNumbers:
    """The numbers of sightline/definitions/oversight.yaml. Raises ValueError where a role would open T3 or T4."""
    said = definitions.load("oversight")["support"]
    found = tuple(role(key) for key in said["roles"])
    if too_much := [each.name for each in found if each.reads > Tier.T2]:
        raise ValueError(f"A support session may never open T3 or T4: {', '.join(too_much)}.")
    return SupportNumbers(said["most_hours"], found)


def why_not(key: str, hours: int, opens_confidential: bool) -> str:
    """Why a session may not be opened so, in a sentence; empty where it may (domain.md 12.4: timed, never T3 or T4)."""
    numbers = support_numbers()
    wanted = next((each for each in numbers.roles if each.key == key), None)
    if wanted is None:
        return "Choose one of the roles that support may have."
    if not 1 <= hours <= numbers.most_hours:
        return f"A session lasts one hour at least and {numbers.most_hours} at most."
    if wanted.reads >= Tier.T2 and not opens_confidential:
        return (
            f"{wanted.name} opens confidential records: tick that they may be opened, or choose another role."
        )
    if wanted.reads < Tier.T2 and opens_confidential:
        return f"{wanted.name} opens nothing confidential: take the tick away, or choose another role."
    return ""
