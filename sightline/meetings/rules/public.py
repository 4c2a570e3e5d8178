"""The public version of minutes: its states, who is named, and why words are left out.

Source: issue 6.2; `definitions/public_minutes.yaml`; `decisions/0050`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sightline import definitions
from sightline.events.choices import ImpossibleMove
from sightline.meetings.choices import PUBLIC_LABELS, PublicDeed, PublicState

_S, _D = PublicState, PublicDeed
MOVES: dict[tuple[PublicState, PublicDeed], PublicState] = {
    (_S.DRAFT, _D.LOOK): _S.LOOKED,
    (_S.LOOKED, _D.ISSUE): _S.ISSUED,
    (_S.LOOKED, _D.BACK): _S.DRAFT,
    (_S.DRAFT, _D.WITHDRAW): _S.WITHDRAWN,
    (_S.LOOKED, _D.WITHDRAW): _S.WITHDRAWN,
    (_S.ISSUED, _D.WITHDRAW): _S.WITHDRAWN,
}
# States in which a version is worked on: a meeting has one such at a time.
WORKED_ON = (_S.WAITING, _S.DRAFT, _S.LOOKED)


def deeds_from(state: PublicState) -> tuple[PublicDeed, ...]:
    """What can be done about a version that stands so, in the order screens offer it."""
    return tuple(deed for at, deed in MOVES if at == state)


def moved_to(state: PublicState, deed: PublicDeed) -> PublicState:
    """Where a deed leads. Raises ImpossibleMove."""
    if (state, deed) not in MOVES:
        raise ImpossibleMove(f"It is “{PUBLIC_LABELS[state].lower()}” now: this cannot be done from there.")
    return MOVES[state, deed]


@dataclass(frozen=True, slots=True)
class PublicRules:
    """Why words are left out (key → label), which positions are named, and what stands for who is not known."""

    reasons: dict[str, str]
    named_positions: frozenset[str]
    somebody: str
    guest: str


def rules_from(definition: Any) -> PublicRules:
    """The rules of a definition that keeps to its schema."""
    reasons = {each["key"]: each["label"] for each in definition["reasons"]}
    named = frozenset(definition["named_positions"])
    return PublicRules(reasons, named, definition["somebody"], definition["guest"])


@cache
def standard() -> PublicRules:
    """The rules that ship with Sightline."""
    return rules_from(definitions.load("public_minutes"))
