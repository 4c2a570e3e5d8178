"""Recommendations and actions of before that are like some words: four queries, whatever the number of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import log
from typing import TYPE_CHECKING

from django.db import connection

from sightline.plans.models import Action, LikeWord, Recommendation
from sightline.plans.rules.likeness import MOST_SHOWN, Candidate, ranked, search_words
from sightline.plans.selectors.ledger import recommendations_visible_to, with_ledger
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# Bounds, so that a hundred thousand records cost what a thousand do: words looked under, the newest records under each,
# and how many of the likeliest are compared word by word.
MOST_WORDS = 48
MOST_UNDER_A_WORD = 600
MOST_COMPARED = 120


@dataclass(frozen=True, slots=True)
class Like:
    """A recommendation or an action that asks for something like it. `on`: when it was asked for, if known."""

    record: Recommendation | Action
    on: date | None
    score: float


@dataclass(frozen=True, slots=True)
class Asker:
    """For whom like ones are looked for: what is left out, and the day before which they must have been asked for."""

    source: int | None = None
    plan: int | None = None
    actions: frozenset[int] = frozenset()
    recommendations: frozenset[int] = frozenset()
    before: date | None = None


def like_ones(user: Reader, text: str, asker: Asker | None = None, *, most: int = MOST_SHOWN) -> list[Like]:
    """The readable recommendations and actions that are like the text, the likest first."""
    asker = asker or Asker()
    found = _candidates(text)
    records: dict[str, Like] = {}
    for recommendation in _recommendations(user, found["recommendation"], asker):
        source = recommendation.source
        records[f"r{recommendation.pk}"] = Like(recommendation, source.published_on, 0.0)
    for action in _actions(user, found["action"], asker):
        records[f"a{action.pk}"] = Like(action, action.opened_on, 0.0)
    texts = [Candidate(key, _text(like.record)) for key, like in records.items()]
    best = ranked(text, texts)[:most]
    return [Like(records[each.key].record, records[each.key].on, each.score) for each in best]


def text_of(record: Recommendation | Action) -> str:
    """What a record is compared by."""
    return _text(record)


def _text(record: Recommendation | Action) -> str:
    return f"{record.title} {record.text}" if isinstance(record, Recommendation) else record.text


def _recommendations(user: Reader, numbers: Iterable[int], asker: Asker) -> Iterable[Recommendation]:
    found = recommendations_visible_to(user).filter(pk__in=set(numbers) - asker.recommendations)
    found = found.exclude(source=asker.source) if asker.source else found
    if asker.before:
        found = found.exclude(source__published_on__gt=asker.before)
    return with_ledger(found).order_by("-source__published_on", "pk")


def _actions(user: Reader, numbers: Iterable[int], asker: Asker) -> Iterable[Action]:
    found = actions_visible_to(user).filter(pk__in=set(numbers) - asker.actions)
    found = found.exclude(plan=asker.plan) if asker.plan else found
    if asker.before:
        found = found.filter(opened_on__lte=asker.before)
    return found.order_by("-opened_on", "pk")


def _candidates(text: str) -> Mapping[str, list[int]]:
    """Numbers of the records that share the rarest words with the text, the likeliest first."""
    scores: defaultdict[tuple[str, int], float] = defaultdict(float)
    for rows in _under(search_words(text, MOST_WORDS)).values():
        weight = log(1 + MOST_UNDER_A_WORD / len(rows))
        for row in rows:
            scores[row] += weight
    best = sorted(scores, key=lambda row: -scores[row])[:MOST_COMPARED]
    found: dict[str, list[int]] = {"recommendation": [], "action": []}
    for column, number in best:
        found[column].append(number)
    return found


def _under(words: Iterable[str]) -> Mapping[str, list[tuple[str, int]]]:
    """The newest records under each word: one statement, the same on both databases."""
    asked = list(words)
    if not asked:
        return {}
    table = connection.ops.quote_name(LikeWord._meta.db_table)
    part = (
        f"SELECT * FROM (SELECT word, recommendation_id, action_id FROM {table} "  # noqa: S608 - our own name
        f"WHERE word = %s ORDER BY id DESC LIMIT {MOST_UNDER_A_WORD}) AS w{{}}"
    )
    statement = " UNION ALL ".join(part.format(place) for place in range(len(asked)))
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        for word, recommendation, action in cursor.fetchall():
            found[word].append(("recommendation", recommendation) if recommendation else ("action", action))
    return found
