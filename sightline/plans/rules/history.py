"""From an action's history to what is true of it on a day: the lines in, the facts out (`design.md` 4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.plans.choices import (
    FIRM_KINDS,
    OPEN_STATES,
    REVIEW_KINDS,
    ClaimResult,
    DeliveryRating,
    DeliveryState,
    Embedding,
    EvidenceQuarter,
    ImpactRating,
    LineKind,
    TimescaleKind,
)
from sightline.plans.rules.dates import update_day
from sightline.plans.rules.facts import ActionFacts, ClaimFacts, EvidenceFacts, RatingFacts


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an action's history, whatever table it comes from.

    `word` is its state, kind, rating, quarter or result; `day` the date it names (due, dated on, round opened);
    `ended_on` the day it ended or was answered; `who` who said it, or the reference of the action waited for.
    """

    action: int
    kind: LineKind
    row: int
    as_at: date
    recorded_at: datetime
    word: str = ""
    day: date | None = None
    ended_on: date | None = None
    ended_recorded_at: datetime | None = None
    who: str = ""
    text: str = ""
    import_of: int | None = None

    @property
    def place(self) -> tuple[date, datetime, int]:
        """Its place in history: by valid day, then by the moment it was recorded."""
        return (self.as_at, self.recorded_at, self.row)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day looked at, and where asked for, only what was known by a moment ("as it stood on")."""

    on: date
    known_by: datetime | None = None

    def sees(self, as_at: date, recorded_at: datetime) -> bool:
        """Whether something valid from a day and recorded at a moment counts."""
        return as_at <= self.on and (self.known_by is None or recorded_at <= self.known_by)

    def end_of(self, line: Line) -> date | None:
        """The day the line ended, where that had happened and was known."""
        if line.ended_on is None or line.ended_recorded_at is None:
            return None
        return line.ended_on if self.sees(line.ended_on, line.ended_recorded_at) else None


Told = dict[LineKind, list[Line]]


def facts_from(lines: Iterable[Line], moment: Moment, opened_on: date, reference: str = "") -> ActionFacts:
    """What is true of one action: the last of what counts, by valid day and then by recorded moment."""
    told: Told = {kind: [] for kind in LineKind}
    for line in sorted(lines, key=lambda line: line.place):
        if moment.sees(line.as_at, line.recorded_at):
            told[line.kind].append(line)
    return ActionFacts(
        opened_on=opened_on,
        reference=reference,
        **_of_state(told, moment),
        **_of_timescales(told[LineKind.TIMESCALE]),
        **_of_updates(told[LineKind.UPDATE]),
        **_of_ratings(told),
        **_of_hindrances(told, moment),
        **_of_rounds(told[LineKind.ROUND]),
    )


def _of_state(told: Told, moment: Moment) -> dict[str, Any]:
    states = told[LineKind.STATE]
    embedding, test_due_on = _embedding(told[LineKind.TEST], states[-1] if states else None, moment)
    failed = sum(t.word == Embedding.FAILED and moment.end_of(t) is not None for t in told[LineKind.TEST])
    tested = {"embedding": embedding, "test_due_on": test_due_on, "failed_tests": failed}
    if not states:
        return tested
    return {**tested, "state": DeliveryState(states[-1].word), "state_since": states[-1].as_at}


def _of_timescales(timescales: list[Line]) -> dict[str, Any]:
    if not timescales:
        return {}
    last = timescales[-1]
    return {
        "timescale": TimescaleKind(last.word),
        "timescale_label": last.text,
        "due_on": last.day if last.word in FIRM_KINDS else None,
        "review_on": last.day if last.word in REVIEW_KINDS else None,
        "firm_dates": tuple(line.day for line in timescales if line.day and line.word in FIRM_KINDS),
    }


def _of_updates(updates: list[Line]) -> dict[str, Any]:
    if not updates:
        return {}
    last = max(updates, key=lambda line: (update_day(line.day, line.as_at), line.place))
    return {"last_update_on": update_day(last.day, last.as_at), "last_update_text": last.text}


def _of_rounds(closed: list[Line]) -> dict[str, Any]:
    return {"asked_from": closed[-1].day} if closed else {}


def _of_ratings(told: Told) -> dict[str, Any]:
    updates = told[LineKind.UPDATE]
    return {
        "delivery": _rating(told[LineKind.DELIVERY], updates, DeliveryRating.NOT_RATED),
        "impact": _rating(told[LineKind.IMPACT], updates, ImpactRating.NOT_YET_KNOWN),
        "evidence": tuple(EvidenceFacts(EvidenceQuarter(e.word), e.as_at) for e in told[LineKind.EVIDENCE]),
    }


def _of_hindrances(told: Told, moment: Moment) -> dict[str, Any]:
    blocks = [line.text for line in told[LineKind.BLOCK] if moment.end_of(line) is None]
    needs = [line for line in told[LineKind.DEPENDENCY] if moment.end_of(line) is None]
    return _of_answers(told, moment) | {
        "blocked_reason": blocks[-1] if blocks else "",
        "waits_for": tuple(line.who for line in needs if line.word in OPEN_STATES),
    }


def _of_answers(told: Told, moment: Moment) -> dict[str, Any]:
    """What waits for somebody's answer: a claim, a question."""
    found: dict[str, Any] = {"claim": _claim(told, moment)}
    waiting = [line for line in told[LineKind.QUESTION] if moment.end_of(line) is None]
    if waiting:
        found |= {"question": waiting[-1].text, "question_on": waiting[-1].as_at}
    return found


def _claim(told: Told, moment: Moment) -> ClaimFacts | None:
    """The claim that waits, or the one that was returned without a word since."""
    claims = sorted(told[LineKind.CLAIM], key=lambda line: (line.recorded_at, line.row))
    if not claims:
        return None
    last = claims[-1]
    if moment.end_of(last) is None:
        return ClaimFacts(last.who, last.as_at)
    heard = any(
        update.recorded_at > (last.ended_recorded_at or last.recorded_at) for update in told[LineKind.UPDATE]
    )
    if last.word != ClaimResult.RETURNED or heard:
        return None
    return ClaimFacts(last.who, last.as_at, is_returned=True, reason=last.text)


def _rating(ratings: list[Line], updates: list[Line], unrated: str) -> RatingFacts:
    if not ratings:
        return RatingFacts(unrated)
    last = ratings[-1]
    return RatingFacts(
        value=last.word,
        as_at=last.as_at,
        said_by=last.who,
        reason=last.text,
        imported=last.import_of is not None,
        updated_since=any(update.recorded_at > last.recorded_at for update in updates),
    )


def _embedding(tests: list[Line], state: Line | None, moment: Moment) -> tuple[Embedding, date | None]:
    """The last test's result; a result from before the action was completed (again) says nothing of it now."""
    if not tests:
        return Embedding.NONE_SET, None
    last = tests[-1]
    answered_on = moment.end_of(last)
    if answered_on is None:
        return Embedding.WAITING, last.day
    if state and state.word == DeliveryState.COMPLETE and answered_on < state.as_at:
        return Embedding.NONE_SET, None
    return Embedding(last.word), last.day
