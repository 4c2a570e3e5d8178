"""The net and the journal held together: entries account for changes, and what nothing accounts for is found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from sightline.events import net
from sightline.events.canonical import account_mac
from sightline.events.entries import EventEntry, stored_name
from sightline.events.keys import journal_key
from sightline.events.models import Entry, RowAccount, RowChange
from sightline.events.services.findings import Break, BreakKind, Verification

_POSTGRESQL = RawSQL(net.TRANSACTION["postgresql"], [])  # noqa: S611 - our own words
# Changes looked at in one turn; those that no entry tells of stay, and are few.
MOST = 10_000
COLUMNS = ("pk", "table", "row", "operation", "named", "before", "after", "moment", "transaction")


def mark_deed(entries: Sequence[Entry]) -> None:
    """Before they are written: entries about records under the net bear the mark that their deed's changes bear."""
    for entry in entries:
        if net.mark() and (entry.subject_app, entry.subject_model) in _tables():
            entry.deed = _POSTGRESQL if connection.vendor == "postgresql" else net.mark()


def _tables() -> dict[tuple[str, str], str]:
    return {(one.app, one.model): table for table, one in net.covered().items()}


@transaction.atomic
def account_for_changes(key: bytes | None = None, upto: int | None = None) -> None:
    """Account for the changes that entries not sealed yet tell of: of the same deed, and of the very record.

    Sealing does it, so that no deed waits for it. The MAC binds a change to its entry for good.
    """
    key = key or journal_key()
    told = _told_of(RowChange.objects.filter(account=None))
    due = [(change, entry) for change, entry in told if upto is None or entry[0] <= upto]
    RowAccount.objects.bulk_create([_account(key, change, *entry) for change, entry in due])


def _told_of(changes: QuerySet[RowChange]) -> list[tuple[tuple[Any, ...], tuple[int, str]]]:
    """Changes with the number and the digest of the entry, not sealed yet, that tells of each."""
    found = list(changes.order_by("-pk").values_list(*COLUMNS)[:MOST])
    deeds = {change[-1] for change in found if change[-1]}
    entries = Entry.objects.filter(sealed=None, deed__in=deeds).values_list(
        "deed", "subject_app", "subject_model", "subject_id", "pk", "digest"
    )
    tables = _tables()
    told = {
        (deed, tables.get((app, model)), row): (pk, digest) for deed, app, model, row, pk, digest in entries
    }
    kept = [(change, told.get((change[-1], change[1], change[2]))) for change in found]
    return [(change, entry) for change, entry in kept if entry is not None]


def _account(key: bytes, change: tuple[Any, ...], entry: int, digest: str) -> RowAccount:
    mac = account_mac(key, change, entry, digest)
    return RowAccount(change_id=change[0], entry_id=entry, digest=digest, mac=mac)


def changes_of_older_keys(ring: dict[str, bytes]) -> dict[str, int]:
    """The number of the newest change that each older key may account for, to be told when the key is changed."""
    newest = RowChange.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return {**dict.fromkeys(list(ring)[1:], newest), **told_of_older_keys()}


def told_of_older_keys() -> dict[str, int]:
    """What entries tell of that. One that was forged, of which verifying tells, can only make less count."""
    found: dict[str, int] = {}
    kinds = [stored_name("events", kind) for kind in (EventEntry.KEY_CHANGED, EventEntry.ENTRIES_REMOVED)]
    for text in Entry.objects.filter(type__in=kinds).values_list("after", flat=True):
        try:
            for key, newest in json.loads(text).get("changes", {}).items():
                found[key] = min(int(newest), found.get(key, int(newest)))
        except (ValueError, TypeError, AttributeError):
            continue
    return found


def check_net(ring: dict[str, bytes], result: Verification) -> None:
    """Note every change under the net that no entry accounts for, and every account whose change is gone.

    An account counts by the key of the seal that its entry stands under, by any where that entry was removed; by an
    older key only where the change came before the next key.
    """
    accounts = (
        "account__entry__sealed__seal__key_print",
        "account__entry_id",
        "account__digest",
        "account__mac",
    )
    upto = told_of_older_keys()
    first = Entry.objects.order_by("pk").values_list("pk", flat=True).first() or 0
    waiting = {change[0] for change, _ in _told_of(RowChange.objects.filter(account=None))}
    rows = RowChange.objects.order_by("pk").values_list(*accounts, *COLUMNS)
    for printed, entry, digest, mac, *change in rows.iterator(chunk_size=2_000):
        if change[0] in waiting:
            continue
        prints = set(ring) if entry and 0 < entry < first else ring.keys() & {printed}
        keys = [ring[each] for each in prints if change[0] <= upto.get(each, change[0])]
        if not any(mac == account_mac(key, change, entry, digest) for key in keys):
            result.note(Break(BreakKind.ROW_CHANGED, detail=_told(change)))
    there = RowChange.objects.filter(pk=OuterRef("change_id"))
    gone = RowAccount.objects.filter(~Exists(there)).order_by("pk")
    for number in gone.values_list("entry_id", flat=True):
        result.note(Break(BreakKind.CHANGE_GONE, entry=number))


def _told(change: Sequence[Any]) -> str:
    """A change in words, without the values of personal columns."""
    _, table, row, operation, named, before, after, moment, _ = change
    when = f", {moment:%Y-%m-%d %H:%M} UTC" if moment else ""
    what = " ".join(part for part in (named.strip().replace(" ", ", "), _sides(before, after)) if part)
    return f"{operation} of {table} {row}{when}{': ' if what else ''}{what}"


def _sides(before: str, after: str) -> str:
    return before or after if before == after or not (before and after) else f"{before} → {after}"
