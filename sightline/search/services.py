"""Keeping the index: services of every record call these in their own deed. The journal is theirs, not ours."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from sightline.events.services import at_end, deed, record
from sightline.search.entries import SearchEntryType
from sightline.search.models import SearchEntry
from sightline.search.registry import Indexed, Kind, kinds
from sightline.search.rules.words import kept_text

T = TypeVar("T")
CHUNK = 1_000
_PLACE = ("kind", "record_id")
_SAYS = ("guard_id", "title", "body", "url", "day", "title_words", "body_words")


@dataclass(frozen=True, slots=True)
class _Kept:
    """Records that are to be found by what they say now."""

    entries: tuple[Indexed, ...]


@dataclass(frozen=True, slots=True)
class _Gone:
    """Records that are to be taken out of the index: those of these kinds whose number, or whose guard's, is named."""

    kinds: frozenset[str]
    numbers: frozenset[int]
    by_guard: bool = False

    def covers(self, entry: Indexed) -> bool:
        number = entry.guard_id if self.by_guard else entry.record_id
        return entry.kind in self.kinds and number in self.numbers

    def rows(self) -> QuerySet[SearchEntry]:
        column = "guard_id__in" if self.by_guard else "record_id__in"
        return SearchEntry.objects.filter(kind__in=self.kinds, **{column: self.numbers})


def _offered() -> dict[type[Model], Kind]:
    return {kind.model: kind for kind in kinds().values()}


def keep(indexed: Iterable[Indexed]) -> None:
    """Put these records into the index, or say anew what they say: with all others of the deed, in one statement."""
    at_end(_write, _Kept(tuple(indexed)))


def keep_words(*records: Model) -> None:
    """Let these records be found by what they say now, with all others of the deed.

    A kind of record that no app offers to search is passed over.
    """
    offered = _offered()
    for model in dict.fromkeys(map(type, records)):
        if model in offered:
            keep(offered[model].indexed([record for record in records if type(record) is model]))


def drop(model: type[Model], numbers: Collection[int]) -> None:
    """Take records out of the index, by their numbers; a kind that no app offers was never in it."""
    if model in (offered := _offered()):
        at_end(_write, _Gone(frozenset([offered[model].key]), frozenset(numbers)))


def drop_guarded(guard: str, numbers: Collection[int]) -> None:
    """Take records out of the index with everything that hangs on them: an action with its updates and evidence."""
    guarded = frozenset(kind.key for kind in kinds().values() if kind.guard == guard)
    at_end(_write, _Gone(guarded, frozenset(numbers), by_guard=True))


@transaction.atomic(savepoint=False)
def _write(left: Sequence[_Kept | _Gone]) -> None:
    """Do all of it, each record by what was said of it last."""
    kept: dict[tuple[str, int], Indexed] = {}
    for each in left:
        if isinstance(each, _Gone):
            kept = {place: entry for place, entry in kept.items() if not each.covers(entry)}
            if each.numbers:
                each.rows().delete()
        else:
            kept |= {(entry.kind, entry.record_id): entry for entry in each.entries}
    if kept:
        SearchEntry.objects.bulk_create(
            map(_entry, kept.values()), update_conflicts=True, unique_fields=_PLACE, update_fields=_SAYS
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
    for chunk in _chunks(records.order_by("pk").iterator(chunk_size=CHUNK)):  # type: ignore[attr-defined]  # asked by its number
        _write([_Kept(tuple(kind.indexed(chunk)))])
        done += len(chunk)
        progress(kind.key, done)
    record = kind.model._default_manager.filter(pk=OuterRef("record_id"))
    SearchEntry.objects.filter(~Exists(record), kind=kind.key).delete()
    return done


@deed
def note_own_name(user: Any) -> None:
    """Journal that somebody looked for their own family name; of all else that is looked for, nothing is kept."""
    record(SearchEntryType.OWN_NAME_SEARCHED, by=user.actor)


def _chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk
