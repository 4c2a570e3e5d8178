"""Words of requests: where a round stands, which e-mails go out, and how far somebody has answered."""

from __future__ import annotations

from enum import StrEnum


class RoundState(StrEnum):
    """Whether answers are still taken."""

    OPEN = "open"
    CLOSED = "closed"


ROUND_LABELS: dict[RoundState, str] = {RoundState.OPEN: "Open", RoundState.CLOSED: "Closed"}


class Mailed(StrEnum):
    """Why an e-mail of a round went out."""

    ASKED = "asked"
    REMINDED = "reminded"
    AGAIN = "again"
    CHANGED = "changed"
    LEAD = "lead"
    CHAIR = "chair"


MAILED_LABELS: dict[Mailed, str] = {
    Mailed.ASKED: "Asked",
    Mailed.REMINDED: "Reminded",
    Mailed.AGAIN: "Sent again by the unit",
    Mailed.CHANGED: "Told of a change",
    Mailed.LEAD: "The agency’s lead was told how many are silent",
    Mailed.CHAIR: "The chair was told how many are silent",
}


class Answering(StrEnum):
    """How far somebody who was asked has come."""

    ANSWERED = "answered"
    SILENT = "silent"
    RETURNED = "returned"
    WAITING = "waiting"
    ENDED = "ended"


ANSWERING_LABELS: dict[Answering, str] = {
    Answering.ANSWERED: "Answered",
    Answering.SILENT: "Silent",
    Answering.RETURNED: "E-mail comes back",
    Answering.WAITING: "E-mail still to be sent",
    Answering.ENDED: "Link ended, no answer",
}
ANSWERING_COLOURS: dict[Answering, str] = {
    Answering.ANSWERED: "green",
    Answering.SILENT: "yellow",
    Answering.RETURNED: "red",
    Answering.WAITING: "blue",
    Answering.ENDED: "grey",
}


class ToldHow(StrEnum):
    """How an answer came; apps keep it with what was told."""

    LINK = "link"
    TELEPHONE = "telephone"
    EMAIL = "email"
    MEETING = "meeting"


TYPED_LABELS: dict[ToldHow, str] = {
    ToldHow.TELEPHONE: "By telephone",
    ToldHow.EMAIL: "By e-mail",
    ToldHow.MEETING: "At a meeting",
}


class OwedState(StrEnum):
    """Where something stands that a group is owed."""

    WAITING = "waiting"
    GAP = "gap"
    CAME = "came"
    CAME_LATE = "came-late"
    CALLED_OFF = "called-off"


OWED_LABELS: dict[OwedState, str] = {
    OwedState.WAITING: "Still to come",
    OwedState.GAP: "Did not come",
    OwedState.CAME: "Came",
    OwedState.CAME_LATE: "Came late",
    OwedState.CALLED_OFF: "Excused",
}
OWED_COLOURS: dict[OwedState, str] = {
    OwedState.WAITING: "blue",
    OwedState.GAP: "red",
    OwedState.CAME: "green",
    OwedState.CAME_LATE: "yellow",
    OwedState.CALLED_OFF: "grey",
}


class OwedDeed(StrEnum):
    """What is done about something that is owed."""

    CAME = "came"
    CALL_OFF = "call-off"
    TAKE_BACK = "take-back"


OWED_BUTTONS: dict[OwedDeed, str] = {
    OwedDeed.CAME: "It came",
    OwedDeed.CALL_OFF: "Excuse it this time",
    OwedDeed.TAKE_BACK: "That was a mistake: it is still to come",
}
