"""Confirming and withdrawing are long work: a person asks for them, a job does all of it, or gives the import back."""

from __future__ import annotations

from datetime import datetime

from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import deed
from sightline.jobs.services import enqueue
from sightline.plans.choices import ImportState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import
from sightline.plans.services.imports.confirming import write_import
from sightline.plans.services.imports.keeping import (
    ImportRefused,
    Progress,
    held,
    moved_on,
    nobody_watches,
    note,
)
from sightline.plans.services.imports.withdrawing import take_back

CONFIRM_JOB = "plans.confirm_import"
WITHDRAW_JOB = "plans.withdraw_import"
_BEFORE = {
    ImportState.CONFIRMING: ImportState.PREVIEW,
    ImportState.WITHDRAWING: ImportState.CONFIRMED,
}
_EVERY = frozenset(ImportState)


@deed
def ask_to_confirm(
    upload: Import, *, version: int | None = None, seen: str | None = None, by: Actor, now: datetime
) -> Import:
    """Ask for an import to be confirmed as it was looked at; `version` and `seen` as for `confirm`.

    Whoever asks second is told so. Raises ImportRefused, StaleRecord.
    """
    live = held(upload, {ImportState.PREVIEW}, version)
    live.state = ImportState.CONFIRMING
    moved_on(live, "state")
    args = {"import_id": live.pk, "version": live.version, "seen": seen}
    enqueue(CONFIRM_JOB, args, key=job_key(live), by=by)
    return live


@deed
def ask_to_withdraw(upload: Import, *, version: int | None = None, by: Actor, now: datetime) -> Import:
    """Ask for a confirmed import to be taken back whole. Raises ImportRefused, StaleRecord."""
    live = held(upload, {ImportState.CONFIRMED}, version)
    live.state = ImportState.WITHDRAWING
    moved_on(live, "state")
    enqueue(WITHDRAW_JOB, {"import_id": live.pk, "version": live.version}, key=job_key(live), by=by)
    return live


def job_key(upload: Import) -> str:
    """The key of the job that does what was asked of this version of the import."""
    return f"plans.{upload.state}_import:{upload.pk}:{upload.version}"


def confirm_as_asked(
    upload: Import,
    *,
    version: int,
    seen: str | None,
    progress: Progress = nobody_watches,
    by: Actor,
    now: datetime,
) -> Import:
    """Confirm what was asked for, or give the import back with what stands against it.

    May be called again after a crash: what is done, or given back, is not done again.
    """
    try:
        return _confirm(upload, version, seen, progress, by, now)
    except (ImportRefused, StaleRecord) as refused:
        return give_back(upload, refused.sentence, version=version, by=by)


@deed
def _confirm(
    upload: Import, version: int, seen: str | None, progress: Progress, by: Actor, now: datetime
) -> Import:
    live = held(upload, _EVERY)
    if (live.state, live.version) != (ImportState.CONFIRMING, version):
        return live
    return write_import(live, seen=seen, progress=progress, by=by, now=now)


def withdraw_as_asked(upload: Import, *, version: int, by: Actor, now: datetime) -> Import:
    """Withdraw what was asked for, or give the import back, confirmed as it was. May be called again."""
    try:
        return _withdraw(upload, version, by, now)
    except ImportRefused as refused:
        return give_back(upload, refused.sentence, version=version, by=by)


@deed
def _withdraw(upload: Import, version: int, by: Actor, now: datetime) -> Import:
    live = held(upload, _EVERY)
    if (live.state, live.version) != (ImportState.WITHDRAWING, version):
        return live
    return take_back(live, by=by, now=now)


@deed
def give_back(upload: Import, trouble: str, *, version: int, by: Actor) -> Import:
    """Leave an import as it was before this was asked of it, and keep why: to be asked for again, or corrected."""
    live = held(upload, _EVERY)
    before = _BEFORE.get(ImportState(live.state))
    if before is None or live.version != version:
        return live
    told = {"state": live.state}
    live.state, live.trouble = before, trouble
    note(PlanEntry.IMPORT_GIVEN_BACK, live, by=by, before=told, after={"state": before}, reason=trouble)
    return moved_on(live, "state", "trouble")
