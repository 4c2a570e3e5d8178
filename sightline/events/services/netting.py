"""The net and the journal held together: entries account for changes, and what nothing accounts for is found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from sightline.events import net
from sightline.events.canonical import account_mac
from sightline.events.keys import journal_key
from sightline.events.models import Entry, RowAccount, RowChange
from sightline.events.services.findings import Break, BreakKind, Verification

_POSTGRESQL = RawSQL(net.TRANSACTION["postgresql"], [])  # noqa: S611 - our own words
COLUMNS = ("pk", "table", "row", "operation", "named", "before", "after", "moment", "transaction")


def account_for(entries: Sequence[Entry]) -> None:
    """Account for the changes of this deed that its entries tell of: those of the very record an entry is about.

    Asks the database only where an entry is about a record under the net.
    """
    tables = {(one.app, one.model): table for table, one in net.covered().items()}
    told = {
        (tables[entry.subject_app, entry.subject_model], entry.subject_id): entry
        for entry in entries
        if (entry.subject_app, entry.subject_model) in tables
    }
    if not told or not net.mark():
        return
    key = journal_key()
    found = _of_this_deed().filter(account=None).values_list(*COLUMNS)
    made = [
        _account(key, change, told[change[1], change[2]])
        for change in found
        if (change[1], change[2]) in told
    ]
    RowAccount.objects.bulk_create(made)


def _of_this_deed() -> QuerySet[RowChange]:
    if connection.vendor == "postgresql":
        return RowChange.objects.filter(transaction=_POSTGRESQL)
    return RowChange.objects.filter(transaction=net.mark())


def _account(key: bytes, change: tuple[Any, ...], entry: Entry) -> RowAccount:
    mac = account_mac(key, change, entry.pk, entry.digest)
    return RowAccount(change_id=change[0], entry_id=entry.pk, digest=entry.digest, mac=mac)


def check_net(key: bytes, result: Verification) -> None:
    """Note every change under the net that no entry accounts for, and every account whose change is gone."""
    accounts = ("account__entry_id", "account__digest", "account__mac")
    rows = RowChange.objects.order_by("pk").values_list(*accounts, *COLUMNS)
    for entry, digest, mac, *change in rows.iterator(chunk_size=2_000):
        if mac is None or mac != account_mac(key, change, entry, digest):
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
