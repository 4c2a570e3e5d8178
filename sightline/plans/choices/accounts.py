"""What is said of an action, and how it reached us."""

from __future__ import annotations

from enum import StrEnum


class EvidenceQuarter(StrEnum):
    """The four kinds of evidence."""

    DATA = "data"
    AUDIT = "audit"
    CHILDREN = "children"
    PRACTITIONERS = "practitioners"


class ReceivedHow(StrEnum):
    """How an update reached us: most come by e-mail or telephone and are typed by the unit."""

    SCREEN = "screen"
    EMAIL = "email"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    DOCUMENT = "document"
    LINK = "link"


class ClaimResult(StrEnum):
    """What became of somebody's word that an action is done."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Completion(StrEnum):
    """What a second person has said of an action's completion."""

    NONE = "none"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    ON_PAPER = "on_paper"
    UNCONFIRMED = "unconfirmed"


# A table of its own: "waiting" is said otherwise of an embedding test.
CLAIM_LABELS: dict[ClaimResult, str] = {
    ClaimResult.WAITING: "Waits for a second person",
    ClaimResult.CONFIRMED: "Confirmed as done",
    ClaimResult.RETURNED: "Returned: not yet done",
    ClaimResult.WITHDRAWN: "Taken back",
}


class LineKind(StrEnum):
    """What a line of an action's history is."""

    STATE = "state"
    TIMESCALE = "timescale"
    UPDATE = "update"
    DELIVERY = "delivery"
    IMPACT = "impact"
    EVIDENCE = "evidence"
    TEST = "test"
    BLOCK = "block"
    DEPENDENCY = "dependency"
    CLAIM = "claim"
    QUESTION = "question"
    ROUND = "round"


LABELS: dict[StrEnum, str] = {
    EvidenceQuarter.DATA: "Data",
    EvidenceQuarter.AUDIT: "Audit",
    EvidenceQuarter.CHILDREN: "Children and families",
    EvidenceQuarter.PRACTITIONERS: "Practitioners",
    ReceivedHow.SCREEN: "Typed on screen",
    ReceivedHow.EMAIL: "By e-mail",
    ReceivedHow.TELEPHONE: "By telephone",
    ReceivedHow.MEETING: "At a meeting",
    ReceivedHow.DOCUMENT: "In an imported document",
    ReceivedHow.LINK: "By personal link",
}
