"""Looking whether every stored file still is what was handed over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sightline.documents.choices import FAULT_LABELS, Fault
from sightline.documents.entries import DocumentEntry
from sightline.documents.models import FileFault
from sightline.documents.places import place_of
from sightline.documents.selectors import Files, all_files, open_faults
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.services import drop_work_items, put_work_item

FAULT = "file_fault"
_CHUNK = 1024 * 1024
Progress = Callable[[int, int, str], None]


def verify_files(*, by: Actor, now: datetime, progress: Progress) -> int:
    """Read every stored file and hold it against its fingerprint. Returns how many are at fault.

    A fault is told once, to the unit and in the journal; so is that a file is right again. Can be run again.
    """
    kinds = all_files()
    total, done = sum(files.rows().count() for files in kinds), 0
    for files in kinds:
        for batch in files.in_batches():
            standing = {
                fault.number: fault
                for fault in open_faults().filter(of_model=files.label, number__in=[row.pk for row in batch])
            }
            for row in batch:
                _note(files, row, standing.get(row.pk), by, now)
            done += len(batch)
            progress(done, max(done, total), f"{done:,} files were read")
    _end_what_is_gone(kinds, by, now)
    return open_faults().count()


def fault_of(row: Any, files: Files) -> Fault | None:
    """What is wrong with the file of a row; nothing where it is what was handed over."""
    digest = hashlib.sha256()
    try:
        with getattr(row, files.field).open("rb") as opened:
            for chunk in opened.chunks(_CHUNK):
                digest.update(chunk)
    except FileNotFoundError:
        return Fault.MISSING
    return None if digest.hexdigest() == row.sha256 else Fault.CHANGED


def _note(files: Files, row: Any, standing: FileFault | None, by: Actor, now: datetime) -> None:
    found = fault_of(row, files)
    if standing and standing.what != found:
        end_fault(standing, by=by, now=now)
    if found and (standing is None or standing.what != found):
        begin_fault(files, row.pk, found, by=by, now=now)


@deed
def begin_fault(files: Files, number: int, what: Fault, *, by: Actor, now: datetime) -> FileFault:
    """Tell the unit and the journal that a file is missing or changed. Its name is not told: its tier may be high."""
    fault = FileFault.objects.create(of_model=files.label, number=number, what=what, found_at=now)
    put_work_item(
        "unit",
        FAULT,
        fault,
        f"A stored file {FAULT_LABELS[what]}",
        "Bring it back from a backup under its own name; the next daily look ends this by itself.",
        place_of(files.label, number),
    )
    record(DocumentEntry.FILE_AT_FAULT, by=by, subject=fault, after=_told(fault))
    return fault


@deed
def end_fault(fault: FileFault, *, by: Actor, now: datetime) -> None:
    """The file is right again, is at fault otherwise, or its record is gone."""
    fault.ended_at = now
    fault.save(update_fields=["ended_at"])
    drop_work_items(fault)
    record(DocumentEntry.FAULT_ENDED, by=by, subject=fault, before=_told(fault))


def _told(fault: FileFault) -> dict[str, Any]:
    return {"of": fault.of_model, "number": fault.number, "what": fault.what}


def _end_what_is_gone(kinds: list[Files], by: Actor, now: datetime) -> None:
    rows = {files.label: files for files in kinds}
    for fault in open_faults():
        files = rows.get(fault.of_model)
        if files is None or not files.rows().filter(pk=fault.number).exists():
            end_fault(fault, by=by, now=now)
