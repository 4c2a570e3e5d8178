"""What is taken away, and what is kept knowingly, is told."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.identifying import Finding
from sightline.meetings.entries import MeetingEntry


@deed
def note_list_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took a list away: which one, in which format, narrowed how (the address's question)."""
    record(MeetingEntry.LIST_TAKEN, by=by, after={"list": name, "format": format, "asked": asked[:500]})


@deed
def note_kept_knowingly(page: str, telling: Iterable[Finding], because: str, *, by: Actor) -> None:
    """Journal that what may tell who a child is was kept: on which page, of which kind, and why. Never the words."""
    after = {"page": page, "kinds": sorted({each.kind.value for each in telling}), "because": because}
    record(MeetingEntry.KEPT_KNOWINGLY, by=by, after=after, tier=Tier.T2)
