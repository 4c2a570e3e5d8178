"""A membership list comes in: kept as a file, read in a child process, looked over, confirmed by a job or given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.core.files.base import File

from sightline.documents.services import look_at, read_kept, scan_first, store
from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import not_ahead
from sightline.governance.choices import NO_DAY, ListRefused, ListState
from sightline.governance.entries import GovernanceEntry
from sightline.governance.models import MemberList
from sightline.governance.rules.lists import Decision
from sightline.governance.selectors.lists import STAY, preview, row_of
from sightline.governance.services.seating import seat_all
from sightline.jobs.services import enqueue
from sightline.partners.models import Group
from sightline.partners.selectors import known_names
from sightline.reading.blocks import UnreadableFile
from sightline.reading.schema import Reading

READ_JOB, CONFIRM_JOB = "governance.read_list", "governance.confirm_list"
NO_MEMBERS = (
    "No table of members was found in this document. A membership list has a row for each member: surname, forename, "
    "organisation and role, under a heading that says Membership."
)
MOVED_ON = (
    "Somebody else changed this list while you were looking. Look at it again; nothing of theirs is lost."
)
CHANGED_SINCE = (
    "What the list would change is not what you were shown any more. Look at it again, then confirm."
)
_NOT_NOW = {
    ListState.WAITING: "The list has not been read yet.",
    ListState.READING: "The list is being read.",
    ListState.REFUSED: "The list could not be read.",
    ListState.PREVIEW: "The list has not been confirmed.",
    ListState.CONFIRMING: "The list is being confirmed already.",
    ListState.CONFIRMED: "The list has been confirmed already.",
    ListState.WITHDRAWING: "The list is being withdrawn.",
    ListState.WITHDRAWN: "The list was withdrawn.",
    ListState.DISCARDED: "The list was given up.",
}


def upload_list(
    group: Group,
    file: File[bytes],
    *,
    as_at: date | None = None,
    by: Actor,
    now: datetime,
    enqueue_reading: bool = True,
) -> MemberList:
    """Keep a membership list and ask for it to be read. Raises FileRefused; Unacceptable for a day that lies ahead."""
    if as_at:
        not_ahead(as_at, now)
    scan_first([file], by=by)
    return _keep(group, file, as_at, enqueue_reading=enqueue_reading, by=by, now=now)


@deed
def _keep(
    group: Group, file: File[bytes], as_at: date | None, *, enqueue_reading: bool, by: Actor, now: datetime
) -> MemberList:
    [document] = store(look_at([file]), tier=Tier.T1, by=by, now=now)
    made = MemberList.objects.create(group=group, document=document, as_at=as_at, **entered(by, now))
    after = {"group": group.pk, "file": document.name, "sha256": document.sha256}
    record(GovernanceEntry.MEMBER_LIST_UPLOADED, by=by, subject=made, after=after)
    if enqueue_reading:
        enqueue(READ_JOB, {"number": made.pk}, key=f"{READ_JOB}:{made.pk}", by=by)
    return made


def read_list(number: int, *, by: Actor) -> MemberList:
    """Read the list in a child process and keep what was understood, or why it cannot be used. May be called again."""
    found = MemberList.objects.select_related("document").get(pk=number)
    if found.state != ListState.WAITING:
        return found
    try:
        reading = read_kept(found.document.file, known_names())
    except UnreadableFile as refused:
        return _refuse(number, str(refused), by=by)
    return _understand(number, reading, by=by) if reading.members else _refuse(number, NO_MEMBERS, by=by)


@deed
def _refuse(number: int, sentence: str, *, by: Actor) -> MemberList:
    live = held(number, {ListState.WAITING})
    live.refusal = sentence
    record(GovernanceEntry.MEMBER_LIST_REFUSED, by=by, subject=live, reason=sentence)
    return moved(live, ListState.REFUSED)


@deed
def _understand(number: int, reading: Reading, *, by: Actor) -> MemberList:
    live = held(number, {ListState.WAITING})
    tables = {member.at.table for member in reading.members} - {None}
    unread = [
        {"where": f"table {each.at.table}, row {each.at.row}", "words": each.message.replace("\t", ", ")}
        for each in reading.leftovers
        if each.at.table in tables
    ]
    said = reading.document.as_at
    live.read = {
        "rows": [row_of(member) for member in reading.members],
        "unread": unread,
        "as_at": said or "",
    }
    after = {"members": len(reading.members), "unread": len(unread), "as_at": said or ""}
    record(GovernanceEntry.MEMBER_LIST_READ, by=by, subject=live, after=after)
    return moved(live, ListState.PREVIEW)


@deed
def decide(
    found: MemberList,
    as_at: date | None,
    decisions: Mapping[int, Decision],
    staying: Collection[int],
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> MemberList:
    """Say of which day the list is, what stands for rows that could be two things, and who stays though not on it.

    `staying`: numbers of people. Raises ListRefused, StaleRecord, Unacceptable.
    """
    live = held(found.pk, {ListState.PREVIEW}, version)
    if as_at:
        not_ahead(as_at, now)
    said = {str(index): asdict(each) for index, each in decisions.items() if each != Decision()}
    live.as_at, live.trouble = as_at, ""
    live.decisions = {**said, **({STAY: sorted(staying)} if staying else {})}
    after = {"as_at": as_at, "rows": len(said), "staying": sorted(staying)}
    record(GovernanceEntry.MEMBER_LIST_LOOKED_OVER, by=by, subject=live, after=after)
    return moved(live, ListState.PREVIEW)


@deed
def ask_to_confirm(found: MemberList, *, version: int, seen: str, by: Actor) -> MemberList:
    """Ask for a list to be confirmed as it was shown. Raises ListRefused, StaleRecord."""
    live = held(found.pk, {ListState.PREVIEW}, version)
    if live.as_at is None:
        raise ListRefused(NO_DAY)
    live.seen = seen[:16]
    moved(live, ListState.CONFIRMING)
    args = {"number": live.pk, "version": live.version}
    enqueue(CONFIRM_JOB, args, key=f"{CONFIRM_JOB}:{live.pk}:{live.version}", by=by)
    return live


def confirm_as_asked(number: int, version: int, *, by: Actor, now: datetime) -> MemberList:
    """Confirm what was asked for, all of it or nothing, or give the list back with what stands against it."""
    try:
        return _confirm(number, version, by=by, now=now)
    except ListRefused as refused:
        return give_back(number, version, refused.sentence, by=by)


@deed
def _confirm(number: int, version: int, *, by: Actor, now: datetime) -> MemberList:
    live = held(number, set(ListState))
    if (live.state, live.version) != (ListState.CONFIRMING, version):
        return live
    shown = preview(live)
    if live.seen and shown.mark != live.seen:
        raise ListRefused(CHANGED_SINCE)
    live.outcome = seat_all(live, shown, by=by, now=now)
    live.confirmed_at = now
    after = {name: len(rows) for name, rows in live.outcome.items()} | {"as_at": live.as_at}
    record(GovernanceEntry.MEMBER_LIST_CONFIRMED, by=by, subject=live, after=after)
    return moved(live, ListState.CONFIRMED)


@deed
def give_back(number: int, version: int, trouble: str, *, by: Actor) -> MemberList:
    """Leave a list as it was before it was asked to be confirmed, and keep why."""
    live = held(number, set(ListState))
    if (live.state, live.version) != (ListState.CONFIRMING, version):
        return live
    live.trouble = trouble
    record(GovernanceEntry.MEMBER_LIST_GIVEN_BACK, by=by, subject=live, reason=trouble)
    return moved(live, ListState.PREVIEW)


@deed
def discard(found: MemberList, *, version: int, by: Actor) -> MemberList:
    """Give up a list that was not confirmed. Raises ListRefused, StaleRecord."""
    live = held(found.pk, {ListState.WAITING, ListState.PREVIEW, ListState.REFUSED}, version)
    record(GovernanceEntry.MEMBER_LIST_DISCARDED, by=by, subject=live)
    return moved(live, ListState.DISCARDED)


def held(number: int, states: Collection[ListState], version: int | None = None) -> MemberList:
    """The list as it stands, held, where it is in one of these states. Raises ListRefused, StaleRecord."""
    rows = MemberList.objects.select_for_update(of=("self",)).select_related("group", "document")
    live = rows.get(pk=number)
    if version is not None and live.version != version:
        raise StaleRecord(MOVED_ON)
    if live.state_now not in states:
        raise ListRefused(_NOT_NOW[live.state_now])
    return live


def moved(live: MemberList, state: ListState) -> MemberList:
    """The list, held, kept in its next state."""
    live.state = state.value
    live.version += 1
    live.save()
    return live
