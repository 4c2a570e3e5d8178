"""What the pages of the journal show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from sightline.events import rules, selectors
from sightline.events.choices import Tier
from sightline.events.forms import JournalFilter, ShredForm, noun_of
from sightline.events.guards import Guard, guards
from sightline.events.models import Entry
from sightline.screens.elements import SummaryRow
from sightline.screens.leafing import Leaf, LeafPage

LIST = LeafPage(("When", "Who", "What", "About", "Reason"), ("entry", "entries"))
OF_RECORD = LeafPage(("When", "Who", "What", "Reason"), ("entry", "entries"))
SHREDDED = "Removed for good: the entry keeps a mark that it stood here, which nobody can read"
NOT_SEALED = "Not yet. The journal is sealed every minute while a worker is running."


@dataclass(frozen=True)
class EntryRow:
    """One entry as a row. `of` is the address of everything about its record, where that can be shown."""

    number: int
    moment: datetime
    who: str
    role: str
    what: str
    told: str
    about: str
    noun: str
    of: str
    reason: str
    tier: str


@dataclass(frozen=True)
class JournalPage:
    """A list of entries: of the whole journal, or of one record (`title`, `back`)."""

    listing: Leaf[EntryRow]
    title: str = ""
    back: str = ""
    noun: str = ""


def journal_page(reader: Any, query: QueryDict) -> JournalPage:
    """The journal as this address asks for it."""
    form = JournalFilter(query)
    found = selectors.narrowed(selectors.readable(reader), form.wanted())
    leaf = LIST.read(query, found.rows, found.reach, form, exports=_exports())
    return JournalPage(leaf.with_rows(rows_of(leaf.rows)))


def day_page(reader: Any, query: QueryDict, *, who: str, day: date) -> JournalPage:
    """The journal of one person on one day. Nothing of it is taken away as a file: an entry would tell of it."""
    form = JournalFilter(query)
    for name in ("who", "first", "last"):
        del form.fields[name]
    found = selectors.narrowed(
        selectors.readable(reader), replace(form.wanted(), who=who, first=day, last=day)
    )
    leaf = LIST.read(query, found.rows, found.reach, form, exports={})
    return JournalPage(leaf.with_rows(rows_of(leaf.rows)))


def record_page(guard: Guard, record: Any, reader: Any, query: QueryDict) -> JournalPage:
    """Everything recorded about one record and its parts."""
    form = JournalFilter(query)
    del form.fields["record"]
    wanted = form.wanted(selectors.everything_about(guard, record))
    found = selectors.narrowed(selectors.readable(reader), wanted)
    leaf = OF_RECORD.read(query, found.rows, found.reach, form)
    return JournalPage(leaf.with_rows(rows_of(leaf.rows)), str(record), guard.address(record), guard.noun)


def _exports() -> dict[str, str]:
    return {
        "CSV": reverse("journal:take", args=["csv"]),
        "JSON lines": reverse("journal:take", args=["jsonl"]),
    }


def rows_of(found: Iterable[Entry]) -> list[EntryRow]:
    """Entries in words; titles that are personal values are read with one query."""
    listed = list(found)
    titles = selectors.personal_titles(listed)
    return [row_of(entry, titles.get(entry.pk, "")) for entry in listed]


def row_of(entry: Entry, personal_title: str = "") -> EntryRow:
    """An entry in words."""
    return EntryRow(
        number=entry.pk,
        moment=entry.moment,
        who=entry.actor_label,
        role=entry.actor_role,
        what=entry.label,
        told=rules.sentence(rules.changes(entry.before_values, entry.after_values)),
        about=entry.subject_title or personal_title,
        noun=noun_of(entry.subject_app, entry.subject_model) if entry.subject_model else "",
        of=address_of_record(entry),
        reason=entry.reason,
        tier=entry.tier if entry.tier >= Tier.T2 else "",
    )


def address_of_record(entry: Entry) -> str:
    """The page of everything about the entry's record; a filtered journal where the record has no such page."""
    about = (entry.subject_app, entry.subject_model)
    if not entry.subject_id:
        return ""
    if about in guards() and entry.subject_id.isdecimal() and len(entry.subject_id) < 19:
        return reverse("journal:of", args=[*about, entry.subject_id])
    return f"{reverse('journal:list')}?record={'.'.join([*about, entry.subject_id])}"


@dataclass(frozen=True)
class EntryPage:
    """One entry, whole: what stood before and after side by side, and the seal it stands under."""

    row: EntryRow
    facts: list[SummaryRow]
    changes: list[rules.Change]
    personal: list[SummaryRow]
    seal: list[SummaryRow]
    may_shred: bool = False
    is_own: bool = False


def entry_page(entry: Entry, *, may_shred: bool = False, is_own: bool = False) -> EntryPage:
    """One entry, which the reader may see. `may_shred`: they remove personal values, where any are left; `is_own`:
    they would, were it not about themselves.
    """
    kept = selectors.personal_values(entry)
    row = row_of(entry, str(kept.get("subject", "")))
    changes = rules.changes(entry.before_values, entry.after_values)
    personal = _personal(entry, kept)
    return EntryPage(
        row=row,
        facts=_facts(entry, row),
        changes=changes,
        personal=personal,
        seal=_seal(entry),
        may_shred=may_shred and bool(kept),
        is_own=is_own and bool(kept),
    )


@dataclass(frozen=True)
class ShredPage:
    """What would be removed from an entry, and why."""

    row: EntryRow
    personal: list[SummaryRow]
    form: ShredForm


def shred_page(entry: Entry, form: ShredForm) -> ShredPage:
    """The page that asks before personal values are removed."""
    kept = selectors.personal_values(entry)
    rows = [SummaryRow(_personal_name(field), rules.told(value)) for field, value in kept.items()]
    return ShredPage(row_of(entry, str(kept.get("subject", ""))), rows, form)


def _facts(entry: Entry, row: EntryRow) -> list[SummaryRow]:
    about = f"{row.noun.capitalize()}: {row.about}" if row.about else row.noun.capitalize()
    facts = [
        ("Who", entry.actor_label),
        ("Acting as", entry.actor_role or "No role"),
        ("About", about),
        ("Reason given", entry.reason),
        ("How sensitive", f"{entry.tier}: {Tier.named(entry.tier).label}"),
    ]
    return [SummaryRow(key, value) for key, value in facts if value]


def _personal(entry: Entry, kept: dict[str, Any]) -> list[SummaryRow]:
    """Personal values of the entry; those that were shredded are told of as such."""
    fields = selectors.committed_fields(entry)
    shown = {
        field: rules.told(kept[field]) if field in kept else SHREDDED
        for field in fields
        if field != "subject"
    }
    return [SummaryRow(_personal_name(field), value) for field, value in shown.items()]


def _personal_name(field: str) -> str:
    side, _, name = field.partition(".")
    return f"{rules.in_words(name)} ({side})" if side in {"before", "after"} else rules.in_words(name or side)


def _seal(entry: Entry) -> list[SummaryRow]:
    seal = selectors.seal_of(entry)
    if seal is None:
        return [SummaryRow("Sealed", NOT_SEALED)]
    return [SummaryRow("Sealed", f"In seal {seal.sequence}"), SummaryRow("Head of the seal", seal.head)]
