"""What the rules look at: plain values of one action as at one day. Nothing here knows the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sightline.plans.choices import (
    OPEN_STATES,
    DeliveryRating,
    DeliveryState,
    Embedding,
    EvidenceQuarter,
    ImpactRating,
    TimescaleKind,
)


@dataclass(frozen=True, slots=True)
class RatingFacts:
    """The rating in force. `imported`: it came with a document. `updated_since`: an update was recorded after it."""

    value: str
    as_at: date | None = None
    said_by: str = ""
    reason: str = ""
    imported: bool = False
    updated_since: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """One piece of evidence: its quarter and the day it speaks of."""

    quarter: EvidenceQuarter
    dated_on: date


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """The last word that it is done, while it waits for a second person, or was returned and nothing came since."""

    said_by: str
    as_at: date
    is_returned: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ActionFacts:
    """One action as at a day.

    `firm_dates` are the firm dates in the order they were accepted, the one in force last; `due_on` is the firm date
    in force, empty where the timescale in force has none. `waits_for` names the open actions it depends on.
    `asked_from` is the day on which the last closed round that asked about it opened; None where none did.
    """

    opened_on: date
    reference: str = ""
    state: DeliveryState = DeliveryState.NOT_STARTED
    state_since: date | None = None
    timescale: TimescaleKind = TimescaleKind.BLANK
    timescale_label: str = ""
    due_on: date | None = None
    review_on: date | None = None
    firm_dates: tuple[date, ...] = ()
    last_update_on: date | None = None
    last_update_text: str = ""
    asked_from: date | None = None
    delivery: RatingFacts = RatingFacts(DeliveryRating.NOT_RATED)
    impact: RatingFacts = RatingFacts(ImpactRating.NOT_YET_KNOWN)
    evidence: tuple[EvidenceFacts, ...] = ()
    embedding: Embedding = Embedding.NONE_SET
    test_due_on: date | None = None
    failed_tests: int = 0
    blocked_reason: str = ""
    waits_for: tuple[str, ...] = ()
    claim: ClaimFacts | None = None
    question: str = ""
    question_on: date | None = None

    @property
    def completed_on(self) -> date | None:
        """The day as at which it was said to be complete; None where it is not, or nobody said since when."""
        return self.state_since if self.state == DeliveryState.COMPLETE else None

    @property
    def quarters(self) -> tuple[EvidenceQuarter, ...]:
        """The quarters in which there is evidence, in their own order."""
        found = {piece.quarter for piece in self.evidence}
        return tuple(quarter for quarter in EvidenceQuarter if quarter in found)

    @property
    def is_open(self) -> bool:
        """Not started or in progress."""
        return self.state in OPEN_STATES
