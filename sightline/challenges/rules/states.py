"""The states of a challenge: one table behind screens, checks and the diagram."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.challenges.choices import STATE_LABELS, ChallengeState, Deed, Side
from sightline.challenges.entries import ChallengeEntry
from sightline.events.choices import ImpossibleMove


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted thing to do: from where to where, on whose side, what the journal calls it."""

    from_state: ChallengeState
    to_state: ChallengeState
    deed: Deed
    sides: tuple[Side, ...]
    entry: ChallengeEntry
    sentence: str


_RAISED, _ANSWERED, _CLOSED = ChallengeState.RAISED, ChallengeState.ANSWERED, ChallengeState.CLOSED
_ITS, _OURS, _UNIT = (Side.CHALLENGER,), (Side.CHALLENGED,), (Side.UNIT,)
_ALL = (Side.CHALLENGER, Side.CHALLENGED, Side.UNIT)
_E = ChallengeEntry
_LEFT = "The challenger has left, and nobody speaks for them any more."
_CHANGED = "Something changed, or did not."

MOVES: tuple[Move, ...] = (
    Move(_RAISED, _ANSWERED, Deed.ANSWER, _OURS, _E.CHALLENGE_ANSWERED, "An answer is given."),
    Move(_ANSWERED, _CLOSED, Deed.CLOSE, _ITS, _E.CHALLENGE_CLOSED, "The answer is enough."),
    Move(_ANSWERED, _RAISED, Deed.ASK_MORE, _ITS, _E.MORE_ASKED, "The answer is not enough yet."),
    Move(_ANSWERED, _ANSWERED, Deed.ANSWER, _OURS, _E.CHALLENGE_ANSWERED, "The answer is added to."),
    Move(_RAISED, _CLOSED, Deed.WITHDRAW, _ITS, _E.CHALLENGE_TAKEN_BACK, "No answer is needed any more."),
    Move(_RAISED, _RAISED, Deed.DATE, _ITS, _E.ANSWER_DATE_MOVED, "The answer may come on another day."),
    Move(_RAISED, _CLOSED, Deed.CLOSE_FOR, _UNIT, _E.CHALLENGE_CLOSED_FOR, _LEFT),
    Move(_ANSWERED, _CLOSED, Deed.CLOSE_FOR, _UNIT, _E.CHALLENGE_CLOSED_FOR, _LEFT),
    Move(_CLOSED, _RAISED, Deed.REOPEN, (Side.CHALLENGER, Side.UNIT), _E.CHALLENGE_REOPENED, "It was closed too soon."),
    Move(_RAISED, _RAISED, Deed.CHANGE, _ALL, _E.CHANGE_NOTED, _CHANGED),
    Move(_ANSWERED, _ANSWERED, Deed.CHANGE, _ALL, _E.CHANGE_NOTED, _CHANGED),
    Move(_CLOSED, _CLOSED, Deed.CHANGE, _ALL, _E.CHANGE_NOTED, _CHANGED),
)  # fmt: skip


def moves_from(state: ChallengeState) -> tuple[Move, ...]:
    """What can be done about a challenge that stands so, in the order screens offer it."""
    return tuple(move for move in MOVES if move.from_state == state)


def move(state: ChallengeState, deed: Deed) -> Move:
    """The permitted move. Raises ImpossibleMove."""
    for each in moves_from(state):
        if each.deed == deed:
            return each
    raise ImpossibleMove(f"It is “{STATE_LABELS[state].lower()}” now: this cannot be done from there.")


def sides_for(deed: Deed) -> frozenset[Side]:
    """On whose sides a deed is done, whatever the state."""
    return frozenset(side for each in MOVES if each.deed == deed for side in each.sides)
