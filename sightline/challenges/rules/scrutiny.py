"""The scrutiny log: where an entry stands, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sightline.challenges.choices import ScrutinyDeed, ScrutinyState


def state_after(deed: ScrutinyDeed, state: ScrutinyState, answered: Iterable[bool]) -> ScrutinyState:
    """Where an entry stands after a deed; `answered` says of each asked whether they have answered since."""
    if deed == ScrutinyDeed.VERDICT:
        return ScrutinyState.CLOSED
    if deed == ScrutinyDeed.FOLLOW_UP or (state == ScrutinyState.CLOSED and deed == ScrutinyDeed.RESPOND):
        return state
    found = list(answered)
    if not found:
        return ScrutinyState.CLOSED
    return ScrutinyState.ANSWERED if all(found) else ScrutinyState.WAITING


def scrutiny_deeds(has_asked: bool, state: ScrutinyState) -> tuple[ScrutinyDeed, ...]:
    """What can be done, in the order screens offer it: first what the entry waits for, and of a closed one what came
    of it later. Whoever was not asked has nothing to answer.
    """
    if not has_asked:
        return (ScrutinyDeed.FOLLOW_UP, ScrutinyDeed.VERDICT)
    first = {ScrutinyState.WAITING: ScrutinyDeed.RESPOND, ScrutinyState.ANSWERED: ScrutinyDeed.VERDICT}
    every = (ScrutinyDeed.RESPOND, ScrutinyDeed.VERDICT, ScrutinyDeed.FOLLOW_UP, ScrutinyDeed.ASK_AGAIN)
    leads = first.get(state, ScrutinyDeed.FOLLOW_UP)
    return (leads, *(each for each in every if each != leads))


def is_answer_late(state: ScrutinyState, due_on: date | None, on: date) -> bool:
    """Whether partners are waited for beyond the day they were asked for an answer by."""
    return state == ScrutinyState.WAITING and due_on is not None and due_on < on
