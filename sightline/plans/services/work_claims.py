"""What claims and questions ask of people: a second person's answer, what is missing, an answer to a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sightline.access.models import User
from sightline.plans.choices import WORK_STATES, ClaimResult, WorkKind
from sightline.plans.models import Action, CompletionClaim
from sightline.plans.rules.completing import Voice, is_own_word
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.selectors.confirmers import confirmers
from sightline.screens.words import day

UNIT = "unit"


class Ask(NamedTuple):
    """One thing asked of whoever the scope names."""

    scope: str
    kind: WorkKind
    sentence: str


def asks(
    actions: Sequence[Action],
    facts: Mapping[int, ActionFacts],
    owners: Mapping[int, Sequence[str]],
    known: Mapping[int, CompletionClaim],
    on: date,
) -> dict[int, list[Ask]]:
    """What is asked about each action, by primary key; `owners` are the scopes its owners are reached by, `known` the
    waiting claims in hand.

    Two queries where any claim waits (one, where all of them are in hand), else none.
    """
    live = [action for action in actions if action.plan.state in WORK_STATES]
    second = _seconds(live, facts, known, on)
    return {
        action.pk: [*second.get(action.pk, ()), *_of_owners(action, facts[action.pk], owners[action.pk])]
        for action in live
    }


def _of_owners(action: Action, facts: ActionFacts, scopes: Sequence[str]) -> Iterator[Ask]:
    for scope in scopes:
        if facts.claim and facts.claim.is_returned and facts.is_open:
            yield Ask(
                scope, WorkKind.CLAIM_RETURNED, f"It was returned as not yet done: {facts.claim.reason}"
            )
        if facts.question and facts.question_on:
            asked = f"A question of {day(facts.question_on)} waits for an answer: {facts.question}"
            yield Ask(scope, WorkKind.ANSWER_WANTED, asked)


def _seconds(
    actions: Sequence[Action],
    facts: Mapping[int, ActionFacts],
    known: Mapping[int, CompletionClaim],
    on: date,
) -> dict[int, list[Ask]]:
    """Who is asked to confirm: everybody who may, but never whoever said it; the unit where nobody else may."""
    waiting = [action for action in actions if (claim := facts[action.pk].claim) and not claim.is_returned]
    if not waiting:
        return {}
    people, claims = confirmers(waiting, on), dict(known)
    if others := [action.pk for action in waiting if action.pk not in known]:
        read = CompletionClaim.objects.filter(action__in=others, result=ClaimResult.WAITING)
        claims |= {claim.action_id: claim for claim in read}
    return {
        action.pk: _asked(claims[action.pk], people[action.pk]) for action in waiting if action.pk in claims
    }


def _asked(claim: CompletionClaim, people: Sequence[User]) -> list[Ask]:
    entered = Voice(claim.entered_by_id, claim.entered_by_label)
    second = [
        person for person in people if not is_own_word(entered, claim.said_by, Voice(person.pk, person.name))
    ]
    said = f"{claim.voice} says that it is done since {day(claim.as_at)}."
    if not second:
        nobody = f"{said} Nobody else may confirm it yet: give somebody the role of chair, or open a second account."
        return [Ask(UNIT, WorkKind.CONFIRM_WANTED, nobody)]
    return [
        Ask(f"user:{person.pk}", WorkKind.CONFIRM_WANTED, f"{said} Confirm it, or return it.")
        for person in second
    ]
