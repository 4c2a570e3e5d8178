"""The states of a meeting and of its minutes: one table behind screens and checks."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.events.choices import ImpossibleMove
from sightline.meetings.choices import STATE_LABELS, MeetingDeed, MeetingState
from sightline.meetings.entries import MeetingEntry


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted thing to do: from where to where, and what the journal calls it."""

    from_state: MeetingState
    to_state: MeetingState
    deed: MeetingDeed
    entry: MeetingEntry


_S, _D, _E = MeetingState, MeetingDeed, MeetingEntry
MOVES: tuple[Move, ...] = (
    Move(_S.PLANNED, _S.HELD, _D.HOLD, _E.MEETING_HELD),
    Move(_S.PLANNED, _S.CANCELLED, _D.CANCEL, _E.MEETING_CANCELLED),
    Move(_S.CANCELLED, _S.PLANNED, _D.REVIVE, _E.MEETING_REVIVED),
    Move(_S.HELD, _S.PLANNED, _D.UNHOLD, _E.MEETING_NOT_HELD),
    Move(_S.HELD, _S.CHECKED, _D.CHECK, _E.MINUTES_CHECKED),
    Move(_S.CHECKED, _S.APPROVED, _D.APPROVE, _E.MINUTES_APPROVED),
    Move(_S.CHECKED, _S.HELD, _D.CORRECT, _E.MINUTES_TAKEN_BACK),
)


def moves_from(state: MeetingState) -> tuple[Move, ...]:
    """What can be done about a meeting that stands so, in the order screens offer it."""
    return tuple(move for move in MOVES if move.from_state == state)


def move(state: MeetingState, deed: MeetingDeed) -> Move:
    """The permitted move. Raises ImpossibleMove."""
    for each in moves_from(state):
        if each.deed == deed:
            return each
    raise ImpossibleMove(f"It is “{STATE_LABELS[state].lower()}” now: this cannot be done from there.")
