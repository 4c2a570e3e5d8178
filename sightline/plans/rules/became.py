"""What became of an action that was an exception in the last report and is none now: in sentences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sightline.plans.choices import (
    IMPACT_LABELS,
    LABELS,
    DeliveryRating,
    DeliveryState,
    Embedding,
    ExceptionKind,
)
from sightline.plans.rules.facts import ActionFacts
from sightline.screens.words import day

GONE = "It is no longer in the system: the import that brought it was withdrawn."
PLAN_ENDED = "Its plan has ended."
ELSEWHERE = "It is no longer among the actions this report looks at."

_RATINGS = frozenset({ExceptionKind.RED, ExceptionKind.ASSERTED_BETTER, ExceptionKind.GREEN_WITHOUT_EVIDENCE})
_UPDATES = frozenset({ExceptionKind.SILENT, ExceptionKind.REVIEW_MISSED})


def became(facts: ActionFacts, former: Collection[ExceptionKind]) -> str:
    """What became of it, by what it was an exception for. Source: issue "since the last issued", `design.md` 4a."""
    if facts.state in _ENDS:
        return f"{_ENDS[facts.state]}{_since(facts.state_since)}{_embedded(facts)}."
    told = [
        _date(facts) if ExceptionKind.OVERDUE in former else "",
        _update(facts) if _UPDATES & set(former) else "",
        "Nothing hinders it any more." if ExceptionKind.BLOCKED in former else "",
        _ratings(facts) if _RATINGS & set(former) else "",
        _reopened(facts) if ExceptionKind.NOT_EMBEDDED in former else "",
    ]
    return " ".join(sentence for sentence in told if sentence) or "It is open, and no reason to look is left."


_ENDS = {
    DeliveryState.COMPLETE: "Complete",
    DeliveryState.CLOSED_OTHER: "Closed without completion",
    DeliveryState.SUPERSEDED: "Superseded",
}


def _since(on: date | None) -> str:
    return f" on {day(on)}" if on else ""


def _embedded(facts: ActionFacts) -> str:
    return ", and embedded" if facts.embedding == Embedding.PASSED else ""


def _date(facts: ActionFacts) -> str:
    return f"Its date is now {day(facts.due_on)}." if facts.due_on else "It has no firm date any more."


def _update(facts: ActionFacts) -> str:
    return f"An update came on {day(facts.last_update_on)}." if facts.last_update_on else ""


def _reopened(facts: ActionFacts) -> str:
    return f"It is open again{f' since {day(facts.state_since)}' if facts.state_since else ''}."


def _ratings(facts: ActionFacts) -> str:
    delivery = LABELS[DeliveryRating(facts.delivery.value)].lower()
    return f"Delivery is {delivery}, impact {IMPACT_LABELS[facts.impact.value].lower()}."
