"""The register of journal entry types: every app declares its own, and an undeclared one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sightline.events.choices import UnknownEntryType


@dataclass(frozen=True)
class Declaration:
    """One entry type: its stored name, its label, and which of its fields are personal values."""

    name: str
    label: str
    personal: tuple[str, ...]


_declared: dict[type[StrEnum], dict[str, Declaration]] = {}
_by_name: dict[str, Declaration] = {}


def declare(
    app_label: str,
    entry_types: type[StrEnum],
    labels: Mapping[StrEnum, str],
    personal: Mapping[StrEnum, tuple[str, ...]] | None = None,
) -> None:
    """Make an app's entry types known. Each needs a label.

    `personal` names, per type, the keys of before/after whose values go to the side table where they can be
    shredded; the key "subject" stands for the subject's title. Raises ValueError where a label is missing.
    """
    fields = dict(personal or {})
    missing = [member.name for member in entry_types if member not in labels]
    if missing:
        raise ValueError(f"Entry types of {app_label} without a label: {', '.join(missing)}")
    table = {}
    for member in entry_types:
        name = stored_name(app_label, member)
        table[member.value] = Declaration(name, labels[member], fields.get(member, ()))
        _by_name[name] = table[member.value]
    _declared[entry_types] = table


def stored_name(app_label: str, member: StrEnum) -> str:
    """`app.type`, so that two apps may both have a type "created"."""
    return member.value if member.value.startswith(f"{app_label}.") else f"{app_label}.{member.value}"


def declaration_of(entry_type: StrEnum) -> Declaration:
    """What was declared for the type. Raises UnknownEntryType where nothing was."""
    try:
        return _declared[type(entry_type)][entry_type.value]
    except KeyError:
        raise UnknownEntryType(
            f"{entry_type!r} is not a declared journal entry type; declare it in the app's entries.py"
        ) from None


def label_of(name: str) -> str:
    """The label of a stored type name; the name itself where its app is no longer installed."""
    found = _by_name.get(name)
    return found.label if found else name


def declared_types() -> dict[str, Declaration]:
    """Every declared type by stored name."""
    return dict(_by_name)


class EventEntry(StrEnum):
    """What the journal records about itself."""

    PERSONAL_SHREDDED = "personal_shredded"
    JOURNAL_READ = "journal_read"
    ENTRY_READ = "entry_read"
    JOURNAL_EXPORTED = "journal_exported"
    RECORD_VIEWED = "record_viewed"
    CHECKPOINT_MADE = "checkpoint_made"
    ENTRIES_REMOVED = "entries_removed"
    KEY_CHANGED = "key_changed"
    KEPT_KNOWINGLY = "kept_knowingly"


# What somebody looked for may be a name, and so may the title of the record whose entries they read.
declare(
    "events",
    EventEntry,
    {
        EventEntry.PERSONAL_SHREDDED: "Personal values shredded",
        EventEntry.JOURNAL_READ: "Journal read",
        EventEntry.ENTRY_READ: "Journal entry read",
        EventEntry.JOURNAL_EXPORTED: "Journal taken away",
        EventEntry.CHECKPOINT_MADE: "Checkpoint of the journal signed",
        EventEntry.ENTRIES_REMOVED: "Entries removed, their keeping time over",
        EventEntry.KEY_CHANGED: "Key of the journal changed",
        EventEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
        EventEntry.RECORD_VIEWED: "Child-level or restricted record opened",
    },
    personal={
        EventEntry.JOURNAL_READ: ("subject", "asked"),
        EventEntry.JOURNAL_EXPORTED: ("asked",),
        EventEntry.RECORD_VIEWED: ("subject",),
        EventEntry.KEPT_KNOWINGLY: ("because",),
    },
)
