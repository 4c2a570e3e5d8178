"""What changed of an action between two looks at it: plain values in, sentences out (`design.md` 4.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sightline.plans.choices import IMPACT_LABELS, LABELS
from sightline.plans.rules.facts import ActionFacts
from sightline.screens.words import day, joined


class Change(NamedTuple):
    """One thing that changed: what, how it was, how it is."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Looked:
    """An action at one look: its facts, what it promised (words by name), who answered for it."""

    facts: ActionFacts
    promise: Mapping[str, str]
    owners: str


PROMISE = ("Number", "Words", "Priority", "Outcome", "Gone from the document")


def changes(
    before: Looked | None, after: Looked, updates: Sequence[str], evidence: Sequence[str]
) -> list[Change]:
    """Everything that differs between two looks; `updates` and `evidence` are those that came in between."""
    if before is None:
        return [Change("New", "", "Not kept here on the first day"), *_came(updates, evidence)]
    pairs = (*_promised(before, after), *_stands(before.facts, after.facts))
    return [*(pair for pair in pairs if pair.before != pair.after), *_came(updates, evidence)]


def _promised(before: Looked, after: Looked) -> Iterator[Change]:
    for name in PROMISE:
        yield Change(name, before.promise.get(name, ""), after.promise.get(name, ""))
    yield Change("Owners", before.owners or "Nobody", after.owners or "Nobody")


def _stands(before: ActionFacts, after: ActionFacts) -> Iterator[Change]:
    yield Change("State", LABELS[before.state], LABELS[after.state])
    yield Change("Delivery", _rating(before.delivery.value), _rating(after.delivery.value))
    yield Change("Impact", IMPACT_LABELS[before.impact.value], IMPACT_LABELS[after.impact.value])
    yield Change("Date", _date(before), _date(after))
    yield Change("Did it last?", LABELS[before.embedding], LABELS[after.embedding])
    yield Change("In the way", _in_the_way(before), _in_the_way(after))


def _rating(value: str) -> str:
    return next((words for key, words in LABELS.items() if key.value == value), value)


def _date(facts: ActionFacts) -> str:
    due = facts.due_on or facts.review_on
    return f"{day(due)}" if due else facts.timescale_label or "None"


def _in_the_way(facts: ActionFacts) -> str:
    waits = f"Waits for {joined(list(facts.waits_for))}" if facts.waits_for else ""
    return ". ".join(filter(None, (facts.blocked_reason, waits))) or "Nothing"


def _came(updates: Sequence[str], evidence: Sequence[str]) -> Iterator[Change]:
    for what, came in (("Updates", updates), ("Evidence", evidence)):
        if came:
            yield Change(what, "", f"{len(came)} came: {' · '.join(came)}")
