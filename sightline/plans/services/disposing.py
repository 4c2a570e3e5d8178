"""Papers that never became a plan, and evidence files of plans closed long ago: disposed of, each told of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q

from sightline.documents.disposing import dispose_of_documents
from sightline.documents.models import Document
from sightline.events.choices import Subject, Tier
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items
from sightline.plans.choices import ENDED, NEVER_CONFIRMED
from sightline.plans.entries import PlanEntry
from sightline.plans.models import EvidenceFile, Import
from sightline.plans.selectors.files import kept_documents, with_versions
from sightline.search.services import drop


@deed
def dispose_of_imports(numbers: Sequence[int], doing: Doing) -> int:
    """Delete papers that were never confirmed, with all that was read of them and their files. Returns how many."""
    waiting = Import.objects.filter(pk__in=numbers, state__in=NEVER_CONFIRMED, confirmed_at=None)
    held = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    for upload in held:
        about = Subject("plans", "import", str(upload.pk), f"Paper {upload.pk}")
        after = {"sha256": upload.sha256, "state": upload.state}
        record(PlanEntry.IMPORT_DISPOSED, by=doing.by, subject=about, after=after, reason=doing.reason)
        drop_work_items(upload)
        file = upload.file
        upload.delete()
        transaction.on_commit(partial(file.storage.delete, str(file.name)))
    return len(held)


@deed
def dispose_of_evidence_files(numbers: Sequence[int], doing: Doing) -> int:
    """Delete files kept as evidence of plans that have ended; what was said with them stays. Returns how many.

    A file goes with every version of it that stands with the evidence. What other evidence keeps stays stored for
    that, with the versions before.
    """
    files = EvidenceFile.objects.filter(pk__in=numbers, evidence__action__plan__state__in=ENDED)
    held = list(files.select_for_update(of=("self",)).select_related("document").order_by("pk"))
    going = with_versions(held)
    drop(EvidenceFile, [file.pk for file in going])
    for file in going:
        about = Subject("plans", "action", str(file.evidence.action_id), file.evidence.action.reference)
        after = {"evidence": file.evidence_id, "document": file.document_id}
        tier = Tier(file.evidence.action.tier)
        record(
            PlanEntry.FILE_DISPOSED, by=doing.by, subject=about, after=after, reason=doing.reason, tier=tier
        )
        file.delete()
    dispose_of_documents(_no_longer_kept({file.document.series for file in going}), doing)
    return len(held)


def _no_longer_kept(series: set[int]) -> list[Document]:
    """Documents of these series that no evidence keeps, the newest first; one before a version that is kept stays."""
    versions = Document.objects.filter(Q(pk__in=series) | Q(first__in=series)).order_by("-version", "pk")
    kept, needed, gone = kept_documents(series), set[int](), []
    for document in versions:
        if document.pk in kept or document.series in needed:
            needed.add(document.series)
        else:
            gone.append(document)
    return gone
