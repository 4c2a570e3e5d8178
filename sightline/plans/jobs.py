"""Background work of plans: reading uploaded documents, and the daily look at what days have changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor
from sightline.jobs.registry import JobContext, every, job
from sightline.plans.models import BulkChange, Import, RollOver
from sightline.plans.services import imports
from sightline.plans.services.bulk import BULK_JOB, carry_out_change
from sightline.plans.services.closing import ROUND_JOB, refresh_asked
from sightline.plans.services.current import refresh_all
from sightline.plans.services.imports.asking import CONFIRM_JOB, WITHDRAW_JOB
from sightline.plans.services.imports.uploading import READ_JOB, read_upload
from sightline.plans.services.ledger import refresh_all_ledgers
from sightline.plans.services.likeness import gather_words
from sightline.plans.services.rolling import ROLL_OVER_JOB, carry_out
from sightline.plans.services.standings import count_standings

NOTHING_CHANGED = (
    "The plan is as it was, and what was corrected is kept. Ask for it again; if it fails again, tell whoever looks "
    "after Sightline."
)


@job(READ_JOB, label="Read an uploaded document")
def read_import(run: JobContext, import_id: int) -> None:
    """Read one uploaded document in a child process, so that its preview can be shown."""
    read_upload(Import.objects.get(pk=import_id), progress=run.progress, by=run.by)


def _again(attempts: int) -> timedelta:
    """Somebody waits for it: it is tried again soon, or not at all."""
    return timedelta(seconds=5)


def _not_confirmed(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    _give_back(args, by, f"The import was not confirmed. {sentence} {NOTHING_CHANGED}")


def _not_withdrawn(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    _give_back(args, by, f"The import was not withdrawn. {sentence} {NOTHING_CHANGED}")


def _give_back(args: Mapping[str, Any], by: Actor, trouble: str) -> None:
    upload = Import.objects.get(pk=args["import_id"])
    imports.give_back(upload, trouble, version=args["version"], by=by)


@job(CONFIRM_JOB, label="Confirm an import", backoff=_again, gave_up=_not_confirmed)
def confirm_import(run: JobContext, import_id: int, version: int, seen: str | None) -> None:
    """Make a document part of its plan, all of it or nothing."""
    run.progress(0, 1, "The document is being compared with its plan.")
    upload = Import.objects.get(pk=import_id)
    told: Any = {"progress": run.progress, "by": run.by, "now": timezone.now()}
    imports.confirm_as_asked(upload, version=version, seen=seen, **told)


@job(WITHDRAW_JOB, label="Withdraw an import", backoff=_again, gave_up=_not_withdrawn)
def withdraw_import(run: JobContext, import_id: int, version: int) -> None:
    """Take a confirmed document back, all of it or nothing."""
    run.progress(0, 1, "Everything that the import wrote is being taken back.")
    upload = Import.objects.get(pk=import_id)
    imports.withdraw_as_asked(upload, version=version, by=run.by, now=timezone.now())
    run.progress(1, 1, "Everything that the import wrote was taken back.")


@every(hours=24)
@job("plans.refresh", label="See what has become overdue or silent")
def refresh(run: JobContext) -> int:
    """Days pass: what lists and first pages say of actions and recommendations is made anew once a day."""
    now = timezone.now()
    return refresh_all(now=now) + refresh_all_ledgers(now=now)


@job(ROUND_JOB, label="See what is silent after an update round")
def round_closed(run: JobContext, number: int) -> int:
    """Lists and first pages say at once of which actions nothing was told, and not only from the next day on."""
    return refresh_asked(number, now=timezone.now())


@every(minutes=1)
@job("plans.words", label="Gather the words by which like actions and recommendations are found")
def words(run: JobContext) -> None:
    """What was written since is found under its words when somebody asks whether it was asked for before."""
    gather_words()


@job(ROLL_OVER_JOB, label="Roll a plan over into the next")
def roll_over(run: JobContext, roll_over_id: int) -> None:
    """Do what was chosen for every action of a plan, all of it or nothing."""
    run.progress(0, 1, "The actions are being carried into the next plan.")
    carry_out(RollOver.objects.get(pk=roll_over_id), by=run.by, now=timezone.now())
    run.progress(1, 1, "The plan was rolled over.")


@every(hours=24)
@job("plans.count", label="Count how actions stood at the ends of months")
def count(run: JobContext) -> int:
    """What dashboards show over time is counted once a day, from all that is known by then."""
    return count_standings(now=timezone.now(), progress=run.progress)


@job(BULK_JOB, label="Change many actions")
def bulk_change(run: JobContext, change_id: int) -> None:
    """Do one change of many actions, all of it or nothing."""
    run.progress(0, 1, "The actions are being changed, all of them at once.")
    carry_out_change(BulkChange.objects.get(pk=change_id), by=run.by, now=timezone.now())
    run.progress(1, 1, "The actions were changed.")
