"""Stored files whose record no longer keeps them go with their rows: the row first, the file once that has committed.

Where the server dies in between, the file has no row, as after a broken upload: nobody can reach it, and the daily
clearing takes it away.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from sightline.documents.entries import DocumentEntry
from sightline.documents.models import Document
from sightline.documents.selectors import Files, is_named
from sightline.events.choices import Subject, Tier
from sightline.events.disposing import Doing
from sightline.events.services import deed, record


@deed
def dispose_of_documents(documents: Iterable[Document], doing: Doing) -> int:
    """Delete documents that nothing keeps any more, with their files. Returns how many."""
    done = 0
    for document in documents:
        # By its number: what a file was called may name somebody.
        about = Subject("documents", "document", str(document.pk), f"File {document.pk}")
        after = {"sha256": document.sha256, "size": document.size}
        tier = Tier(document.tier)
        record(
            DocumentEntry.FILE_DISPOSED,
            by=doing.by,
            subject=about,
            after=after,
            reason=doing.reason,
            tier=tier,
        )
        document.delete()
        transaction.on_commit(partial(take_away, str(document.file.name)))
        done += 1
    return done


def take_away(name: str) -> None:
    """Delete a file of the store, unless another row names it."""
    if name and not is_named(Files(Document, "file"), name):
        default_storage.delete(name)
