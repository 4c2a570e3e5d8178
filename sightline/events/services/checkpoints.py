"""Signed checkpoints of the journal, and the removal of what is older than its keeping time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db.models import Sum

from sightline.events.canonical import checkpoint_mac, key_print
from sightline.events.choices import Actor
from sightline.events.entries import EventEntry, stored_name
from sightline.events.keys import journal_key, key_ring
from sightline.events.models import Checkpoint, Entry, PersonalValue, Seal, SealedEntry
from sightline.events.rules import years_later
from sightline.events.services.deeds import deed
from sightline.events.services.findings import Break, BreakKind, Verification
from sightline.events.services.netting import told_of_older_keys
from sightline.events.services.recording import record
from sightline.events.services.sealing import change_key, seal


class NothingToRemove(Exception):
    """No entry's keeping time is over; the text says so."""


@dataclass(frozen=True)
class Begins:
    """Behind which seal the journal begins, and that seal's MAC; nought and empty where nothing was ever removed."""

    after: int = 0
    mac: str = ""


def make_checkpoint(*, by: Actor, now: datetime) -> Checkpoint | None:
    """Seal what is not sealed yet and sign it; None where nothing was sealed since the last checkpoint."""
    seal(now)
    return _sign(by=by, day=now.astimezone(UTC).date())


def rotate_key(*, by: Actor, now: datetime) -> Checkpoint | None:
    """Seal what older keys wrote with those, tell of the change, and sign all of it with today's key; again where the
    signing alone did not come about. None where nothing was sealed since the last checkpoint.
    """
    change_key(by=by, now=now)
    return make_checkpoint(by=by, now=now)


@deed
def _sign(*, by: Actor, day: date) -> Checkpoint | None:
    last = Checkpoint.objects.order_by("-number").first()
    newest = Seal.objects.order_by("-sequence").first()
    if newest is None or (last and newest.sequence <= last.seal):
        return None
    since = Seal.objects.filter(sequence__gt=last.seal if last else 0)
    made = Checkpoint(
        number=last.number + 1 if last else 1,
        day=day,
        seal=newest.sequence,
        seal_mac=newest.mac,
        count=(last.count if last else 0) + (since.aggregate(entries=Sum("count"))["entries"] or 0),
        may_go_on=years_later(day, settings.JOURNAL_YEARS),
        previous=last.mac if last else "",
        key_print=key_print(journal_key()),
    )
    made.mac = _mac(journal_key(), made)
    made.save(force_insert=True)
    record(
        EventEntry.CHECKPOINT_MADE,
        by=by,
        after={"number": made.number, "seal": made.seal, "count": made.count},
    )
    return made


def _mac(key: bytes, made: Checkpoint) -> str:
    return checkpoint_mac(
        key,
        number=made.number,
        day=made.day,
        seal=made.seal,
        seal_mac=made.seal_mac,
        count=made.count,
        may_go_on=made.may_go_on,
        previous=made.previous,
    )


@deed
def remove_old(*, by: Actor, reason: str, today: date) -> int:
    """Remove the entries that the newest checkpoint covers whose time has come. Returns how many.

    The database permits this one delete and no other. Raises NothingToRemove.
    """
    due = Checkpoint.objects.filter(may_go_on__lte=today).order_by("-number").first()
    covered = SealedEntry.objects.filter(seal_id__lte=due.seal if due else 0)
    if due is None or not covered.exists():
        raise NothingToRemove("No checkpoint covers entries whose keeping time is over. Nothing was removed.")
    # What verifies nothing must not be removed in silence.
    found = Verification()
    check_checkpoints(key_ring(), found)
    if found.broken:
        raise NothingToRemove(f"{found.broken[0].sentence} Nothing was removed.")
    # The entry that tells of it may be among those that go.
    older = told_of_older_keys()
    numbers = covered.values("entry_id")
    PersonalValue.objects.filter(entry_id__in=numbers).delete()
    removed, _ = Entry.objects.filter(pk__in=numbers).delete()
    covered.delete()
    Seal.objects.filter(sequence__lte=due.seal).delete()
    after = {"seal": due.seal, "entries": removed, "checkpoint": due.number, "changes": older}
    record(EventEntry.ENTRIES_REMOVED, by=by, after=after, reason=reason)
    return removed


def check_checkpoints(ring: dict[str, bytes], result: Verification) -> Begins:
    """Check every checkpoint, and say where the journal begins. Breaks are noted in the result."""
    previous, expected, begins = "", 1, Begins()
    first = Seal.objects.order_by("sequence").values_list("sequence", flat=True).first()
    macs = dict(
        Seal.objects.filter(sequence__in=Checkpoint.objects.values("seal")).values_list("sequence", "mac")
    )
    told = set(_told("number", EventEntry.CHECKPOINT_MADE))
    for found in Checkpoint.objects.order_by("number"):
        _note_gone(range(expected, found.number), result)
        wrong = _wrong(
            ring, found, previous if found.number == expected else found.previous, macs.get(found.seal)
        )
        if not wrong and found.key_print != next(iter(ring)) and _untold(found.number, told):
            # Whoever has a key of before could sign one: an entry must tell of it.
            wrong = Break(BreakKind.CHECKPOINT_FORGED, detail=str(found.number))
        if wrong:
            result.note(wrong)
        elif first is None or found.seal < first:
            begins, result.removed = Begins(found.seal, found.seal_mac), found.count
        previous, expected = found.mac, found.number + 1
    _note_gone((number for number in told if number >= expected), result)
    return _told_of(begins, result)


def _untold(number: int, told: set[int]) -> bool:
    """Whether no entry tells of a checkpoint, and none that was removed since can have told of it."""
    return number not in told and number > min(told, default=number)


def _wrong(ring: dict[str, bytes], found: Checkpoint, previous: str, standing: str | None) -> Break | None:
    """What is wrong with a checkpoint: another key, another signature, or another seal than the one that stands."""
    key = ring.get(found.key_print)
    if key is None:
        return Break(BreakKind.WRONG_KEY, seal=found.seal)
    ours = found.previous == previous and found.mac == _mac(key, found)
    if ours and standing in (None, found.seal_mac):
        return None
    return Break(BreakKind.CHECKPOINT_FORGED, detail=str(found.number))


def _note_gone(numbers: Iterable[int], result: Verification) -> None:
    for number in numbers:
        result.note(Break(BreakKind.CHECKPOINT_GONE, detail=str(number)))


def _told_of(begins: Begins, result: Verification) -> Begins:
    """Where the journal begins; told of where nobody said that what came before was removed."""
    if begins.after and begins.after not in set(_told("seal", EventEntry.ENTRIES_REMOVED)):
        result.note(Break(BreakKind.REMOVED_UNTOLD, seal=begins.after))
    return begins


def _told(field: str, kind: EventEntry) -> Iterator[int]:
    """What entries of a kind tell in one field; those that somebody made unreadable tell nothing."""
    for text in Entry.objects.filter(type=stored_name("events", kind)).values_list("after", flat=True):
        try:
            yield int(json.loads(text)[field])
        except (ValueError, KeyError, TypeError):
            continue
