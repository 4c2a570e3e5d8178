"""Completion needs evidence and a second person: what may be claimed, who may confirm, and what a state rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sightline.events.choices import ImpossibleMove
from sightline.plans.choices import OPEN_STATES, ClaimResult, Completion, DeliveryState

NEEDS_EVIDENCE = (
    "Add at least one piece of evidence first. What is said to be done must be shown by something."
)
WAITS_ALREADY = "It is said already that this is done; somebody has to confirm or return that first."
CONFIRMED_ALREADY = "It is complete, and a second person has confirmed it."
NOT_CLAIMABLE = "Reopen the action first: it is closed without completion, or another one replaced it."
OWN_WORD = "You said it, or entered it for somebody: a second person confirms it."


class Voice(NamedTuple):
    """Who speaks: the number of the account, where there is one, and the name."""

    user_id: int | None
    name: str


class Answer(NamedTuple):
    """What became of a claim, and the moment that was recorded."""

    result: str
    recorded_at: datetime | None


def check_claim(state: DeliveryState, pieces: int, completion: Completion) -> None:
    """Whether it may be said that an action is done. Raises ImpossibleMove with the sentence to show."""
    if completion == Completion.CLAIMED:
        raise ImpossibleMove(WAITS_ALREADY)
    if completion == Completion.CONFIRMED:
        raise ImpossibleMove(CONFIRMED_ALREADY)
    if state not in OPEN_STATES and state != DeliveryState.COMPLETE:
        raise ImpossibleMove(NOT_CLAIMABLE)
    if not pieces:
        raise ImpossibleMove(NEEDS_EVIDENCE)


def is_own_word(entered_by: Voice, said_by: str, person: Voice) -> bool:
    """Whether somebody answers their own word: they entered it (for whomever), or it is said to be theirs."""
    if person.user_id is not None and person.user_id == entered_by.user_id:
        return True
    if person.user_id is None and entered_by.user_id is None and person.name == entered_by.name:
        return True
    name = " ".join(person.name.casefold().split())
    return bool(name) and name in " ".join(said_by.casefold().split())


def completion(
    state: DeliveryState, recorded_at: datetime | None, on_paper: bool, answers: Iterable[Answer]
) -> Completion:
    """What a second person has said of it. `recorded_at`, `on_paper`: of the change to the state it is in.

    A confirmation counts for the completion it made, or for one it was given to later; not for one before a reopening.
    """
    told = list(answers)
    if told and told[-1].result == ClaimResult.WAITING:
        return Completion.CLAIMED
    if state != DeliveryState.COMPLETE:
        return Completion.NONE
    if any(_confirms(answer, recorded_at) for answer in told):
        return Completion.CONFIRMED
    return Completion.ON_PAPER if on_paper else Completion.UNCONFIRMED


def _confirms(answer: Answer, since: datetime | None) -> bool:
    if answer.result != ClaimResult.CONFIRMED or answer.recorded_at is None:
        return False
    return since is None or answer.recorded_at >= since
