"""What is said of a recommendation by those it is addressed to: acceptance, responses, progress, and the ladder."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class LedgerKind(StrEnum):
    """What a line of the ledger is."""

    ACCEPTANCE = "acceptance"
    RESPONSE = "response"
    PROGRESS = "progress"
    EVIDENCE = "evidence"
    STEP = "step"


class LedgerTo(StrEnum):
    """Whom the rows of a ledger are addressed to, where it is not one agency or group (`kind:key`)."""

    NAMED = "named"
    UNMATCHED = "unmatched"
    NOBODY = "nobody"


class Acceptance(StrEnum):
    """Whether a recommendation is accepted by somebody it is addressed to."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Step(IntEnum):
    """How far a recommendation has become practice (`domain.md` 5.6). Only the last two count as impact."""

    NONE = 0
    TOLD = 1
    CHANGED = 2
    SEEN = 3
    SHOWN = 4


IMPACT_STEPS = frozenset({Step.SEEN, Step.SHOWN})

STEP_LABELS: dict[Step, str] = {
    Step.NONE: "No step yet",
    Step.TOLD: "Told",
    Step.CHANGED: "Trained or changed",
    Step.SEEN: "Seen in practice",
    Step.SHOWN: "Outcome shown",
}
STEP_MEANINGS: dict[Step, str] = {
    Step.NONE: "Nothing shows yet that anybody has been told.",
    Step.TOLD: "Those concerned have been told: a briefing, an e-mail, a meeting.",
    Step.CHANGED: "Staff were trained, or a policy, form or service was changed.",
    Step.SEEN: "An audit, records or observation show that practice is different.",
    Step.SHOWN: "Data, children or families show that it is different for children.",
}
ACCEPTANCE_LABELS: dict[Acceptance, str] = {
    Acceptance.YES: "Accepted",
    Acceptance.PARTLY: "Accepted in part",
    Acceptance.NO: "Not accepted",
}

LABELS: dict[StrEnum, str] = {
    LedgerTo.NAMED: "Anybody who is named",
    LedgerTo.UNMATCHED: "The partnership, or a name not matched",
    LedgerTo.NOBODY: "Nobody: no name is given",
    LedgerKind.ACCEPTANCE: "Acceptance",
    LedgerKind.RESPONSE: "Response",
    LedgerKind.PROGRESS: "Progress",
    LedgerKind.EVIDENCE: "Evidence",
    LedgerKind.STEP: "Embedding ladder",
}
