"""What is taken away is told."""

from __future__ import annotations

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.meetings.entries import MeetingEntry


@deed
def note_list_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took a list away: which one, in which format, narrowed how (the address's question)."""
    record(MeetingEntry.LIST_TAKEN, by=by, after={"list": name, "format": format, "asked": asked[:500]})
