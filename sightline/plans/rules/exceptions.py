"""What the business group must look at, each with the sentence why (`design.md` 1 and 4a)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sightline.plans.choices import (
    GONE_STATES,
    DeliveryRating,
    DeliveryState,
    Dimension,
    Embedding,
    ExceptionKind,
    ImpactRating,
)
from sightline.plans.rules.dates import (
    days_overdue,
    days_since_update,
    is_blocked,
    is_overdue,
    is_review_missed,
    is_silent,
    slips,
)
from sightline.plans.rules.facts import ActionFacts, RatingFacts
from sightline.plans.rules.numbers import Numbers, standard
from sightline.plans.rules.ratings import stands_unexplained, suggested_delivery, suggested_impact
from sightline.screens.words import count, day, joined

_NAMES = {Dimension.DELIVERY: "Delivery", Dimension.IMPACT: "Impact"}


class Found(NamedTuple):
    """One reason to look, and the sentence that says why."""

    kind: ExceptionKind
    sentence: str


def exceptions(facts: ActionFacts, on: date, numbers: Numbers | None = None) -> list[Found]:
    """Every reason to look at an action on a day, in the order a report prints them. Source: `design.md` 4a.

    An action closed without completion, or superseded, is none.
    """
    if facts.state in GONE_STATES:
        return []
    counted = numbers or standard()
    told = (
        *_of_dates(facts, on, counted),
        *_of_ratings(facts, on, counted),
        (ExceptionKind.NOT_EMBEDDED, _not_embedded(facts)),
    )
    found = {kind: sentence for kind, sentence in told if sentence}
    return [Found(kind, found[kind]) for kind in ExceptionKind if kind in found]


def _of_dates(facts: ActionFacts, on: date, numbers: Numbers) -> list[tuple[ExceptionKind, str]]:
    return [
        (ExceptionKind.OVERDUE, _overdue(facts, on)),
        (ExceptionKind.REVIEW_MISSED, _review_missed(facts, on)),
        (ExceptionKind.SILENT, _silent(facts, on) if is_silent(facts, on, numbers) else ""),
        (ExceptionKind.SLIPPED_TWICE, _slipped(facts, numbers)),
        (ExceptionKind.BLOCKED, _blocked(facts)),
    ]


def _of_ratings(facts: ActionFacts, on: date, numbers: Numbers) -> list[tuple[ExceptionKind, str]]:
    better = [
        _better(Dimension.DELIVERY, facts.delivery, suggested_delivery(facts, on, numbers)),
        _better(Dimension.IMPACT, facts.impact, suggested_impact(facts, numbers)),
    ]
    return [
        (ExceptionKind.RED, _red(facts)),
        (ExceptionKind.ASSERTED_BETTER, " ".join(filter(None, better))),
        (ExceptionKind.GREEN_WITHOUT_EVIDENCE, _green_without_evidence(facts)),
    ]


def _overdue(facts: ActionFacts, on: date) -> str:
    if facts.due_on is None or not is_overdue(facts, on):
        return ""
    return f"It was due on {day(facts.due_on)} and is {count(days_overdue(facts, on), 'day')} overdue."


def _review_missed(facts: ActionFacts, on: date) -> str:
    if facts.review_on is None or not is_review_missed(facts, on):
        return ""
    return f"A review was due on {day(facts.review_on)}; no update has come since."


def _silent(facts: ActionFacts, on: date) -> str:
    said = f"No update for {count(days_since_update(facts, on), 'day')}"
    if facts.asked_from:
        said = f"No update in the round opened on {day(facts.asked_from)}, which is closed, nor since"
    if facts.last_update_on is None:
        return f"{said}: none has come since it began on {day(facts.opened_on)}."
    return f"{said}: the last is of {day(facts.last_update_on)}."


def _slipped(facts: ActionFacts, numbers: Numbers) -> str:
    times = slips(facts)
    if not facts.is_open or times < numbers.slips_that_matter:
        return ""
    first, last = day(facts.firm_dates[0]), day(facts.firm_dates[-1])
    return f"A later date was accepted {count(times, 'time')}: first {first}, now {last}."


def _blocked(facts: ActionFacts) -> str:
    if not is_blocked(facts):
        return ""
    said = [f"Its owner says it cannot go on: {facts.blocked_reason}"] if facts.blocked_reason else []
    open_ones = "which is" if len(facts.waits_for) == 1 else "which are"
    waits = (
        [f"It waits for {joined(list(facts.waits_for))}, {open_ones} still open."] if facts.waits_for else []
    )
    return " ".join(said + waits)


def _red(facts: ActionFacts) -> str:
    told = []
    if facts.is_open and facts.delivery.value == DeliveryRating.RED:
        told.append(f"Delivery is rated red{_by_whom(facts.delivery)}.")
    if facts.impact.value == ImpactRating.RED:
        told.append(f"Impact is rated red{_by_whom(facts.impact)}.")
    return " ".join(told)


def _by_whom(rating: RatingFacts) -> str:
    who = f" by {rating.said_by}" if rating.said_by else ""
    when = f" as at {day(rating.as_at)}" if rating.as_at else ""
    return who + when


def _better(dimension: Dimension, rating: RatingFacts, suggestion: str | None) -> str:
    if not stands_unexplained(rating, suggestion):
        return ""
    based = "dates and updates suggest" if dimension == Dimension.DELIVERY else "evidence suggests"
    word = str(suggestion).replace("_", " ")
    start = f"{_NAMES[dimension]} is said to be {rating.value}{_by_whom(rating)}; {based} {word}."
    if rating.imported:
        return f"{start} The rating came with a document and no update has followed."
    return f"{start} Reason given: {rating.reason}" if rating.reason else f"{start} No reason is recorded."


def _green_without_evidence(facts: ActionFacts) -> str:
    """Both ratings: impact is shown by evidence; delivery by an update or by evidence."""
    if facts.evidence:
        return ""
    told = []
    if facts.delivery.value == DeliveryRating.GREEN and facts.last_update_on is None:
        told.append("Delivery is said to be green, and neither an update nor evidence is recorded.")
    if facts.impact.value == ImpactRating.GREEN:
        told.append("Impact is said to be green, and no evidence is recorded.")
    return " ".join(told)


def _not_embedded(facts: ActionFacts) -> str:
    if facts.state != DeliveryState.COMPLETE or facts.embedding == Embedding.PASSED:
        return ""
    since = f"Complete since {day(facts.completed_on)}" if facts.completed_on else "Complete"
    if facts.embedding == Embedding.WAITING and facts.test_due_on:
        return f"{since}; its embedding test is due on {day(facts.test_due_on)}."
    return f"{since}; no embedding test has shown that it lasts."
