"""Exports asked for on the page: asked, made by a job, taken away, cleared away after a time."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.core.files import File
from django.core.files.storage import default_storage

from sightline.access.models import User
from sightline.carrying.choices import FAILED, GIVEN_UP, NO_LONGER, ONE_AT_A_TIME, ExportState, Refused
from sightline.carrying.entries import CarryingEntry
from sightline.carrying.models import WholeExport
from sightline.carrying.permissions import can_export_whole, check_export_whole
from sightline.carrying.rules import can_be_fetched, kept_for
from sightline.carrying.selectors import past
from sightline.carrying.services.packing import Written, fingerprint, pack
from sightline.carrying.services.writing import Asked, Say, write_export
from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.jobs.choices import LostLease, PermanentFailure
from sightline.jobs.services import enqueue
from sightline.jobs.working import working

MAKE = "carrying.make"
FOLDER = "whole-exports/"
PLACE = "export-on-page"


def job_key(export: WholeExport) -> str:
    """The key of the job that makes an export."""
    return f"{MAKE}:{export.pk}"


@deed
def ask(reason: str, *, user: User, by: Actor, now: datetime) -> WholeExport:
    """Ask for an export of everything. One is made at a time: raises Refused while one is."""
    check_export_whole(user)
    made = WholeExport(
        reason=reason,
        asked_at=now,
        asked_by=user,
        asked_by_label=by.label[:200],
        kept_as=_name(),
    )
    # The constraint decides between two who ask at the same moment.
    WholeExport.objects.bulk_create([made], ignore_conflicts=True)
    standing = WholeExport.objects.filter(kept_as=made.kept_as).first()
    if standing is None:
        raise Refused(ONE_AT_A_TIME)
    record(CarryingEntry.EXPORT_ASKED, by=by, subject=standing, reason=reason, tier=Tier.T2)
    enqueue(MAKE, {"export": standing.pk}, by=by, key=job_key(standing))
    return standing


def make(number: int, *, by: Actor, now: datetime, say: Say) -> None:
    """Make the file of an export that was asked for. Called again after a crash, it begins anew.

    What is in it is what whoever asked may read now. Raises PermanentFailure where they may not export any more, or it
    was given up; LostLease where another made it meanwhile.
    """
    export = WholeExport.objects.select_related("asked_by").get(pk=number)
    if export.state == ExportState.FAILED:
        raise PermanentFailure(GIVEN_UP)
    if export.state != ExportState.ASKED:
        return
    reader = export.asked_by
    if reader is None or not reader.is_active or not can_export_whole(reader):
        raise PermanentFailure("Whoever asked for this export may not export everything any more.")
    asked = Asked(reader, export.asked_by_label, export.reason, now)
    with working(PLACE) as place:
        folder, packed = place / "export", place / "export.zip"
        folder.mkdir()
        manifest = write_export(folder, asked, say)
        pack(folder, packed)
        written = Written(packed, packed.stat().st_size, fingerprint(packed), manifest)
        say(1, 1, "Putting the file away …")
        _keep(number, written, by=by, now=now)
    say(1, 1, "The export is ready.")


def _keep(number: int, written: Written, *, by: Actor, now: datetime) -> None:
    """Put the file away. Whatever goes wrong, none stays that its row does not name."""
    name = _named_anew(number)
    try:
        with written.path.open("rb") as file:
            default_storage.save(name, File(file))
        _made(number, name, written, by=by, now=now)
    except BaseException:
        default_storage.delete(name)
        raise


@deed
def _named_anew(number: int) -> str:
    """A name for the file of this try, which the row tells before there is a file; that of a try before goes.

    A worker that was believed dead and goes on writes under the name of its own try, and is told that it lost.
    """
    export = _asked(number)
    default_storage.delete(export.kept_as)
    export.kept_as = _name()
    export.save(update_fields=["kept_as"])
    return export.kept_as


def _name() -> str:
    """Nobody guesses it, should the store be laid open one day."""
    return f"{FOLDER}{secrets.token_hex(16)}.zip"


def _asked(number: int, **more: str) -> WholeExport:
    """The export, held, while it is to be made. Raises LostLease."""
    held = WholeExport.objects.select_for_update().filter(pk=number, state=ExportState.ASKED, **more).first()
    if held is None:
        raise LostLease(f"Export {number} was made or given up meanwhile.")
    return held


@deed
def _made(number: int, name: str, written: Written, *, by: Actor, now: datetime) -> None:
    export, manifest = _asked(number, kept_as=name), written.manifest
    export.state, export.made_at, export.expires_at = ExportState.MADE, now, now + kept_for()
    export.sha256, export.size = written.sha256, written.size
    export.rows, export.files = manifest.rows, manifest.files
    export.faults = len(manifest.missing) + len(manifest.changed)
    told = ["state", "made_at", "expires_at", "sha256", "size", "rows", "files", "faults"]
    export.save(update_fields=told)
    after = {
        "sha256": export.sha256,
        "bytes": export.size,
        "rows": export.rows,
        "files": export.files,
        "faults": export.faults,
    }
    record(CarryingEntry.EXPORT_MADE, by=by, subject=export, after=after, tier=Tier.T2)


@deed
def give_up(number: int, *, by: Actor) -> None:
    """Say of an export that it is tried no more, so that another can be asked for."""
    export = WholeExport.objects.select_for_update().filter(pk=number, state=ExportState.ASKED).first()
    if export is not None:
        default_storage.delete(export.kept_as)
        export.state = ExportState.FAILED
        export.save(update_fields=["state"])
        record(CarryingEntry.EXPORT_FAILED, by=by, subject=export, reason=FAILED, tier=Tier.T2)


def opened(export: WholeExport, now: datetime) -> Any:
    """The file of an export, open for reading. Raises Refused where its time is over or it is not there."""
    if not can_be_fetched(export.state, export.expires_at, now):
        raise Refused(NO_LONGER)
    try:
        return default_storage.open(export.kept_as, "rb")
    except FileNotFoundError:
        raise Refused(NO_LONGER) from None


@deed
def note_taken(export: WholeExport, *, by: Actor) -> None:
    """Journal that somebody took an export away, with the fingerprint of the file."""
    after = {"sha256": export.sha256, "bytes": export.size}
    record(CarryingEntry.EXPORT_TAKEN, by=by, subject=export, after=after, reason=export.reason, tier=Tier.T2)


def clear_past(*, by: Actor, now: datetime) -> int:
    """Clear away the files whose time is over. Returns how many. The file first: what is left is found again."""
    count = 0
    for export in list(past(now)):
        default_storage.delete(export.kept_as)
        _cleared(export, by=by)
        count += 1
    return count


@deed
def _cleared(export: WholeExport, *, by: Actor) -> None:
    if WholeExport.objects.filter(pk=export.pk, state=ExportState.MADE).update(state=ExportState.CLEARED):
        after = {"sha256": export.sha256}
        record(CarryingEntry.EXPORT_CLEARED, by=by, subject=export, after=after, tier=Tier.T2)
