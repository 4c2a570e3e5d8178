"""Verifying the journal: whether each entry is what was sealed, and each seal follows the one before."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from sightline.events.canonical import (
    ENTRY_COLUMNS,
    batch_digest,
    commitment,
    entry_digest,
    seal_mac,
)
from sightline.events.entries import EventEntry, stored_name
from sightline.events.keys import key_ring
from sightline.events.models import Entry, PersonalValue, Seal, SealedEntry
from sightline.events.services.checkpoints import Begins, check_checkpoints
from sightline.events.services.findings import Break, BreakKind, UnreadableHead, Verification
from sightline.events.services.netting import check_net

PLACE_COLUMNS = ("seal_id", "entry_id", "digest", "position", "entry__digest")
MOST_KEYS = 1_000
# Rows read at once.
GROUP = 5_000
Progress = Callable[[int], None]
SealedRow = tuple[Any, ...]


def verify(head: str | None = None, progress: Progress | None = None) -> Verification:
    """Check the whole journal, in pieces that fit in memory.

    `head` is one printed or e-mailed earlier: where it no longer stands, the journal was rolled back or written
    anew. `progress` is told how many are checked so far. Raises UnreadableHead, JournalKeyMissing.
    """
    wanted = parse_head(head) if head else None
    result, ring = Verification(), key_ring()
    begins = check_checkpoints(ring, result)
    if wanted is not None and wanted[0] < begins.after:
        raise UnreadableHead(
            "This head is of entries that were removed when their time was over. "
            f"Give one of seal {begins.after} or later."
        )
    walk = _Walk(ring, result, progress or (lambda done: None), begins)
    walk.check_seals()
    walk.check_orphans()
    walk.check_unsealed()
    check_net(ring, result)
    if wanted is not None:
        mac = begins.mac if wanted[0] == begins.after else _mac_of(wanted[0])
        result.rolled_back = mac is None or not mac.startswith(wanted[1])
    return result


def _mac_of(sequence: int) -> str | None:
    return Seal.objects.filter(sequence=sequence).values_list("mac", flat=True).first()


def parse_head(head: str) -> tuple[int, str]:
    """The number and the beginning of the MAC of a printed head ("128-9f3c…"). Raises UnreadableHead."""
    match = re.fullmatch(r"(\d{1,18})-([0-9a-f]{8,64})", head.strip().lower())
    if match is None:
        raise UnreadableHead(
            "A head looks like 128-9f3c07d2a1b4c6e8f0a2: the seal's number, a hyphen, 20 signs."
        )
    return int(match[1]), match[2]


@dataclass
class _Walk:
    ring: dict[str, bytes]
    result: Verification
    progress: Progress
    begins: Begins
    shreddings: dict[int, set[str]] = field(default_factory=dict)
    # How old the key of the newest seal looked at is, counted from today's, which is nought.
    age: int = MOST_KEYS

    def check_seals(self) -> None:
        """Every seal in its order, and the entries of each group of seals."""
        self.shreddings = _shreddings()
        group: list[Seal] = []
        for seal in self._chained_seals():
            group.append(seal)
            if sum(member.count for member in group) >= GROUP:
                self.check_group(group)
                group = []
        if group:
            self.check_group(group)
        if 0 < self.age < MOST_KEYS:
            self.result.note(Break(BreakKind.KEY_NOT_CHANGED))

    def _chained_seals(self) -> Iterator[Seal]:
        expected, previous = self.begins.after + 1, self.begins.mac
        for seal in Seal.objects.order_by("sequence").iterator(chunk_size=2_000):
            for gone in range(expected, seal.sequence):
                self.result.note(Break(BreakKind.SEAL_GONE, seal=gone))
            follows = seal.previous == previous or expected != seal.sequence
            self._check_seal(seal, follows)
            expected, previous = seal.sequence + 1, seal.mac
            self.result.head = seal.head
            yield seal

    def _check_seal(self, seal: Seal, follows: bool) -> None:
        key = self.ring.get(seal.key_print)
        if key is None:
            self.result.note(Break(BreakKind.WRONG_KEY, seal=seal.sequence))
            return
        if (age := list(self.ring).index(seal.key_print)) > self.age:
            self.result.note(Break(BreakKind.OLDER_KEY, seal=seal.sequence))
        self.age = min(age, self.age)
        mac = seal_mac(
            key,
            sequence=seal.sequence,
            moment=seal.moment.astimezone(UTC),
            previous=seal.previous,
            count=seal.count,
            digest=seal.digest,
            last_entry=seal.last_entry,
        )
        if mac != seal.mac or not follows:
            self.result.note(Break(BreakKind.SEAL_CHANGED, seal=seal.sequence))

    def check_group(self, seals: list[Seal]) -> None:
        """The entries of neighbouring seals, read with one query."""
        span = (seals[0].sequence, seals[-1].sequence)
        rows: dict[int, list[SealedRow]] = defaultdict(list)
        for row in (
            SealedEntry.objects.filter(seal_id__gte=span[0], seal_id__lte=span[1])
            .order_by("seal_id", "position")
            .values_list(*PLACE_COLUMNS, *(f"entry__{column}" for column in ENTRY_COLUMNS))
        ):
            rows[row[0]].append(row)
        for seal in seals:
            self._check_members(seal, rows[seal.sequence])
        beside = PersonalValue.objects.filter(
            entry__sealed__seal_id__gte=span[0], entry__sealed__seal_id__lte=span[1]
        )
        self._check_personal(
            beside, [(row[1], row[-1]) for found in rows.values() for row in found if row[-1]]
        )
        self.progress(self.result.sealed)

    def _check_members(self, seal: Seal, rows: list[SealedRow]) -> None:
        self.result.sealed += len(rows)
        key = self.ring.get(seal.key_print)
        for _, entry, digest, _, own, moment, *values in rows:
            if key and (own != digest or _digest(key, moment, values) != digest):
                self.result.note(Break(BreakKind.ENTRY_CHANGED, seal.sequence, entry))
        in_order = [row[3] for row in rows] == list(range(seal.count))
        if not in_order or batch_digest([(row[1], row[2]) for row in rows]) != seal.digest:
            self._locate_gap(seal, {row[1] for row in rows})

    def _locate_gap(self, seal: Seal, present: set[int]) -> None:
        """Which entry of the seal is gone, or which place in it."""
        kept = SealedEntry.objects.filter(seal_id=seal.sequence).order_by("position")
        standing = list(kept.values_list("position", "entry_id", "digest"))
        gone = [entry for _, entry, _ in standing if entry not in present]
        for entry in gone:
            self.result.note(Break(BreakKind.ENTRY_GONE, seal.sequence, entry))
        places = [position for position, _, _ in standing]
        listed = batch_digest([(entry, digest) for _, entry, digest in standing])
        if listed != seal.digest or places != list(range(seal.count)):
            missing = sorted(set(range(seal.count)) - set(places))
            detail = (
                f"place {', '.join(str(place + 1) for place in missing)}"
                if missing
                else "its list was changed"
            )
            self.result.note(Break(BreakKind.PLACE_GONE, seal.sequence, detail=detail))

    def _check_personal(self, values: QuerySet[PersonalValue], rows: list[tuple[int, str]]) -> None:
        """Personal values against the commitments of the entries (number, commitments), and none beside them."""
        standing: dict[int, dict[str, str]] = defaultdict(dict)
        for entry, name, salt, value in values.values_list("entry_id", "field", "salt", "value").iterator():
            standing[entry][name] = commitment(salt, value)
        for entry, personal in rows:
            self._check_values(entry, _commitments(personal), standing.pop(entry, {}))
        for entry, found in standing.items():
            self._check_values(entry, {}, found)

    def _check_values(self, entry: int, committed: dict[str, str], found: dict[str, str]) -> None:
        for name in sorted(committed.keys() | found.keys()):
            if name in found:
                if found[name] != committed.get(name):
                    self.result.note(Break(BreakKind.PERSONAL_CHANGED, entry=entry, detail=name))
            elif name in self.shreddings.get(entry, set()):
                self.result.shredded += 1
            else:
                self.result.note(Break(BreakKind.PERSONAL_GONE, entry=entry, detail=name))

    def check_orphans(self) -> None:
        """Places of seals that no longer stand: the newest seals were cut off."""
        places = SealedEntry.objects.exclude(seal_id__in=Seal.objects.values("sequence"))
        told = {found.seal for found in self.result.broken if found.kind == BreakKind.SEAL_GONE}
        for sequence in sorted(set(places.values_list("seal_id", flat=True)) - told):
            self.result.note(Break(BreakKind.SEAL_GONE, seal=sequence))

    def check_unsealed(self) -> None:
        """Entries that no seal holds yet: their own digest shows whether Sightline wrote them."""
        unsealed = Entry.objects.filter(sealed__isnull=True).order_by("pk")
        # Until the first seal of a new key, entries may be of the key of the newest seal, or of one between.
        keys = list(self.ring.values())[: min(self.age, len(self.ring) - 1) + 1]
        rows, after = unsealed.values_list("pk", "digest", *ENTRY_COLUMNS), 0
        while part := list(rows.filter(pk__gt=after)[:GROUP]):
            self.result.unsealed += len(part)
            for entry, digest, moment, *values in part:
                if not any(_digest(key, moment, values) == digest for key in keys):
                    self.result.note(Break(BreakKind.ENTRY_FORGED, entry=entry))
            beside = PersonalValue.objects.filter(entry_id__gt=after, entry_id__lte=part[-1][0])
            self._check_personal(
                beside.filter(entry__sealed__isnull=True), [(row[0], row[-1]) for row in part if row[-1]]
            )
            after = part[-1][0]


def _digest(key: bytes, moment: datetime | None, values: list[Any]) -> str:
    """The digest of what stands in the table; SQLite gives no moment where somebody wrote rubbish into it."""
    return "" if moment is None else entry_digest(key, [moment.astimezone(UTC), *values])


def _commitments(personal: str) -> dict[str, str]:
    """The commitments of an entry; none where somebody has made them unreadable (the entry's digest tells of it)."""
    try:
        found = json.loads(personal)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _shreddings() -> dict[int, set[str]]:
    name = stored_name("events", EventEntry.PERSONAL_SHREDDED)
    found: dict[int, set[str]] = defaultdict(set)
    for text in Entry.objects.filter(type=name).values_list("after", flat=True).iterator():
        try:
            after = json.loads(text)
            found[int(after["entry"])] |= set(after["fields"])
        except (ValueError, KeyError, TypeError):
            # Tampered with: its own digest tells of it, and it excuses nothing.
            continue
    return found
