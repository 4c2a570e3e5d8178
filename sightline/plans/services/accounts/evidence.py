"""Writing evidence: what shows a difference, and the files that show it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files import File

from sightline.documents import services as documents
from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead
from sightline.plans.choices import EvidenceQuarter, ReceivedHow
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Evidence, EvidenceFile, Import, Plan
from sightline.plans.selectors.parties import FILES_OF_EVIDENCE
from sightline.plans.services.accounts.updates import who
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, stamp, tier_of
from sightline.search.services import keep_words

FILES = "attached"


@deed
def record_evidence(
    action: Action,
    quarter: EvidenceQuarter,
    text: str,
    *,
    dated_on: date,
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    files: Sequence[File[bytes]] = (),
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Evidence:
    """Add something that shows a difference, in one of the four quarters, with its files if there are any.

    Raises Unacceptable, also with the sentence of a file that may not be kept: then nothing is.
    """
    not_ahead(dated_on, now, "dated_on")
    words, looked = need(text, "text", "Write what the evidence shows."), looked_at(files)
    live = held(action)
    made = Evidence.objects.create(
        action=live,
        quarter=quarter,
        text=words,
        dated_on=dated_on,
        said_by=said_by[:200],
        received_how=received_how,
        **stamp(by, now, import_of),
    )
    after: dict[str, Any] = {"quarter": quarter, "text": made.text, "dated_on": dated_on} | who(said_by)
    keep_words(made)
    if looked:
        files_kept = keep_files(made, looked, by, now)
        FILES_OF_EVIDENCE.hold(made, files_kept)
        after["files"] = [kept.document.name for kept in files_kept]
    record(PlanEntry.EVIDENCE_RECORDED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(action, now=now)
    return made


@deed
def add_files(
    evidence: Evidence, files: Sequence[File[bytes]], *, by: Actor, now: datetime
) -> list[EvidenceFile]:
    """Add files to evidence that was recorded before. Raises Unacceptable for none, and for one it has already."""
    looked = looked_at(files)
    if not looked:
        raise Unacceptable({FILES: "Choose at least one file."})
    live = evidence.action = held(evidence.action)
    made = keep_files(evidence, looked, by, now)
    after = {"evidence": evidence.text, "files": [kept.document.name for kept in made]}
    record(PlanEntry.FILES_ADDED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    return made


def looked_at(files: Sequence[File[bytes]]) -> list[documents.Looked]:
    """The files, looked at by content. Raises Unacceptable with the sentence of the first that may not be kept."""
    try:
        return documents.look_at(files)
    except FileRefused as refused:
        raise Unacceptable({FILES: str(refused)}) from refused


def keep_files(
    evidence: Evidence, looked: Sequence[documents.Looked], by: Actor, now: datetime
) -> list[EvidenceFile]:
    """Keep the files with the evidence of a held action, all or none; for services, inside their transaction.

    A file that another piece of evidence of the action has is kept once and belongs to both. Raises Unacceptable for
    one that this evidence has already, and for one of which a newer version stands with the action.
    """
    action = evidence.action
    kept = files_of(action)
    standing = {each.document.sha256: each.document for each in kept}
    own = {each.document_id for each in kept if each.evidence_id == evidence.pk}
    replaced = {each.document.replaces_id for each in kept}
    for each in looked:
        same = standing.get(each.sha256)
        if same and same.pk in replaced:
            earlier = (
                f"“{each.name}” is an earlier version of a file that is here already. It was not added again."
            )
            raise Unacceptable({FILES: earlier})
        if same and same.pk in own:
            raise Unacceptable(
                {FILES: f"“{each.name}” is here already, as “{same.name}”. It was not added twice."}
            )
    new = [each for each in looked if each.sha256 not in standing]
    stored = documents.store(new, tier=tier_of(action, action.plan), by=by, now=now)
    try:
        standing |= {document.sha256: document for document in stored}
        said = stamp(by, now)
        made = [EvidenceFile(evidence=evidence, document=standing[each.sha256], **said) for each in looked]
        EvidenceFile.objects.bulk_create(made)
    except BaseException:
        documents.discard(stored)
        raise
    keep_words(*made)
    return made


def files_of(action: Action) -> list[EvidenceFile]:
    """The files of the action with documents and evidence; an action without evidence has none."""
    if not action.current_quarters:
        return []
    kept = EvidenceFile.objects.filter(evidence__action=action)
    return list(kept.select_related("document", "evidence"))


def keep_files_as_closely(record: Action | Plan, *, by: Actor) -> None:
    """Let the files of an action, or of a plan's actions, be as close as it has become; for services."""
    kept = Document.objects.filter(tier__lt=record.tier)
    own = {"evidence__action": record} if isinstance(record, Action) else {"evidence__action__plan": record}
    files = EvidenceFile.objects.filter(**own).order_by().values("document")
    documents.raise_tier(kept.filter(pk__in=files), Tier(record.tier), by=by)
