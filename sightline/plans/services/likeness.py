"""Gathering the words under which like recommendations and actions are found.

Nobody waits for it: a change marks its record, and a job gathers the words of all that are marked once a minute.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from sightline.plans.models import Action, LikeWord, Recommendation
from sightline.plans.rules.likeness import index_words
from sightline.plans.selectors.likeness import text_of

RECORDS, CHUNK = 500, 2_000
_COLUMNS: dict[type[Recommendation] | type[Action], str] = {
    Recommendation: "recommendation",
    Action: "action",
}


def gather_words() -> int:
    """Make the words of every record that is marked. Returns how many records there were."""
    gathered = 0
    for model in _COLUMNS:
        while done := _gather_some(model):
            gathered += done
    return gathered


@transaction.atomic
def _gather_some(model: type[Recommendation] | type[Action]) -> int:
    """The oldest of them, held so that nobody changes their words meanwhile."""
    marked = model._default_manager.select_for_update(no_key=True).filter(words_due=True)
    found: list[Any] = list(marked.order_by("pk")[:RECORDS])
    numbers = [record.pk for record in found]
    LikeWord.objects.filter(**{f"{_COLUMNS[model]}__in": numbers}).delete()
    LikeWord.objects.bulk_create((row for record in found for row in _words(record)), batch_size=CHUNK)
    model._default_manager.filter(pk__in=numbers).update(words_due=False)
    return len(found)


def _words(record: Action | Recommendation) -> Iterator[LikeWord]:
    column = _COLUMNS[type(record)]
    return (LikeWord(word=word, **{column: record}) for word in index_words(text_of(record)))
