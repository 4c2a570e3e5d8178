"""From what a thread can be looked along, which way, and how it can be loose."""

from __future__ import annotations

from enum import StrEnum


class StartKind(StrEnum):
    """A record from which the line of sight can be looked along."""

    SOURCE = "source"
    RECOMMENDATION = "recommendation"
    PRIORITY = "priority"
    OUTCOME = "outcome"
    ACTION = "action"
    CHALLENGE = "challenge"
    RISK = "risk"
    SCRUTINY = "scrutiny"


# Records of the logs: what answers or treats them is named.
LOGS = frozenset({StartKind.CHALLENGE, StartKind.RISK, StartKind.SCRUTINY})


class Way(StrEnum):
    """Which way one looks: up to the reason, down to the difference, or both."""

    WHOLE = "whole"
    WHY = "why"
    CAME = "came"


class Loose(StrEnum):
    """How a thread can end without an end."""

    UNANSWERED = "unanswered"
    ANSWERS_NOTHING = "answers_nothing"
    OUTCOME_WITHOUT_ACTION = "outcome_without_action"
    NEVER_UPDATED = "never_updated"
    COMPLETE_WITHOUT_EVIDENCE = "complete_without_evidence"
    IMPACT_WITHOUT_EVIDENCE = "impact_without_evidence"
    IMPACT_NOT_KNOWN = "impact_not_known"


START_LABELS: dict[StartKind, str] = {
    StartKind.SOURCE: "Source",
    StartKind.RECOMMENDATION: "Recommendation",
    StartKind.PRIORITY: "Priority",
    StartKind.OUTCOME: "Outcome",
    StartKind.ACTION: "Action",
    StartKind.CHALLENGE: "Challenge",
    StartKind.RISK: "Risk",
    StartKind.SCRUTINY: "Scrutiny entry",
}
WAY_LABELS: dict[Way, str] = {
    Way.WHOLE: "The whole thread",
    Way.WHY: "Why are we doing this?",
    Way.CAME: "What came of it?",
}
LOOSE_LABELS: dict[Loose, str] = {
    Loose.UNANSWERED: "Recommendations that no action answers",
    Loose.ANSWERS_NOTHING: "Actions that answer nothing",
    Loose.OUTCOME_WITHOUT_ACTION: "Outcomes without an action",
    Loose.NEVER_UPDATED: "Actions never updated",
    Loose.COMPLETE_WITHOUT_EVIDENCE: "Complete without evidence",
    Loose.IMPACT_WITHOUT_EVIDENCE: "Impact claimed without evidence",
    Loose.IMPACT_NOT_KNOWN: "Complete, and no impact known",
}
# What is said beside the record. "That you can see": what one may not read is neither counted nor hinted at.
LOOSE_SENTENCES: dict[Loose, str] = {
    Loose.UNANSWERED: "No action that you can see answers it.",
    Loose.ANSWERS_NOTHING: "No source that you can see is named for it.",
    Loose.OUTCOME_WITHOUT_ACTION: "No action that you can see works towards it.",
    Loose.NEVER_UPDATED: "It is open, and no update has ever come.",
    Loose.COMPLETE_WITHOUT_EVIDENCE: "It is complete, and no evidence of a difference is recorded.",
    Loose.IMPACT_WITHOUT_EVIDENCE: "An impact is claimed, and no evidence of it is recorded.",
    Loose.IMPACT_NOT_KNOWN: "It is complete, and nobody has said what changed for children.",
}
OF_ACTIONS = frozenset(Loose) - {Loose.UNANSWERED, Loose.OUTCOME_WITHOUT_ACTION}
