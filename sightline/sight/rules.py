"""When a thread is loose, and what a whole thread amounts to in a sentence: plain values in and out."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.plans.choices import DeliveryState, Embedding, ImpactRating
from sightline.plans.rules.facts import ActionFacts
from sightline.screens.words import count
from sightline.sight.choices import Loose

CLAIMED = (ImpactRating.GREEN, ImpactRating.AMBER)
GONE = (DeliveryState.CLOSED_OTHER, DeliveryState.SUPERSEDED)


def loose_ends(facts: ActionFacts, *, answers: bool) -> tuple[Loose, ...]:
    """How the thread of an action is loose; one closed without completion, or superseded, has come to its end.

    `answers`: whether a source or recommendation is named for it. Source: design.md 1, done is not embedded.
    """
    if facts.state in GONE:
        return ()
    told = {
        Loose.ANSWERS_NOTHING: not answers,
        Loose.NEVER_UPDATED: facts.is_open and facts.last_update_on is None,
        **_of_impact(facts),
    }
    return tuple(kind for kind in Loose if told.get(kind))


def _of_impact(facts: ActionFacts) -> dict[Loose, bool]:
    complete = facts.state == DeliveryState.COMPLETE
    return {
        Loose.COMPLETE_WITHOUT_EVIDENCE: complete and not facts.evidence,
        Loose.IMPACT_WITHOUT_EVIDENCE: facts.impact.value in CLAIMED and not facts.evidence,
        Loose.IMPACT_NOT_KNOWN: complete and facts.impact.value == ImpactRating.NOT_YET_KNOWN,
    }


def in_a_sentence(actions: Sequence[ActionFacts]) -> str:
    """ "3 actions: 2 complete, 1 with evidence, 1 embedded, 1 with an impact known"."""
    if not actions:
        return "No action that you can see belongs to it."
    done = sum(facts.state == DeliveryState.COMPLETE for facts in actions)
    shown = sum(bool(facts.evidence) for facts in actions)
    lasted = sum(facts.embedding == Embedding.PASSED for facts in actions)
    known = sum(facts.impact.value != ImpactRating.NOT_YET_KNOWN for facts in actions)
    told = f"{done} complete, {shown} with evidence, {lasted} embedded, {known} with an impact rating"
    return f"{count(len(actions), 'action')}: {told}."
