"""What is taken away is told."""

from __future__ import annotations

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.rhythm.entries import RhythmEntry
from sightline.rhythm.models import Return


@deed
def note_list_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took a list away: which one, in which format, narrowed how (the address's question)."""
    record(RhythmEntry.LIST_TAKEN, by=by, after={"list": name, "format": format, "asked": asked[:500]})


@deed
def note_return_taken(found: Return, format: str, *, by: Actor) -> None:
    """Journal that somebody took a return away, in which format."""
    record(RhythmEntry.RETURN_TAKEN, by=by, subject=found, after={"format": format})
