"""The states of actions and plans: one table each, behind screens, checks and diagrams (`design.md` 4a)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sightline.access.choices import Permission
from sightline.events.choices import ImpossibleMove
from sightline.plans.choices import LABELS, DeliveryState, PlanState
from sightline.plans.entries import PlanEntry

S = TypeVar("S", DeliveryState, PlanState)


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    """One permitted change of state: who may make it, what the journal calls it, what a button says.

    `needs_reason` asks for a reason; `needs_approval` for the group and its minute; `needs_confirmation` for evidence
    and a second person, who confirm what somebody said (`rules.completing`).
    """

    from_state: S
    to_state: S
    permission: Permission
    entry: PlanEntry
    sentence: str
    needs_reason: bool = False
    needs_approval: bool = False
    needs_confirmation: bool = False


_NEW, _GOING, _DONE = DeliveryState.NOT_STARTED, DeliveryState.IN_PROGRESS, DeliveryState.COMPLETE
_CLOSED, _REPLACED = DeliveryState.CLOSED_OTHER, DeliveryState.SUPERSEDED
_OWNER, _UNIT = Permission.ACTION_UPDATE, Permission.PLAN_WRITE
_CONFIRM = Permission.ACTION_CONFIRM
UNCONFIRMED = "Say that it is done, and add evidence: a second person confirms it, and then it is complete."

ACTION_MOVES: tuple[Move[DeliveryState], ...] = (
    Move(_NEW, _GOING, _OWNER, PlanEntry.ACTION_STARTED, "Work has begun."),
    Move(_NEW, _DONE, _CONFIRM, PlanEntry.ACTION_COMPLETED, "It is done.", needs_confirmation=True),
    Move(_NEW, _CLOSED, _UNIT, PlanEntry.ACTION_CLOSED, "It will not be done.", needs_reason=True),
    Move(
        _NEW, _REPLACED, _UNIT, PlanEntry.ACTION_SUPERSEDED, "Another action replaces it.", needs_reason=True
    ),
    Move(_GOING, _NEW, _UNIT, PlanEntry.ACTION_PUT_BACK, "It had not begun after all.", needs_reason=True),
    Move(_GOING, _DONE, _CONFIRM, PlanEntry.ACTION_COMPLETED, "It is done.", needs_confirmation=True),
    Move(_GOING, _CLOSED, _UNIT, PlanEntry.ACTION_CLOSED, "It will not be done.", needs_reason=True),
    Move(
        _GOING,
        _REPLACED,
        _UNIT,
        PlanEntry.ACTION_SUPERSEDED,
        "Another action replaces it.",
        needs_reason=True,
    ),
    Move(
        _DONE,
        _GOING,
        _OWNER,
        PlanEntry.ACTION_REOPENED,
        "It turned out not to be done, or did not last.",
        True,
    ),
    Move(
        _DONE, _REPLACED, _UNIT, PlanEntry.ACTION_SUPERSEDED, "Another action replaces it.", needs_reason=True
    ),
    Move(_CLOSED, _GOING, _UNIT, PlanEntry.ACTION_REOPENED, "It will be done after all.", needs_reason=True),
    Move(
        _REPLACED, _GOING, _UNIT, PlanEntry.ACTION_REOPENED, "It stands for itself again.", needs_reason=True
    ),
)

_DRAFT, _APPROVED, _FORCE = PlanState.DRAFT, PlanState.APPROVED, PlanState.IN_FORCE
_APPROVE = Permission.PLAN_APPROVE

PLAN_MOVES: tuple[Move[PlanState], ...] = (
    Move(_DRAFT, _APPROVED, _APPROVE, PlanEntry.PLAN_APPROVED, "A group approved it.", needs_approval=True),
    Move(_APPROVED, _DRAFT, _UNIT, PlanEntry.PLAN_RETURNED_TO_DRAFT, "It goes back to be changed.", True),
    Move(_APPROVED, _FORCE, _UNIT, PlanEntry.PLAN_IN_FORCE, "It is in force from this day."),
    Move(_FORCE, PlanState.CLOSED, _UNIT, PlanEntry.PLAN_CLOSED, "It is closed.", needs_reason=True),
    Move(
        _FORCE, PlanState.ROLLED_OVER, _UNIT, PlanEntry.PLAN_ROLLED_OVER, "The next plan takes over from it."
    ),
    Move(
        PlanState.CLOSED, _FORCE, _UNIT, PlanEntry.PLAN_REOPENED, "It is in force again.", needs_reason=True
    ),
)


def moves_from(state: DeliveryState) -> tuple[Move[DeliveryState], ...]:
    """What may follow a state of an action, in the order screens offer it."""
    return tuple(move for move in ACTION_MOVES if move.from_state == state)


def plan_moves_from(state: PlanState) -> tuple[Move[PlanState], ...]:
    """What may follow a state of a plan, in the order screens offer it."""
    return tuple(move for move in PLAN_MOVES if move.from_state == state)


def action_move(
    from_state: DeliveryState, to_state: DeliveryState, reason: str = "", confirmed: bool = False
) -> Move[DeliveryState]:
    """The permitted change of an action's state. Raises ImpossibleMove. Source: `design.md` 4a, Delivery state.

    `confirmed`: a second person has confirmed it, or a paper prints it.
    """
    move = _move(ACTION_MOVES, from_state, to_state, reason)
    if move.needs_confirmation and not confirmed:
        raise ImpossibleMove(UNCONFIRMED)
    return move


def free_moves_from(state: DeliveryState) -> tuple[Move[DeliveryState], ...]:
    """What may follow at one person's word; the others are claimed, and confirmed by a second person."""
    return tuple(move for move in moves_from(state) if not move.needs_confirmation)


def plan_move(
    from_state: PlanState, to_state: PlanState, reason: str = "", approval: bool = False
) -> Move[PlanState]:
    """The permitted change of a plan's state; `approval` says whether group and minute are known.

    Raises ImpossibleMove. Source: `design.md` 4a, Plan.
    """
    move = _move(PLAN_MOVES, from_state, to_state, reason)
    if move.needs_approval and not approval:
        raise ImpossibleMove("Say which group approved the plan, and in which minute.")
    return move


def _move(table: tuple[Move[S], ...], from_state: S, to_state: S, reason: str) -> Move[S]:
    for move in table:
        if (move.from_state, move.to_state) == (from_state, to_state):
            if move.needs_reason and not reason.strip():
                raise ImpossibleMove(f"Give a reason: {move.sentence[0].lower()}{move.sentence[1:]}")
            return move
    raise ImpossibleMove(
        f"It is “{LABELS[from_state].lower()}” now, and cannot become “{LABELS[to_state].lower()}” from there."
    )
