"""What is taken away as a file is journalled."""

from __future__ import annotations

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import Certificate


@deed
def note_rules_taken(version: int, format: str, *, by: Actor) -> None:
    """Journal that the rules were taken away."""
    record(RetentionEntry.RULES_TAKEN, by=by, after={"version": version, "format": format})


@deed
def note_certificate_taken(certificate: Certificate, format: str, *, by: Actor) -> None:
    """Journal that a certificate was taken away."""
    record(RetentionEntry.CERTIFICATE_TAKEN, by=by, subject=certificate, after={"format": format})
