"""Writing, sealing and verifying the journal."""

from sightline.events.services.checkpoints import (
    NothingToRemove,
    make_checkpoint,
    remove_old,
    rotate_key,
)
from sightline.events.services.deeds import at_end, deed, under_way
from sightline.events.services.findings import Break, BreakKind, UnreadableHead, Verification
from sightline.events.services.reading import note_entry_read, note_read, note_taken_away, note_view
from sightline.events.services.recording import NotInTransaction, Stamp, entered, record, subject_of
from sightline.events.services.sealing import seal
from sightline.events.services.shredding import shred
from sightline.events.services.verification import verify

__all__ = [
    "Break",
    "BreakKind",
    "NotInTransaction",
    "NothingToRemove",
    "Stamp",
    "UnreadableHead",
    "Verification",
    "at_end",
    "deed",
    "entered",
    "make_checkpoint",
    "note_entry_read",
    "note_read",
    "note_taken_away",
    "note_view",
    "record",
    "remove_old",
    "rotate_key",
    "seal",
    "shred",
    "subject_of",
    "under_way",
    "verify",
]
