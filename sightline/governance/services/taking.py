"""That something was taken away as a file is told in the journal."""

from __future__ import annotations

from django.db.models import Model

from sightline.documents.models import Document
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.governance.entries import GovernanceEntry


@deed
def note_file_taken(about: Model, document: Document, *, by: Actor) -> None:
    """Journal that somebody took the stored file of a record away."""
    after = {"file": document.name, "sha256": document.sha256}
    record(GovernanceEntry.FILE_TAKEN, by=by, subject=about, after=after)


@deed
def note_leads_taken(name: str, format: str, asked: str, *, by: Actor) -> None:
    """Journal that somebody took the register of leads away, `name`, narrowed how (the address's question)."""
    record(GovernanceEntry.LEADS_TAKEN, by=by, after={"format": format, "asked": asked[:500]})
