"""Papers of an item: handed in, replaced by a newer version, and taken off the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db.models import Model

from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.documents.services import Looked, look_at, raise_tier, store, store_version
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import changed, held_as_seen, need
from sightline.meetings.choices import MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Item, Meeting, Paper, PaperFile
from sightline.search.services import drop, keep_words

TITLE = "Enter what the paper is called"
FILE = "Choose the file of the paper"
WHY = "Write why it takes the place of the version before"
CLOSED = "The minutes were approved or the meeting cancelled: its papers stand."
CONFIDENTIAL = "The item is confidential, and so are its papers: choose “Confidential”."
NOT_LOWERED = "A paper is never made less confidential. Take it off, and hand it in anew."


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """A paper as somebody hands it in. `brought_by`: who presents it at the meeting."""

    title: str
    brought_by: str = ""
    tier: Tier = Tier.T1


@deed
def add_paper(item: Item, given: PaperGiven, file: File[bytes] | None, *, by: Actor, now: datetime) -> Paper:
    """Hand in a paper of an item. Raises Unacceptable, also for a file that may not be kept."""
    live = Item.objects.select_for_update(of=("self",)).select_related("meeting__group").get(pk=item.pk)
    _check(live.meeting)
    if given.tier < live.tier:
        raise Unacceptable({"tier": CONFIDENTIAL})
    if not file:
        raise Unacceptable({"file": FILE})
    made = Paper(item=live, **_values(given), **entered(by, now))
    looked = _looked(file)
    made.save(force_insert=True)
    [document] = store([looked], tier=given.tier, by=by, now=now)
    PaperFile.objects.create(paper=made, document=document, **entered(by, now))
    after = {**_values(given), "item": live.title, "file": document.name, "sha256": document.sha256}
    record(MeetingEntry.PAPER_ADDED, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    return made


@deed
def change_paper(
    paper: Paper,
    version: int,
    given: PaperGiven,
    file: File[bytes] | None = None,
    reason: str = "",
    *,
    by: Actor,
    now: datetime,
) -> Paper:
    """Change a paper, and put a newer version in its place where a file is given, with the reason.

    Raises Unacceptable, StaleRecord.
    """
    live = _held(paper, version)
    tier = max(given.tier, Tier(live.item.tier))
    if given.tier < live.tier:
        raise Unacceptable({"tier": NOT_LOWERED})
    why = need(reason, "reason", WHY) if file else ""
    before, after = changed(live, _values(given), save=False)
    live.version += 1
    live.save(update_fields=[*after, "version"])
    if "tier" in after:
        raise_tier(Document.objects.filter(pk__in=live.files.values("document")), tier, by=by)
    if after:
        record(MeetingEntry.PAPER_CHANGED, by=by, subject=live, before=before, after=after, tier=tier)
        keep_words(live)
    if file:
        _replace(live, _looked(file), why, tier, by, now)
    return live


def _replace(live: Paper, looked: Looked, why: str, tier: Tier, by: Actor, now: datetime) -> None:
    newest = PaperFile.objects.filter(paper=live).select_related("document").latest("number")
    try:
        document = store_version(looked, newest.document, tier=tier, by=by, now=now)
    except FileRefused as refused:
        raise Unacceptable({"file": str(refused)}) from refused
    stamp = entered(by, now)
    made = PaperFile.objects.create(
        paper=live, document=document, number=newest.number + 1, reason=why[:300], **stamp
    )
    record(
        MeetingEntry.PAPER_REPLACED,
        by=by,
        subject=live,
        before={"file": newest.document.name, "sha256": newest.document.sha256},
        after={"file": document.name, "sha256": document.sha256, "version": made.number},
        reason=why,
        tier=tier,
    )


@deed
def take_off(paper: Paper, version: int, reason: str, *, by: Actor, now: datetime) -> Paper:
    """Take a paper off the agenda, with the reason; its files are kept. Raises Unacceptable, StaleRecord."""
    live = _held(paper, version)
    why = need(reason, "reason", "Write why it is taken off")
    live.withdrawn_at = now
    live.version += 1
    live.save(update_fields=["withdrawn_at", "version"])
    tier = Tier(max(live.tier, live.item.tier))
    record(MeetingEntry.PAPER_TAKEN_OFF, by=by, subject=live, reason=why, tier=tier)
    drop(Paper, [live.pk])
    return live


@deed
def note_paper_taken(about: Model, document: Document, *, by: Actor) -> None:
    """Journal that somebody took a paper or a pack away."""
    after = {"file": document.name, "sha256": document.sha256}
    record(MeetingEntry.FILE_TAKEN, by=by, subject=about, after=after, tier=Tier(document.tier))


def follow_item(item: Item, *, by: Actor) -> None:
    """The papers of an item that became more confidential are kept as closely as the item."""
    papers = list(Paper.objects.filter(item=item, tier__lt=item.tier))
    if papers:
        Paper.objects.filter(pk__in=[each.pk for each in papers]).update(tier=item.tier)
        documents = Document.objects.filter(
            pk__in=PaperFile.objects.filter(paper__in=papers).values("document")
        )
        raise_tier(documents, Tier(item.tier), by=by)


def _held(paper: Paper, version: int) -> Paper:
    live: Paper = held_as_seen(paper, version, "item__meeting__group")
    _check(live.item.meeting)
    if live.withdrawn_at:
        raise Unacceptable({"": "The paper was taken off the agenda."})
    return live


def _check(meeting: Meeting) -> None:
    if meeting.state in (MeetingState.APPROVED, MeetingState.CANCELLED):
        raise Unacceptable({"": CLOSED})


def _values(given: PaperGiven) -> dict[str, Any]:
    return {
        "title": need(given.title, "title", TITLE),
        "brought_by": given.brought_by.strip(),
        "tier": given.tier.value,
    }


def _looked(file: File[bytes]) -> Looked:
    try:
        [looked] = look_at([file])
    except FileRefused as refused:
        raise Unacceptable({"file": str(refused)}) from refused
    return looked
