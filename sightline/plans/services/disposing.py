"""Papers that never became a plan, and evidence files of plans closed long ago: disposed of, each told of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from sightline.documents.disposing import dispose_of_documents
from sightline.documents.selectors import no_longer_kept
from sightline.events.choices import Subject, Tier
from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items
from sightline.partners.choices import PartyKind
from sightline.plans.choices import ENDED, NEVER_CONFIRMED
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, ActionOwner, EvidenceFile, Import, OwnersChange
from sightline.plans.rules.owners import in_words
from sightline.plans.selectors.files import with_versions
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.words import mark_of
from sightline.plans.services.keeping import save_columns
from sightline.search.services import drop, keep_words

CHUNK = 500


@deed
def dispose_of_imports(numbers: Sequence[int], doing: Doing) -> int:
    """Delete papers that were never confirmed, with all that was read of them and their files. Returns how many."""
    waiting = Import.objects.filter(pk__in=numbers, state__in=NEVER_CONFIRMED, confirmed_at=None)
    held = list(waiting.select_for_update(of=("self",)).order_by("pk"))
    drop(Import, [upload.pk for upload in held])
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
    dispose_of_documents(no_longer_kept({file.document.series for file in going}), doing)
    return len(held)


@deed
def reword_owners(former: Mapping[int, str]) -> None:
    """Say anew who answers, or answered, for the actions of people who have lost these names. What a paper printed in
    an action's own cells stays as it was printed.
    """
    _reword_changes(former)
    owned = Action.objects.filter(pk__in=ActionOwner.objects.filter(person__in=former).values("action"))
    actions = list(with_parties(owned.order_by("pk")))
    owners = [owner for action in actions for owner in action.owners.all() if owner.person_id in former]
    for owner in owners:
        owner.raw = _without(owner.raw, former[owner.person_id or 0])
    for action in actions:
        action.current_owner_label = in_words((str(owner), owner.role) for owner in action.owners.all())
        action.current_words = mark_of(action)
    save_columns(owners, ("raw",))
    save_columns(actions, ("current_owner_label", "current_words"))
    keep_words(*actions)


def _reword_changes(former: Mapping[int, str]) -> None:
    """The lists of owners of each day hold names, so that the past is read without asking who it was."""
    said = Cast("owners", TextField())
    of_people = OwnersChange.objects.annotate(said=said).filter(said__contains='"kind": "person"')
    found = []
    for change in of_people.order_by("pk").iterator(chunk_size=CHUNK):
        theirs = [one for one in change.owners if one["kind"] == PartyKind.PERSON and one["id"] in former]
        for one in theirs:
            one |= {key: _without(one[key], former[one["id"]]) for key in ("raw", "name")}
        if theirs:
            change.label = in_words((one["name"], one["role"]) for one in change.owners)
            found.append(change)
    save_columns(found, ("owners", "label"))


def _without(words: str, name: str) -> str:
    return FORMER_MEMBER if words.casefold() == name.casefold() else words
