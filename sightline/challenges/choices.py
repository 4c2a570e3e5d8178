"""Words of challenges: who challenges whom, where one stands, what can be done, and how it came to us."""

from __future__ import annotations

from enum import StrEnum


class Received(StrEnum):
    """How words reached whoever typed them."""

    SCREEN = "screen"
    EMAIL = "email"
    TELEPHONE = "telephone"
    MEETING = "meeting"


RECEIVED_LABELS: dict[Received, str] = {
    Received.SCREEN: "Typed by whoever says it",
    Received.EMAIL: "By e-mail",
    Received.TELEPHONE: "By telephone",
    Received.MEETING: "In a meeting",
}


class From(StrEnum):
    """Who raises a challenge."""

    PERSON = "person"
    AGENCY = "agency"
    GROUP = "group"
    SCRUTINEER = "scrutineer"


FROM_LABELS: dict[From, str] = {
    From.PERSON: "A person",
    From.AGENCY: "An agency",
    From.GROUP: "A group",
    From.SCRUTINEER: "The independent scrutineer",
}


class ChallengeState(StrEnum):
    """Where a challenge stands: whose turn it is."""

    RAISED = "raised"
    ANSWERED = "answered"
    CLOSED = "closed"


STATE_LABELS: dict[ChallengeState, str] = {
    ChallengeState.RAISED: "Waits for an answer",
    ChallengeState.ANSWERED: "Answered, waits for the challenger",
    ChallengeState.CLOSED: "Closed",
}
STATE_COLOURS: dict[ChallengeState, str] = {
    ChallengeState.RAISED: "yellow",
    ChallengeState.ANSWERED: "blue",
    ChallengeState.CLOSED: "grey",
}
OPEN_STATES = (ChallengeState.RAISED, ChallengeState.ANSWERED)


class Side(StrEnum):
    """On whose side somebody acts."""

    CHALLENGER = "challenger"
    CHALLENGED = "challenged"
    UNIT = "unit"


SIDE_LABELS: dict[Side, str] = {
    Side.CHALLENGER: "the challenger",
    Side.CHALLENGED: "the one challenged",
    Side.UNIT: "the business unit",
}


class Deed(StrEnum):
    """What is done about a challenge: each is a row of its history, and is never overwritten."""

    RAISE = "raise"
    ANSWER = "answer"
    ASK_MORE = "ask-more"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    CLOSE_FOR = "close-for"
    REOPEN = "reopen"
    CHANGE = "change"
    DATE = "date"


DEED_LABELS: dict[Deed, str] = {
    Deed.RAISE: "Raised",
    Deed.ANSWER: "Answered",
    Deed.ASK_MORE: "Asked for more",
    Deed.CLOSE: "Closed by the challenger",
    Deed.WITHDRAW: "Taken back by the challenger",
    Deed.CLOSE_FOR: "Closed in place of a challenger who has left",
    Deed.REOPEN: "Opened again",
    Deed.CHANGE: "What changed",
    Deed.DATE: "Date of the answer moved",
}
# What the button says, and what is asked.
DEED_BUTTONS: dict[Deed, str] = {
    Deed.ANSWER: "Answer",
    Deed.ASK_MORE: "Ask for more",
    Deed.CLOSE: "Close: the answer is enough",
    Deed.WITHDRAW: "Take the challenge back",
    Deed.CLOSE_FOR: "Close in place of the challenger",
    Deed.REOPEN: "Open again",
    Deed.CHANGE: "Say what changed",
    Deed.DATE: "Move the date of the answer",
}
DEED_QUESTIONS: dict[Deed, str] = {
    Deed.ANSWER: "The answer",
    Deed.ASK_MORE: "What is still missing?",
    Deed.CLOSE: "Why is it closed, and what changed?",
    Deed.WITHDRAW: "Why is it taken back?",
    Deed.CLOSE_FOR: "Why is it closed without the challenger?",
    Deed.REOPEN: "Why is it opened again?",
    Deed.CHANGE: "What changed, and how do you know?",
    Deed.DATE: "Why is the date moved?",
}


class Changed(StrEnum):
    """For whom something changed; nothing is an answer, too."""

    CHILDREN = "children"
    PRACTICE = "practice"
    NOTHING = "nothing"


CHANGED_LABELS: dict[Changed, str] = {
    Changed.CHILDREN: "For children",
    Changed.PRACTICE: "In practice",
    Changed.NOTHING: "Nothing has changed yet",
}


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


class Looked(StrEnum):
    """What kind of looking an entry of the scrutiny log tells of."""

    VISIT = "visit"
    RECORDS = "records"
    MEETING = "meeting"
    CHILDREN = "children"
    PRACTITIONERS = "practitioners"
    PAPERS = "papers"
    OTHER = "other"


LOOKED_LABELS: dict[Looked, str] = {
    Looked.VISIT: "Visit",
    Looked.RECORDS: "Records of children",
    Looked.MEETING: "Meeting observed",
    Looked.CHILDREN: "Children and families heard",
    Looked.PRACTITIONERS: "Practitioners heard",
    Looked.PAPERS: "Papers and figures",
    Looked.OTHER: "Other",
}


class ScrutinyState(StrEnum):
    """Where an entry of the scrutiny log stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


SCRUTINY_STATE_LABELS: dict[ScrutinyState, str] = {
    ScrutinyState.WAITING: "Waits for partners",
    ScrutinyState.ANSWERED: "Answered, waits for the scrutineer",
    ScrutinyState.CLOSED: "Closed",
}
SCRUTINY_STATE_COLOURS: dict[ScrutinyState, str] = {
    ScrutinyState.WAITING: "yellow",
    ScrutinyState.ANSWERED: "blue",
    ScrutinyState.CLOSED: "grey",
}


class ScrutinyDeed(StrEnum):
    """What is done about an entry of the scrutiny log: each is a row of its history, and is never overwritten."""

    RECORD = "record"
    RESPOND = "respond"
    FOLLOW_UP = "follow-up"
    ASK_AGAIN = "ask-again"
    VERDICT = "verdict"


SCRUTINY_DEED_LABELS: dict[ScrutinyDeed, str] = {
    ScrutinyDeed.RECORD: "Recorded",
    ScrutinyDeed.RESPOND: "Answered",
    ScrutinyDeed.FOLLOW_UP: "Looked at again",
    ScrutinyDeed.ASK_AGAIN: "Asked again",
    ScrutinyDeed.VERDICT: "Verdict of the scrutineer",
}
SCRUTINY_DEED_BUTTONS: dict[ScrutinyDeed, str] = {
    ScrutinyDeed.RESPOND: "Answer",
    ScrutinyDeed.VERDICT: "Give a verdict",
    ScrutinyDeed.FOLLOW_UP: "Say what a second look found",
    ScrutinyDeed.ASK_AGAIN: "Ask partners again",
}
SCRUTINY_DEED_QUESTIONS: dict[ScrutinyDeed, str] = {
    ScrutinyDeed.RESPOND: "The answer",
    ScrutinyDeed.VERDICT: "What do you conclude, and from what?",
    ScrutinyDeed.FOLLOW_UP: "What did the second look find?",
    ScrutinyDeed.ASK_AGAIN: "What is still asked for?",
}


class Verdict(StrEnum):
    """What the scrutineer concludes; that nothing was asked is one, too."""

    CHILDREN = "children"
    PRACTICE = "practice"
    TOO_LITTLE = "too-little"
    NOTED = "noted"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.CHILDREN: "It made a difference for children",
    Verdict.PRACTICE: "Practice changed; what it means for children is not known yet",
    Verdict.TOO_LITTLE: "Too little has changed",
    Verdict.NOTED: "Noted: nothing was asked of partners",
}
