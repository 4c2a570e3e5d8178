"""Words of the scrutiny log: what was looked at, where an entry stands, what the scrutineer concludes."""

from __future__ import annotations

from enum import StrEnum


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
