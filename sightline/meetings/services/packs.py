"""Packs: asked for by a person, made by a job, kept as stored files."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import timezone

from sightline.documents.choices import FileKind
from sightline.documents.rules import clean_name
from sightline.documents.services import Looked, store
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.jobs.services import enqueue
from sightline.meetings.choices import PackState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Meeting, Pack
from sightline.meetings.rules.papers import standard
from sightline.meetings.selectors.papers import fingerprint, has_confidential, pack_agenda
from sightline.meetings.services.packing import CannotPack, Packed, Packing, Progress
from sightline.screens.words import day

PACK_JOB = "meetings.make_pack"
UNDER_WAY = "The pack of this meeting is being made already."
READERS = {
    Tier.T1: "Every member of the partnership",
    Tier.T2: "Members of the group, and those who serve the whole partnership",
}


def job_key(pack: Pack) -> str:
    """The key of the job that makes a pack."""
    return f"{PACK_JOB}:{pack.pk}"


@deed
def ask_packs(meeting: Meeting, *, by: Actor, now: datetime) -> list[Pack]:
    """Ask for the pack of a meeting: one for every member, and one more with what is confidential, where there is any.

    Raises Unacceptable where it is being made already.
    """
    live = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    made = dict(Pack.objects.filter(meeting=live).order_by().values_list("tier").annotate(last=Max("number")))
    if Pack.objects.filter(meeting=live, state=PackState.WAITING).exists():
        raise Unacceptable({"": UNDER_WAY})
    tiers = [Tier.T1, Tier.T2] if has_confidential(live) else [Tier.T1]
    stamp = entered(by, now)
    packs = [
        Pack.objects.create(meeting=live, tier=tier.value, number=made.get(tier.value, 0) + 1, **stamp)
        for tier in tiers
    ]
    for pack in packs:
        enqueue(PACK_JOB, {"number": pack.pk}, key=job_key(pack), by=by)
    after = {"packs": len(packs), "number": packs[0].number}
    record(MeetingEntry.PACK_ASKED, by=by, subject=live, after=after)
    return packs


def make_pack(number: int, *, progress: Progress, by: Actor, now: datetime) -> Pack:
    """Make a pack that was asked for, or keep why it cannot be. May be called again."""
    pack = Pack.objects.select_related("meeting__group", "meeting__series").get(pk=number)
    if pack.state != PackState.WAITING:
        return pack
    tier, meeting = Tier(pack.tier), pack.meeting
    agenda = pack_agenda(meeting, tier)
    made_on = day(timezone.localtime(now).date())
    facts = (("Read by", READERS[tier]), ("Pack", f"Version {pack.number}, made on {made_on}"))
    with tempfile.TemporaryDirectory(prefix="sightline-") as folder:
        given: dict[str, Any] = {"folder": Path(folder), "numbers": standard(), "progress": progress}
        try:
            packed = Packing(meeting, agenda, tier, facts, **given).done()
        except CannotPack as failed:
            return fail_pack(number, str(failed), by=by)
        return _keep(pack, packed, fingerprint(meeting, agenda), by=by, now=now)


@deed
def _keep(pack: Pack, packed: Packed, of: str, *, by: Actor, now: datetime) -> Pack:
    live = Pack.objects.select_for_update(of=("self",)).select_related("meeting__group").get(pk=pack.pk)
    if live.state != PackState.WAITING:
        return live
    name = clean_name(f"Papers {live.meeting.group.name} {live.meeting.held_on} version {live.number}.pdf")
    with packed.path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    looked = Looked(name, b"", FileKind.PDF, sha256, path=packed.path)
    [live.document] = store([looked], tier=Tier(live.tier), by=by, now=now)
    live.state, live.made_at, live.of, live.pages = PackState.MADE.value, now, of, packed.pages
    live.contents = [asdict(each) for each in packed.papers]
    live.save()
    after = {"file": name, "pages": packed.pages, "papers": len(packed.papers), "sha256": looked.sha256}
    record(MeetingEntry.PACK_MADE, by=by, subject=live, after=after, tier=Tier(live.tier))
    return live


@deed
def fail_pack(number: int, sentence: str, *, by: Actor) -> Pack:
    """Keep why a pack could not be made; the one before stays."""
    live = Pack.objects.select_for_update().get(pk=number)
    if live.state == PackState.WAITING:
        live.state, live.trouble = PackState.FAILED.value, sentence[:500]
        live.save(update_fields=["state", "trouble"])
        record(MeetingEntry.PACK_FAILED, by=by, subject=live, reason=sentence, tier=Tier(live.tier))
    return live


def pack_given_up(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    """The job is tried no more."""
    fail_pack(
        int(args["number"]),
        f"{sentence} Make it again; if that fails, tell whoever looks after Sightline.",
        by=by,
    )
