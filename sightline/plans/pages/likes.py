""" "We have asked for this before": like recommendations and actions of past years, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict

from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    IMPACT_LABELS,
    LABELS,
    STEP_LABELS,
    Acceptance,
    Embedding,
    Step,
)
from sightline.plans.models import Action, Plan, Recommendation, Source
from sightline.plans.pages.looks import ACTION_COLOURS
from sightline.plans.rules import addresses
from sightline.plans.rules.ledger import is_impact
from sightline.plans.selectors.likeness import Asker, Like, like_ones, text_of
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


@dataclass(frozen=True)
class LikeShown:
    """One like recommendation or action: where and when it was asked for, and what became of it."""

    href: str
    what: str
    where: str
    text: str
    state: str
    colour: str
    became: str


def likes_of_text(user: Reader, data: QueryDict, asker: Asker) -> tuple[LikeShown, ...]:
    """The like ones of words that are still being written."""
    words = " ".join(filter(None, (data.get("title", ""), data.get("text", ""))))
    return shown(like_ones(user, words, asker))


def likes_of_recommendation(
    user: Reader, found: Recommendation, linked: Iterable[int]
) -> tuple[LikeShown, ...]:
    """The like ones of earlier years; those of its own source and the actions that answer it are left out."""
    asker = asker_of_recommendation(found, linked)
    return shown(like_ones(user, text_of(found), asker))


def asker_of_recommendation(found: Recommendation, linked: Iterable[int] = ()) -> Asker:
    """For whom like ones are looked for: a recommendation of a source."""
    numbers = frozenset(linked)
    return Asker(source=found.source_id, actions=numbers, before=found.source.published_on)


def asker_of_source(source: Source) -> Asker:
    """For whom like ones are looked for: something new that a source asks for."""
    return Asker(source=source.pk, before=source.published_on)


def asker_of_plan(plan: Plan, before: date | None = None) -> Asker:
    """For whom like ones are looked for: an action of a plan; others of the same plan are left out."""
    return Asker(plan=plan.pk, before=before)


def likes_of_action(user: Reader, action: Action) -> tuple[LikeShown, ...]:
    """The like ones of earlier years; those of its own plan and what it answers are left out."""
    answered = frozenset(
        link.recommendation_id for link in action.sources.all() if link.recommendation_id is not None
    )
    asker = Asker(plan=action.plan_id, recommendations=answered, before=action.opened_on)
    return shown(like_ones(user, text_of(action), asker))


def shown(likes: Iterable[Like]) -> tuple[LikeShown, ...]:
    """Like ones as a page shows them."""
    return tuple(
        _of_action(like, like.record)
        if isinstance(like.record, Action)
        else _of_recommendation(like, like.record)
        for like in likes
    )


def _of_action(like: Like, action: Action) -> LikeShown:
    embedding = action.current_embedding
    parts = [
        f"Delivery {LABELS_OF_RATING.get(action.current_delivery_rating, action.current_delivery_rating).lower()}",
        f"impact {IMPACT_LABELS.get(action.current_impact_rating, action.current_impact_rating).lower()}",
    ]
    if embedding != Embedding.NONE_SET:
        parts.append(LABELS[Embedding(embedding)].lower())
    number = " ".join(filter(None, (action.current_number_label, action.reference)))
    when = f", opened {day(like.on)}" if like.on else ""
    return LikeShown(
        addresses.of_action(action.reference),
        f"Action {number}",
        f"{action.plan.name}{when}",
        action.text,
        LABELS[action.state_now],
        ACTION_COLOURS[action.state_now],
        f"{', '.join(parts)}.",
    )


LABELS_OF_RATING = {"green": "Green", "amber": "Amber", "red": "Red", "not_rated": "Not rated"}


def _of_recommendation(like: Like, found: Recommendation) -> LikeShown:
    parties = list(found.addressees.all())
    step = max((Step(party.current_step) for party in parties), default=Step.NONE)
    when = f", {day(like.on)}" if like.on else ""
    return LikeShown(
        addresses.of_recommendation(found.source.key, found.pk),
        named(found.number),
        f"{found.source.title}{when}",
        found.text,
        STEP_LABELS[step],
        STEP_COLOURS[step],
        became_of(step, [party.current_acceptance for party in parties]),
    )


def became_of(step: Step, acceptances: Iterable[str]) -> str:
    """What became of a recommendation in a sentence: the highest step, and how many accepted it."""
    said = [value for value in acceptances if value]
    counts = ", ".join(
        f"{ACCEPTANCE_LABELS[a].lower()} by {said.count(a)}" for a in Acceptance if said.count(a)
    )
    ladder = "Impact is shown" if is_impact(step) else "No impact is shown"
    return f"{ladder}. {counts[:1].upper()}{counts[1:]}.".replace(". .", ".")


STEP_COLOURS: dict[Step, str] = {
    Step.NONE: "grey",
    Step.TOLD: "yellow",
    Step.CHANGED: "blue",
    Step.SEEN: "teal",
    Step.SHOWN: "green",
}


def named(number: str) -> str:
    """A printed number as a heading: "Recommendation 9" for a bare figure, words as they are."""
    return f"Recommendation {number}" if number[:1].isdigit() else number
