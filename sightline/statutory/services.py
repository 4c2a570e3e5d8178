"""What people do on statutory pages."""

from __future__ import annotations

from sightline.access.models import User
from sightline.events.choices import Actor, Subject
from sightline.events.services import deed, record
from sightline.statutory.entries import StatutoryEntry


@deed
def note_own_data(user: User, format: str, *, by: Actor) -> None:
    """Journal that somebody took their own data away, in which format."""
    about = Subject("access", "user", str(user.pk), "")
    record(StatutoryEntry.OWN_DATA_TAKEN, by=by, subject=about, after={"format": format})
