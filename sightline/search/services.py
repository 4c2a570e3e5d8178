"""Keeping the index: services of every record call these in their own transaction. The journal is theirs, not ours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, OuterRef

from sightline.search.models import SearchEntry
from sightline.search.registry import Indexed, Kind, kinds
from sightline.search.rules.words import kept_text

T = TypeVar("T")
CHUNK = 1_000
_PLACE = ("kind", "record_id")
_SAYS = ("guard_id", "title", "body", "url", "day", "title_words", "body_words")


@transaction.atomic(savepoint=False)
def keep(indexed: Iterable[Indexed]) -> None:
    """Put these records into the index, or say anew what they say: one statement, nothing for none."""
    rows = [_entry(each) for each in indexed]
    if rows:
        SearchEntry.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=_PLACE, update_fields=_SAYS, batch_size=None
        )


def _entry(given: Indexed) -> SearchEntry:
    return SearchEntry(
        kind=given.kind,
        record_id=given.record_id,
        guard_id=given.guard_id,
        title=given.title,
        body=given.body,
        url=given.url,
        day=given.day,
        title_words=kept_text(given.title),
        body_words=kept_text(given.body),
    )


@transaction.atomic(savepoint=False)
def drop(kind: str, numbers: Collection[int]) -> None:
    """Take records out of the index."""
    if numbers:
        SearchEntry.objects.filter(kind=kind, record_id__in=list(numbers)).delete()


@transaction.atomic(savepoint=False)
def drop_guarded(guard: str, numbers: Collection[int]) -> None:
    """Take records out of the index with everything that hangs on them: an action with its updates and evidence."""
    if numbers:
        guarded = [kind.key for kind in kinds().values() if kind.guard == guard]
        SearchEntry.objects.filter(kind__in=guarded, guard_id__in=list(numbers)).delete()


def rebuild(progress: Callable[[str, int], None] = lambda kind, done: None) -> int:
    """Make the whole index anew from the records, a chunk at a time. Returns how many records it holds."""
    return sum(_rebuild(kind, kind.records(), progress) for kind in kinds().values())


def mend() -> int:
    """Put in what is missing and take out what is gone: after an upgrade, or when a file of the database was lost.

    Returns how many records were put in.
    """
    put_in = 0
    for kind in kinds().values():
        standing = SearchEntry.objects.filter(kind=kind.key, record_id=OuterRef("pk"))
        put_in += _rebuild(kind, kind.records().filter(~Exists(standing)), lambda key, done: None)
    return put_in


def _rebuild(kind: Kind, records: Iterable[T], progress: Callable[[str, int], None]) -> int:
    done = 0
    for chunk in _chunks(records.order_by("pk").iterator(chunk_size=CHUNK)):  # type: ignore[attr-defined]
        keep(kind.indexed(chunk))
        done += len(chunk)
        progress(kind.key, done)
    record = kind.model._default_manager.filter(pk=OuterRef("record_id"))
    SearchEntry.objects.filter(~Exists(record), kind=kind.key).delete()
    return done


def _chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
