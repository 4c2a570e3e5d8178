"""Background work of plans: reading uploaded documents, and the daily look at what days have changed."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.plans.models import BulkChange, Import, RollOver
from sightline.plans.services.bulk import BULK_JOB, carry_out_change
from sightline.plans.services.current import refresh_all
from sightline.plans.services.imports.uploading import READ_JOB, read_upload
from sightline.plans.services.ledger import refresh_all_ledgers
from sightline.plans.services.rolling import ROLL_OVER_JOB, carry_out
from sightline.plans.services.standings import count_standings


@job(READ_JOB, label="Read an uploaded document")
def read_import(run: JobContext, import_id: int) -> None:
    """Read one uploaded document in a child process, so that its preview can be shown."""
    read_upload(Import.objects.get(pk=import_id), progress=run.progress, by=run.by)


@every(hours=24)
@job("plans.refresh", label="See what has become overdue or silent")
def refresh(run: JobContext) -> None:
    """Days pass: what lists and first pages say of actions and recommendations is made anew once a day."""
    refresh_all(now=timezone.now())
    refresh_all_ledgers(now=timezone.now())


@job(ROLL_OVER_JOB, label="Roll a plan over into the next")
def roll_over(run: JobContext, roll_over_id: int) -> None:
    """Do what was chosen for every action of a plan, all of it or nothing."""
    run.progress(0, 1, "The actions are being carried into the next plan.")
    carry_out(RollOver.objects.get(pk=roll_over_id), by=run.by, now=timezone.now())


@every(hours=24)
@job("plans.count", label="Count how actions stood at the ends of months")
def count(run: JobContext) -> None:
    """What dashboards show over time is counted once a day, from all that is known by then."""
    count_standings(now=timezone.now(), progress=run.progress)


@job(BULK_JOB, label="Change many actions")
def bulk_change(run: JobContext, change_id: int) -> None:
    """Do one change of many actions, all of it or nothing."""
    run.progress(0, 1, "The actions are being changed, all of them at once.")
    carry_out_change(BulkChange.objects.get(pk=change_id), by=run.by, now=timezone.now())
