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


class Chaser(StrEnum):
    """Who chases what is late, beside whom it waits for."""

    UNIT = "unit"
    ASKER = "asker"


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
