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
    SEND_BACK = "send-back"


DEED_BUTTONS: dict[ReturnDeed, str] = {
    ReturnDeed.SIGN: "Sign off",
    ReturnDeed.OPEN_AGAIN: "Open again to correct it",
    ReturnDeed.SEND_BACK: "Send it back to the group",
}


class PaperState(StrEnum):
    """Where a paper stands that returns are read from."""

    PREVIEW = "preview"
    CONFIRMED = "confirmed"
    GIVEN_UP = "given-up"
    WITHDRAWN = "withdrawn"


PAPER_LABELS: dict[PaperState, str] = {
    PaperState.PREVIEW: "To be looked over",
    PaperState.CONFIRMED: "Read in",
    PaperState.GIVEN_UP: "Given up",
    PaperState.WITHDRAWN: "Taken back",
}
PAPER_COLOURS: dict[PaperState, str] = {
    PaperState.PREVIEW: "yellow",
    PaperState.CONFIRMED: "green",
    PaperState.GIVEN_UP: "grey",
    PaperState.WITHDRAWN: "grey",
}


class PaperDeed(StrEnum):
    """What is done about such a paper."""

    DECIDE = "decide"
    CONFIRM = "confirm"
    GIVE_UP = "give-up"
    WITHDRAW = "withdraw"


PAPER_BUTTONS: dict[PaperDeed, str] = {
    PaperDeed.DECIDE: "Say which groups these are",
    PaperDeed.CONFIRM: "Read all of it in",
    PaperDeed.GIVE_UP: "Give it up",
    PaperDeed.WITHDRAW: "Take it back",
}
