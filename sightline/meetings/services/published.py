"""Tables of attendance that were published: read in, confirmed with every row as it was printed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.core.files.base import File

from sightline.documents.services import look_at, read_kept, scan_first, store
from sightline.events.choices import Actor, StaleRecord, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.jobs.services import enqueue
from sightline.meetings.choices import MOST_MEETINGS, PublishedState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import PublishedRow, PublishedTable
from sightline.meetings.selectors.published import printed_rates
from sightline.partners.models import Group
from sightline.partners.selectors import known_names
from sightline.reading.blocks import UnreadableFile
from sightline.reading.schema import Reading

READ_JOB = "meetings.read_published"
NO_TABLE = (
    "No table of attendance was found in this document. It has a row for each seat, with a percentage or a number of "
    "meetings, under words that speak of attendance."
)
NOT_NOW = "Somebody confirmed the table or gave it up, or it was not read yet. Look at it again."
HOW_MANY = f"Enter how many meetings there were, from 1 to {MOST_MEETINGS}."


def upload_published(
    group: Group, file: File[bytes], *, by: Actor, now: datetime, enqueue_reading: bool = True
) -> PublishedTable:
    """Keep a published paper and ask for its table of attendance to be read. Raises FileRefused."""
    scan_first([file], by=by)
    return _keep(group, file, enqueue_reading=enqueue_reading, by=by, now=now)


@deed
def _keep(
    group: Group, file: File[bytes], *, enqueue_reading: bool, by: Actor, now: datetime
) -> PublishedTable:
    [document] = store(look_at([file]), tier=Tier.T1, by=by, now=now)
    made = PublishedTable.objects.create(group=group, document=document, **entered(by, now))
    after = {"group": group.pk, "file": document.name, "sha256": document.sha256}
    record(MeetingEntry.PUBLISHED_UPLOADED, by=by, subject=made, after=after)
    if enqueue_reading:
        enqueue(READ_JOB, {"number": made.pk}, key=f"{READ_JOB}:{made.pk}", by=by)
    return made


def read_published(number: int, *, by: Actor) -> PublishedTable:
    """Read the table in a child process, and keep every row, or why there is none. May be called again."""
    found = PublishedTable.objects.select_related("document").get(pk=number)
    if found.state_now != PublishedState.WAITING:
        return found
    try:
        reading = read_kept(found.document.file, known_names())
    except UnreadableFile as refused:
        return _understand(number, None, str(refused), by=by)
    return _understand(number, reading, "" if reading.attendance else NO_TABLE, by=by)


@deed
def _understand(number: int, reading: Reading | None, refusal: str, *, by: Actor) -> PublishedTable:
    live = _held(number, {PublishedState.WAITING})
    if reading is None or refusal:
        live.refusal = refusal
        record(MeetingEntry.PUBLISHED_REFUSED, by=by, subject=live, reason=refusal)
        return _moved(live, PublishedState.REFUSED)
    rows = [
        {"words": row.seat, "value": row.value, "unit": row.unit, "where": _where(row.at.as_json())}
        for row in reading.attendance
    ]
    facts = reading.document
    live.read = {"rows": rows, "meetings": facts.meetings or None, "period": facts.period_raw[:100]}
    record(
        MeetingEntry.PUBLISHED_READ,
        by=by,
        subject=live,
        after={"rows": len(rows), "meetings": facts.meetings},
    )
    return _moved(live, PublishedState.PREVIEW)


def _where(at: dict[str, int]) -> str:
    return ", ".join(f"{name} {number}" for name, number in at.items() if name != "column")


@deed
def confirm_published(
    found: PublishedTable, meetings: int, period: str, *, version: int, by: Actor, now: datetime
) -> PublishedTable:
    """Keep every row as it was printed; those that no number of meetings gives are flagged, none is put right.

    Raises Unacceptable, StaleRecord.
    """
    live = _held(found.pk, {PublishedState.PREVIEW}, version)
    if not 1 <= meetings <= MOST_MEETINGS:
        raise Unacceptable({"meetings": HOW_MANY})
    if not period.strip():
        raise Unacceptable({"period": "Enter of which time the table is, such as 2025 to 2026."})
    live.meetings, live.period, live.confirmed_at = meetings, " ".join(period.split())[:100], now
    rows = list(printed_rates(live, meetings))
    PublishedRow.objects.bulk_create(
        PublishedRow(
            table=live,
            index=row.index,
            words=row.words[:300],
            value=Decimal(str(row.value)),
            unit=row.unit,
            where=row.where,
            is_impossible=row.is_impossible,
        )
        for row in rows
    )
    after = {"rows": len(rows), "impossible": sum(row.is_impossible for row in rows), "meetings": meetings}
    record(MeetingEntry.PUBLISHED_CONFIRMED, by=by, subject=live, after=after)
    return _moved(live, PublishedState.CONFIRMED)


@deed
def give_up_published(found: PublishedTable, *, version: int, by: Actor) -> PublishedTable:
    """Give up a table that was not confirmed. Raises Unacceptable, StaleRecord."""
    states = {PublishedState.WAITING, PublishedState.PREVIEW, PublishedState.REFUSED}
    live = _held(found.pk, states, version)
    record(MeetingEntry.PUBLISHED_GIVEN_UP, by=by, subject=live)
    return _moved(live, PublishedState.GIVEN_UP)


def _held(number: int, states: Collection[PublishedState], version: int | None = None) -> PublishedTable:
    live = PublishedTable.objects.select_for_update(of=("self",)).select_related("group").get(pk=number)
    if version is not None and live.version != version:
        raise StaleRecord
    if live.state_now not in states:
        raise Unacceptable({"": NOT_NOW})
    return live


def _moved(live: PublishedTable, state: PublishedState) -> PublishedTable:
    live.state = state.value
    live.version += 1
    live.save()
    return live
