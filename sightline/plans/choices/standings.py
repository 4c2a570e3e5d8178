"""What a dashboard counts. Every figure is also a filter of the list of actions, so that it opens its rows."""

from __future__ import annotations

from enum import StrEnum


class Figure(StrEnum):
    """One way to count an action of a plan that runs; what is closed without completion or superseded counts nowhere.

    Delivery ratings are counted over open actions, for "complete" stands in their place once a thing is done; impact
    ratings over all. Source: `design.md` 4a and, for evidence and embedding, the sentences it quotes.
    """

    ALL = "all"
    OPEN = "open"
    COMPLETE = "complete"
    DELIVERY_GREEN = "delivery_green"
    DELIVERY_AMBER = "delivery_amber"
    DELIVERY_RED = "delivery_red"
    DELIVERY_NOT_RATED = "delivery_not_rated"
    IMPACT_GREEN = "impact_green"
    IMPACT_AMBER = "impact_amber"
    IMPACT_RED = "impact_red"
    IMPACT_NOT_YET_KNOWN = "impact_not_yet_known"
    OVERDUE = "overdue"
    SILENT = "silent"
    SLIPPED = "slipped"
    SLIPPED_TWICE = "slipped_twice"
    EXCEPTIONS = "exceptions"
    GREEN_BUT_OVERDUE = "green_but_overdue"
    SAID_BETTER = "said_better"
    EVIDENCE_DATA = "evidence_data"
    EVIDENCE_AUDIT = "evidence_audit"
    EVIDENCE_CHILDREN = "evidence_children"
    EVIDENCE_PRACTITIONERS = "evidence_practitioners"
    NO_EVIDENCE = "no_evidence"
    COMPLETE_WITHOUT_EVIDENCE = "complete_without_evidence"
    EMBEDDED = "embedded"
    TEST_WAITING = "test_waiting"
    UNTESTED = "untested"
    SLIPPED_BACK = "slipped_back"


FIGURE_LABELS: dict[Figure, str] = {
    Figure.ALL: "Every action of a plan that runs",
    Figure.OPEN: "Open",
    Figure.COMPLETE: "Complete",
    Figure.DELIVERY_GREEN: "Open, delivery green",
    Figure.DELIVERY_AMBER: "Open, delivery amber",
    Figure.DELIVERY_RED: "Open, delivery red",
    Figure.DELIVERY_NOT_RATED: "Open, delivery not rated",
    Figure.IMPACT_GREEN: "Impact green",
    Figure.IMPACT_AMBER: "Impact amber",
    Figure.IMPACT_RED: "Impact red",
    Figure.IMPACT_NOT_YET_KNOWN: "Impact not yet known",
    Figure.OVERDUE: "Overdue",
    Figure.SILENT: "Silent",
    Figure.SLIPPED: "Open, a later date accepted once or more",
    Figure.SLIPPED_TWICE: "Open, a later date accepted twice or more",
    Figure.EXCEPTIONS: "Any exception",
    Figure.GREEN_BUT_OVERDUE: "Said to be green, and overdue",
    Figure.SAID_BETTER: "Said to be better than suggested",
    Figure.EVIDENCE_DATA: "Evidence from data",
    Figure.EVIDENCE_AUDIT: "Evidence from audit",
    Figure.EVIDENCE_CHILDREN: "Evidence from children and families",
    Figure.EVIDENCE_PRACTITIONERS: "Evidence from practitioners",
    Figure.NO_EVIDENCE: "No evidence recorded",
    Figure.COMPLETE_WITHOUT_EVIDENCE: "Complete, and no evidence recorded",
    Figure.EMBEDDED: "Complete and embedded",
    Figure.TEST_WAITING: "Complete, its test still to come",
    Figure.UNTESTED: "Complete, and no test waits",
    Figure.SLIPPED_BACK: "A test failed, and none has passed since",
}
