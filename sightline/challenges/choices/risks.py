"""Words of risks: what a score is of, how controls stand, what can be done, as what one is closed."""

from __future__ import annotations

from enum import StrEnum


class RiskState(StrEnum):
    """Whether a risk is watched."""

    OPEN = "open"
    CLOSED = "closed"


RISK_STATE_LABELS: dict[RiskState, str] = {RiskState.OPEN: "Open", RiskState.CLOSED: "Closed"}
RISK_STATE_COLOURS: dict[RiskState, str] = {RiskState.OPEN: "blue", RiskState.CLOSED: "grey"}


class Scored(StrEnum):
    """What a score is of: the risk without controls, as it stands with them, and where it should get to."""

    INHERENT = "inherent"
    RESIDUAL = "residual"
    TARGET = "target"


SCORED_LABELS: dict[Scored, str] = {
    Scored.INHERENT: "Inherent",
    Scored.RESIDUAL: "Residual",
    Scored.TARGET: "Target",
}
SCORED_MEANINGS: dict[Scored, str] = {
    Scored.INHERENT: "without any control",
    Scored.RESIDUAL: "as it stands, with the controls in place",
    Scored.TARGET: "where we want to get to",
}


class ControlState(StrEnum):
    """How a control stands."""

    PLANNED = "planned"
    IN_PLACE = "in-place"
    ENDED = "ended"


CONTROL_LABELS: dict[ControlState, str] = {
    ControlState.PLANNED: "Planned",
    ControlState.IN_PLACE: "In place",
    ControlState.ENDED: "Ended",
}
CONTROL_COLOURS: dict[ControlState, str] = {
    ControlState.PLANNED: "yellow",
    ControlState.IN_PLACE: "green",
    ControlState.ENDED: "grey",
}


class RiskDeed(StrEnum):
    """What is done about a risk: each is a row of its history, and is never overwritten."""

    RAISE = "raise"
    REVIEW = "review"
    SCORE = "score"
    CONTROL = "control"
    IN_PLACE = "in-place"
    END_CONTROL = "end-control"
    CLOSE = "close"
    REOPEN = "reopen"


RISK_DEED_LABELS: dict[RiskDeed, str] = {
    RiskDeed.RAISE: "Raised",
    RiskDeed.REVIEW: "Reviewed",
    RiskDeed.SCORE: "Scored",
    RiskDeed.CONTROL: "Control added",
    RiskDeed.IN_PLACE: "Control in place",
    RiskDeed.END_CONTROL: "Control ended",
    RiskDeed.CLOSE: "Closed",
    RiskDeed.REOPEN: "Opened again",
}
RISK_DEED_BUTTONS: dict[RiskDeed, str] = {
    RiskDeed.REVIEW: "Review",
    RiskDeed.CONTROL: "Add a control",
    RiskDeed.IN_PLACE: "A planned control is in place",
    RiskDeed.END_CONTROL: "End a control",
    RiskDeed.SCORE: "Score inherent or target anew",
    RiskDeed.CLOSE: "Close the risk",
    RiskDeed.REOPEN: "Open again",
}
RISK_DEED_QUESTIONS: dict[RiskDeed, str] = {
    RiskDeed.REVIEW: "What did the review find?",
    RiskDeed.CONTROL: "What is the control?",
    RiskDeed.IN_PLACE: "How do you know that it is in place?",
    RiskDeed.END_CONTROL: "Why does it end?",
    RiskDeed.SCORE: "Why is it scored anew?",
    RiskDeed.CLOSE: "Why is it closed?",
    RiskDeed.REOPEN: "Why is it opened again?",
}


class RiskOutcome(StrEnum):
    """As what a risk is closed."""

    TREATED = "treated"
    ACCEPTED = "accepted"
    GONE = "gone"
    HAPPENED = "happened"


OUTCOME_LABELS: dict[RiskOutcome, str] = {
    RiskOutcome.TREATED: "Treated: it is where we wanted it",
    RiskOutcome.ACCEPTED: "Accepted as it stands",
    RiskOutcome.GONE: "It cannot happen any more",
    RiskOutcome.HAPPENED: "It happened, and is dealt with elsewhere",
}


class Trend(StrEnum):
    """How the residual score moved with the last scoring."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"
    FIRST = "first"


TREND_LABELS: dict[Trend, str] = {
    Trend.WORSE: "Rising",
    Trend.SAME: "Unchanged",
    Trend.BETTER: "Falling",
    Trend.FIRST: "Scored once",
}
