"""Words of oversight: what is unusual, what was answered, what was seen of a sample."""

from __future__ import annotations

from enum import StrEnum


class Unusual(StrEnum):
    """What may be unusual about somebody's day."""

    VOLUME = "volume"
    OUT_OF_HOURS = "out_of_hours"
    OWN_NAME = "own_name"
    OTHER_AGENCIES = "other_agencies"
    REFUSALS = "refusals"


class AlertState(StrEnum):
    """Where the question about an unusual day stands."""

    OPEN = "open"
    FOLLOWED_UP = "followed_up"
    EXPLAINED = "explained"


STATE_LABELS: dict[AlertState, str] = {
    AlertState.OPEN: "Not answered",
    AlertState.FOLLOWED_UP: "Followed up",
    AlertState.EXPLAINED: "Explained",
}
STATE_COLOURS: dict[AlertState, str] = {
    AlertState.OPEN: "orange",
    AlertState.FOLLOWED_UP: "blue",
    AlertState.EXPLAINED: "green",
}
ANSWER_HINTS: dict[AlertState, str] = {
    AlertState.EXPLAINED: "There is a good reason for it. Say which, and how you know.",
    AlertState.FOLLOWED_UP: "It was raised with them or their manager. Say with whom, and what was agreed.",
}


class Verdict(StrEnum):
    """What a reviewer says of one entry of a sample."""

    IN_ORDER = "in_order"
    QUERIED = "queried"
    SETTLED = "settled"


VERDICT_LABELS: dict[Verdict, str] = {
    Verdict.IN_ORDER: "In order",
    Verdict.QUERIED: "Queried",
    Verdict.SETTLED: "Queried, and settled",
}
VERDICT_HINTS: dict[Verdict, str] = {
    Verdict.IN_ORDER: "It fits the person's role and task",
    Verdict.QUERIED: "Somebody is asked about it. Say who, and what.",
    Verdict.SETTLED: "It was asked, and answered. Say what was found.",
}
NOT_LOOKED_AT = "Not looked at yet"
VERDICT_COLOURS: dict[str, str] = {
    "": "grey",
    Verdict.IN_ORDER: "green",
    Verdict.QUERIED: "orange",
    Verdict.SETTLED: "green",
}


class SignatureKind(StrEnum):
    """As what somebody signs a sample."""

    REVIEW = "review"
    SECOND_LOOK = "second_look"


SIGNATURE_LABELS: dict[SignatureKind, str] = {
    SignatureKind.REVIEW: "Reviewed by",
    SignatureKind.SECOND_LOOK: "Second look by",
}


class NotYet(Exception):
    """What was asked for cannot be done yet; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


ABOUT_YOURSELF = "This is about what you did yourself, so somebody else answers it."
WORDS_NEEDED = "Say why in a sentence, so that whoever reads it later understands."
ALREADY_SIGNED = "This sample is signed already: what was said of its entries stands."
NOT_ALL_LOOKED_AT = "Look at every entry first: {left} left."
QUERIES_OPEN = "Settle what was queried first: {left} still open."
SECOND_IS_ANOTHER = "The second look is for somebody other than the reviewer."


class Decision(StrEnum):
    """What became of something held, in a review of access."""

    CONFIRMED = "confirmed"
    ENDED = "ended"
    LAPSED = "lapsed"
    KEPT = "kept"
    GONE = "gone"


DECISION_LABELS: dict[Decision, str] = {
    Decision.CONFIRMED: "Confirmed",
    Decision.ENDED: "Ended",
    Decision.LAPSED: "Lapsed: nobody confirmed it",
    Decision.KEPT: "Not confirmed, and kept: nobody else was left",
    Decision.GONE: "Had ended already",
}
DECISION_COLOURS: dict[str, str] = {
    "": "orange",
    Decision.CONFIRMED: "green",
    Decision.ENDED: "grey",
    Decision.LAPSED: "grey",
    Decision.KEPT: "red",
    Decision.GONE: "grey",
}
WAITING = "Waits to be confirmed"
NOT_REVIEWED_BY_YOU = "Access is reviewed by whoever looks after accounts, and by who is named for an agency."
NOT_ONES_OWN = "Nobody confirms what they hold themselves: ask somebody else who looks after accounts."
REASON_NEEDED = "Say why in a sentence: it stands in the report of the review."
NOTHING_TICKED = "Tick at least one of those that wait."
REVIEW_CLOSED = "This review is closed. Give or end roles on the person's account."
NAMED_ALREADY = "{name} is named for {agency} already."
