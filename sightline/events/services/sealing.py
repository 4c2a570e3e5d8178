"""Sealing the journal: batches of entries, each bound to the one before by a MAC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from sightline.events.canonical import ENTRY_COLUMNS, batch_digest, entry_digest, key_print, seal_mac
from sightline.events.choices import Actor, KeyNotChanged
from sightline.events.entries import EventEntry
from sightline.events.keys import journal_key, key_ring
from sightline.events.models import Checkpoint, Entry, Seal, SealedEntry
from sightline.events.services.deeds import deed
from sightline.events.services.netting import account_for_changes, changes_of_older_keys
from sightline.events.services.recording import record

BATCH = 1_000
# PostgreSQL gives numbers out before it commits, so a slow transaction's entry can appear below sealed ones. No
# transaction of ours lives for a day; below what was sealed by then the job need not look again.
SETTLED = timedelta(days=1)


def seal(now: datetime) -> Seal | None:
    """Seal every committed entry that is not sealed yet; returns the newest seal, None where nothing was new.

    Two sealers at once do no harm: the second finds the sequence taken and leaves the entries to the first. Raises
    KeyNotChanged behind a seal of an older key: whoever has that key could have made it.
    """
    return _seal_what_waits(now, behind_older=False)


def change_key(*, by: Actor, now: datetime) -> None:
    """Where the newest seal is of an older key: seal what older keys wrote with those, tell of the change, and seal the
    rest with today's. From there on no older key counts.
    """
    last, ring = _newest(), list(key_ring())
    if last and last.key_print in ring[1:]:
        _end_older_keys(last, ring.index(last.key_print), by=by, now=now.astimezone(UTC))
        _seal_what_waits(now, behind_older=True)


def _seal_what_waits(now: datetime, *, behind_older: bool) -> Seal | None:
    newest: Seal | None = None
    settled = Seal.objects.filter(moment__lt=now - SETTLED).order_by("-sequence").first()
    after = settled.last_entry if settled else 0
    while True:
        try:
            with transaction.atomic():
                last = _newest()
                if last and last.key_print in list(key_ring())[1:] and not behind_older:
                    raise KeyNotChanged
                unsealed = Entry.objects.filter(pk__gt=after, sealed__isnull=True).order_by("pk")
                members = list(unsealed.values_list("pk", "digest")[:BATCH])
                if not members:
                    return newest
                # After they were read: whatever is sealed now has been accounted for.
                account_for_changes()
                newest = _seal_batch(members, now.astimezone(UTC), journal_key(), last)
        except IntegrityError:
            return newest
        after = members[-1][0]


@deed
def _end_older_keys(last: Seal, older: int, *, by: Actor, now: datetime) -> None:
    """An entry tells of the change, and which changes under the net came before it."""
    ring = key_ring()
    for printed in list(ring)[older:0:-1]:
        members = _written_with(ring[printed])
        if members:
            account_for_changes(ring[printed], upto=members[-1][0])
        for first in range(0, len(members), BATCH):
            _seal_batch(members[first : first + BATCH], now, ring[printed], _newest())
    record(
        EventEntry.KEY_CHANGED,
        by=by,
        before={"key": last.key_print},
        after={"key": key_print(journal_key()), "changes": changes_of_older_keys(ring)},
    )


def _newest() -> Seal | None:
    return Seal.objects.order_by("-sequence").first()


def _written_with(key: bytes) -> list[tuple[int, str]]:
    """The first entries that no seal holds, as long as they were written with this key."""
    found = []
    rows = (
        Entry.objects.filter(sealed__isnull=True).order_by("pk").values_list("pk", "digest", *ENTRY_COLUMNS)
    )
    for pk, digest, moment, *values in rows.iterator(chunk_size=BATCH):
        if moment is None or entry_digest(key, [moment.astimezone(UTC), *values]) != digest:
            break
        found.append((pk, digest))
    return found


def _seal_batch(members: list[tuple[int, str]], now: datetime, key: bytes, last: Seal | None) -> Seal:
    digest = batch_digest(members)
    before, previous = (last.sequence, last.mac) if last else _behind_checkpoint()
    sequence = before + 1
    last_entry = max(members[-1][0], last.last_entry if last else 0)
    seal = Seal(
        sequence=sequence,
        moment=now,
        previous=previous,
        count=len(members),
        digest=digest,
        last_entry=last_entry,
        key_print=key_print(key),
        mac=seal_mac(
            key,
            sequence=sequence,
            moment=now,
            previous=previous,
            count=len(members),
            digest=digest,
            last_entry=last_entry,
        ),
    )
    seal.save(force_insert=True)
    SealedEntry.objects.bulk_create(
        [
            SealedEntry(seal=seal, position=position, entry_id=pk, digest=digest)
            for position, (pk, digest) in enumerate(members)
        ],
        batch_size=200,
    )
    return seal


def _behind_checkpoint() -> tuple[int, str]:
    """Where the chain goes on after all of it was removed: at the newest checkpoint; at the very beginning without."""
    return Checkpoint.objects.order_by("-number").values_list("seal", "seal_mac").first() or (0, "")
