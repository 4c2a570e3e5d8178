"""Words of returns: where one stands, what became of last time's next steps, and what is done about one."""

from __future__ import annotations

from enum import StrEnum


class ReturnState(StrEnum):
    """Where a return stands."""

    DRAFT = "draft"
    SIGNED = "signed"


STATE_LABELS: dict[ReturnState, str] = {ReturnState.DRAFT: "Draft", ReturnState.SIGNED: "Signed off"}
STATE_COLOURS: dict[ReturnState, str] = {ReturnState.DRAFT: "yellow", ReturnState.SIGNED: "green"}


class StepOutcome(StrEnum):
    """What became of a next step of the return before."""

    DONE = "done"
    PARTLY = "partly"
    NOT_DONE = "not-done"
    DROPPED = "dropped"


OUTCOME_LABELS: dict[StepOutcome, str] = {
    StepOutcome.DONE: "Done",
    StepOutcome.PARTLY: "Partly done",
    StepOutcome.NOT_DONE: "Not done",
    StepOutcome.DROPPED: "Not wanted any more",
}
OUTCOME_COLOURS: dict[StepOutcome, str] = {
    StepOutcome.DONE: "green",
    StepOutcome.PARTLY: "yellow",
    StepOutcome.NOT_DONE: "red",
    StepOutcome.DROPPED: "grey",
}


class ReturnDeed(StrEnum):
    """What is done about a return as a whole."""

    SIGN = "sign"
    OPEN_AGAIN = "open-again"


DEED_BUTTONS: dict[ReturnDeed, str] = {
    ReturnDeed.SIGN: "Sign off",
    ReturnDeed.OPEN_AGAIN: "Open again to correct it",
}
