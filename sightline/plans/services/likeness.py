"""Keeping the words under which like recommendations and actions are found, in the transaction of every change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction

from sightline.plans.models import Action, LikeWord, Recommendation
from sightline.plans.rules.likeness import index_words

CHUNK = 2_000


def keep_likeness(record: Action | Recommendation, *, is_new: bool = False) -> None:
    """Make a record's words anew; for services, inside their transaction."""
    column = "action" if isinstance(record, Action) else "recommendation"
    if not is_new:
        LikeWord.objects.filter(**{column: record}).delete()
    LikeWord.objects.bulk_create(_words(column, record), batch_size=CHUNK)


@transaction.atomic
def rebuild_words() -> int:
    """Make every word anew, oldest record first. Returns how many records have some."""
    LikeWord.objects.all().delete()
    number = 0
    for column, rows in (
        ("recommendation", Recommendation.objects.order_by("pk")),
        ("action", Action.objects.order_by("pk").only("pk", "text")),
    ):
        waiting: list[LikeWord] = []
        for record in rows.iterator(chunk_size=CHUNK):
            number += 1
            waiting += _words(column, record)
            if len(waiting) >= CHUNK:
                LikeWord.objects.bulk_create(waiting)
                waiting = []
        LikeWord.objects.bulk_create(waiting)
    return number


def _words(column: str, record: Action | Recommendation) -> Iterator[LikeWord]:
    return (LikeWord(word=word, **{column: record}) for word in index_words(" ".join(_texts(record))))


def _texts(record: Action | Recommendation) -> Iterable[str]:
    return (record.title, record.text) if isinstance(record, Recommendation) else (record.text,)
