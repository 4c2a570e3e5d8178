"""Sealing the journal: batches of entries, each bound to the one before by a MAC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction

from sightline.events.canonical import batch_digest, key_print, seal_mac
from sightline.events.keys import journal_key
from sightline.events.models import Checkpoint, Entry, Seal, SealedEntry
from sightline.events.services.netting import account_for_changes

BATCH = 1_000
# PostgreSQL gives numbers out before it commits, so a slow transaction's entry can appear below sealed ones. No
# transaction of ours lives for a day; below what was sealed by then the job need not look again.
SETTLED = timedelta(days=1)


def seal(now: datetime) -> Seal | None:
    """Seal every committed entry that is not sealed yet; returns the newest seal, None where nothing was new.

    Two sealers at once do no harm: the second finds the sequence taken and leaves the entries to the first.
    """
    newest: Seal | None = None
    settled = Seal.objects.filter(moment__lt=now - SETTLED).order_by("-sequence").first()
    after = settled.last_entry if settled else 0
    while True:
        try:
            with transaction.atomic():
                unsealed = Entry.objects.filter(pk__gt=after, sealed__isnull=True).order_by("pk")
                members = list(unsealed.values_list("pk", "digest")[:BATCH])
                if not members:
                    return newest
                # After they were read: whatever is sealed now has been accounted for.
                account_for_changes()
                newest = _seal_batch(members, now.astimezone(UTC))
        except IntegrityError:
            return newest
        after = members[-1][0]


def _seal_batch(members: list[tuple[int, str]], now: datetime) -> Seal:
    last = Seal.objects.order_by("-sequence").first()
    key = journal_key()
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
