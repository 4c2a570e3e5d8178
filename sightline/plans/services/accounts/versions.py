"""Newer versions of files of evidence: the newest is shown, and those before it stay as they were."""

from __future__ import annotations

from datetime import datetime

from django.core.files import File

from sightline.documents import services as documents
from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, EvidenceFile
from sightline.plans.selectors.files import was_carried
from sightline.plans.services.accounts.evidence import FILES, files_of, looked_at
from sightline.plans.services.keeping import held, stamp, tier_of
from sightline.search.services import drop, keep_words

CARRIED = "Another action took over from this one, which keeps the files it had. Put the newer version there."


@deed
def add_version(
    action: Action, kept: EvidenceFile, file: File[bytes], reason: str, *, by: Actor, now: datetime
) -> list[EvidenceFile]:
    """Keep a newer version of a file of the action's evidence, with all its evidence that has the one before.

    Returns a row for each. Raises Unacceptable for a file that may not be kept or stands with the action already, and
    where another action took over; StaleRecord where another version came first. Needs `kept.document`.
    """
    why = need(reason, "reason", "Write why it takes the place of the one before.")
    [looked] = looked_at([file])
    live = held(action)
    if was_carried(live):
        raise Unacceptable({"": CARRIED})
    rows, before = files_of(live), kept.document
    _refuse_another(rows, looked, before)
    made = _stored(live, looked, before, by, now)
    replaced = [row for row in rows if row.document_id == before.pk]
    try:
        newer = _with(live, replaced, made, why, by, now)
    except BaseException:
        documents.discard([made])
        raise
    drop(EvidenceFile, {row.pk for row in replaced})
    keep_words(*newer)
    record(
        PlanEntry.FILE_REPLACED,
        by=by,
        subject=live,
        before={"file": before.name, "version": before.version, "sha256": before.sha256},
        after={"file": made.name, "version": made.version, "sha256": made.sha256, "evidence": len(newer)},
        reason=why,
        tier=tier_of(live, live.plan),
    )
    return newer


def _refuse_another(rows: list[EvidenceFile], looked: documents.Looked, before: Document) -> None:
    """Raises Unacceptable for the bytes of another file of the action: one file has one line of versions."""
    for row in rows:
        if row.document.sha256 == looked.sha256 and row.document.series != before.series:
            words = f"“{looked.name}” is here already, as “{row.document.name}”. Look whether you chose the right one."
            raise Unacceptable({FILES: words})


def _stored(action: Action, looked: documents.Looked, before: Document, by: Actor, now: datetime) -> Document:
    tier = tier_of(action, action.plan)
    try:
        return documents.store_version(looked, before, tier=tier, by=by, now=now)
    except FileRefused as refused:
        raise Unacceptable({FILES: str(refused)}) from refused


def _with(
    action: Action, replaced: list[EvidenceFile], made: Document, why: str, by: Actor, now: datetime
) -> list[EvidenceFile]:
    """The new version with the evidence of those it takes the place of."""
    for row in replaced:
        row.evidence.action = action
    said = stamp(by, now)
    newer = [EvidenceFile(evidence=row.evidence, document=made, reason=why, **said) for row in replaced]
    return EvidenceFile.objects.bulk_create(newer)
