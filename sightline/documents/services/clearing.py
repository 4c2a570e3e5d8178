"""Clearing away what nothing keeps: files without a row, left by a crash between the two, and rows without a record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import Storage, default_storage

from sightline.documents.disposing import dispose_of_documents
from sightline.documents.entries import DocumentEntry
from sightline.documents.selectors import BATCH, all_files, is_named, kept_by_nothing
from sightline.events.choices import Actor
from sightline.events.disposing import Doing
from sightline.events.services import deed, record

# A file is written before its row: whatever is younger may belong to somebody who is just saving.
YOUNG = timedelta(hours=1)
_WHY = "No record keeps this file."


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many files without a row were taken away, and how many rows without a record, with their files."""

    files: int
    rows: int


def clear_orphans(*, by: Actor, now: datetime) -> Cleared:
    """Take away what has been kept by nothing for an hour. Interrupted, it goes on the next time."""
    rows = files = 0
    try:
        for gone in _clear_rows(by, now):
            rows += gone
        for gone in _clear_files(now):
            files += gone
    finally:
        if files or rows:
            _journal(Cleared(files, rows), by)
    return Cleared(files, rows)


def _clear_rows(by: Actor, now: datetime) -> Iterator[int]:
    """A thousand at most; looked for again while some go, as a version keeps those before it."""
    left = BATCH * 10
    while rows := list(kept_by_nothing(now - YOUNG)[:left]):
        before = left
        for row in rows:
            gone = _clear_row(row.pk, by, now)
            left -= gone
            yield gone
        if left == before:
            return


@deed
def _clear_row(number: int, by: Actor, now: datetime) -> int:
    """Looked at once more: somebody may just have kept it. Should its file be left, the next time finds that."""
    rows = kept_by_nothing(now - YOUNG).select_for_update(of=("self",)).filter(pk=number)
    return dispose_of_documents(rows, Doing(by, _WHY, now))


def _clear_files(now: datetime) -> Iterator[int]:
    for files in all_files():
        for name in list(_names_in(default_storage, files.folder)):
            if _is_old(name, now) and not is_named(files, name):
                default_storage.delete(name)
                yield 1


def _is_old(name: str, now: datetime) -> bool:
    """Whether a file has been there for an hour; not where it went meanwhile."""
    try:
        return default_storage.get_modified_time(name) < now - YOUNG
    except FileNotFoundError:
        return False


def _names_in(store: Storage, folder: str) -> Iterator[str]:
    """Every file of the folder and those in it."""
    try:
        folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _names_in(store, f"{folder}/{inner}")


@deed
def _journal(cleared: Cleared, by: Actor) -> None:
    after = {"files": cleared.files, "rows": cleared.rows}
    record(DocumentEntry.ORPHANS_CLEARED, by=by, after=after)
