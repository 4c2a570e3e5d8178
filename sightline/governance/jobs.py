"""Background work of governance: membership lists are read and confirmed while nobody waits for the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from sightline.events.choices import Actor
from sightline.governance import services
from sightline.governance.services.lists import CONFIRM_JOB, READ_JOB
from sightline.governance.services.withdrawing import WITHDRAW_JOB
from sightline.jobs.registry import JobContext, every, job


@job(READ_JOB, label="Read a membership list")
def read_list(run: JobContext, number: int) -> None:
    """Read one membership list in a child process, so that its preview can be shown."""
    services.read_list(number, by=run.by)


def _again(attempts: int) -> timedelta:
    """Somebody waits for it: it is tried again soon, or not at all."""
    return timedelta(seconds=5)


def _not_confirmed(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    trouble = f"The list was not confirmed, and no seat was changed. {sentence} Ask for it again."
    services.give_back(args["number"], args["version"], trouble, by=by)


@job(CONFIRM_JOB, label="Confirm a membership list", backoff=_again, gave_up=_not_confirmed)
def confirm_list(run: JobContext, number: int, version: int) -> None:
    """Put the people of one list into their seats, all of it or nothing."""
    run.progress(0, 1, "The seats are being filled.")
    services.confirm_as_asked(number, version, by=run.by, now=timezone.now())
    run.progress(1, 1, "The list was confirmed.")


def _not_withdrawn(args: Mapping[str, Any], by: Actor, sentence: str) -> None:
    trouble = f"The list was not withdrawn, and no seat was changed. {sentence} Ask for it again."
    services.leave_confirmed(args["number"], args["version"], trouble, by=by)


@job(WITHDRAW_JOB, label="Withdraw a membership list", backoff=_again, gave_up=_not_withdrawn)
def withdraw_list(run: JobContext, number: int, version: int) -> None:
    """Undo what one list did to the seats, all of it or nothing."""
    run.progress(0, 1, "The seats are being put back.")
    services.withdraw_as_asked(number, version, by=run.by, now=timezone.now())
    run.progress(1, 1, "The list was withdrawn.")


@every(hours=24)
@job("governance.refresh", label="Look which leads wait to be confirmed, and which terms to be reviewed")
def refresh(run: JobContext) -> None:
    """Quarters pass and reviews fall due; roles end, and what waited for them waits for the business unit then."""
    services.refresh_work(now=timezone.now())
