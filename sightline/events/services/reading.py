"""That somebody read: the journal itself, and every record so sensitive that reading it is a deed."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from sightline.events.choices import Actor, Subject, Tier
from sightline.events.entries import EventEntry
from sightline.events.floors import floor_of
from sightline.events.models import Entry
from sightline.events.services.deeds import deed
from sightline.events.services.recording import record


@deed
def note_read(asked: str, *, by: Actor, about: Model | None = None) -> None:
    """Journal that somebody read the journal: narrowed how (the filter's answers), or of which record.

    Reading is as confidential as the record, where that, or its kind, says how confidential it is.
    """
    floor = (floor_of(type(about)) if about else None) or Tier.T1
    tier = Tier.named(getattr(about, "tier", floor))
    after = {"asked": asked} if asked else None
    record(EventEntry.JOURNAL_READ, by=by, subject=about, after=after, tier=tier)


@deed
def note_entry_read(entry: Entry, *, by: Actor) -> None:
    """Journal that somebody opened one entry. Reading is as confidential as what was read."""
    about = Subject("events", "entry", str(entry.pk), f"{entry.label}, entry {entry.pk}")
    record(EventEntry.ENTRY_READ, by=by, subject=about, tier=Tier.named(entry.tier))


@deed
def note_taken_away(asked: str, format: str, *, by: Actor) -> None:
    """Journal that somebody took entries away as a file: in which format, narrowed how."""
    record(EventEntry.JOURNAL_EXPORTED, by=by, after={"format": format, "asked": asked})


@deed
def note_view(record_shown: Any, *, by: Actor) -> None:
    """Journal that somebody opened a record, where its own tier is child-level or restricted; nothing of others.

    Called before anything is shown, so that nobody reads what could not be written down.
    """
    tier = Tier.named(record_shown.tier)
    if tier >= Tier.T3:
        record(EventEntry.RECORD_VIEWED, by=by, subject=record_shown, tier=tier)
