"""Jobs for the tests of the queue. They note what they did in the journal, where several processes can see it."""

import time
from enum import StrEnum
from typing import Any

from django.db import transaction

from sightline.events.choices import Subject
from sightline.events.entries import declare
from sightline.events.services import record
from sightline.jobs.choices import PermanentFailure
from sightline.jobs.registry import JobContext, job


class Note(StrEnum):
    RAN = "ran"


declare("queue_test", Note, {Note.RAN: "A test job ran"})


def note(run: JobContext, text: str) -> None:
    with transaction.atomic():
        record(Note.RAN, by=run.by, subject=Subject("queue_test", "job", str(run.job_id), text))


@job("queue_test.note", label="Note a text", retries=2)
def take_note(run: JobContext, text: str = "") -> None:
    note(run, text)


@job("queue_test.slow", label="Be slow", retries=2)
def be_slow(run: JobContext, seconds: float = 0.0) -> None:
    note(run, "begun")
    time.sleep(seconds)
    run.progress(1, 2, "Half way.")
    note(run, "ended")


@job("queue_test.fail", label="Fail", retries=1)
def fail(run: JobContext, **args: Any) -> None:
    raise ZeroDivisionError("on purpose")


@job("queue_test.refuse", label="Refuse", retries=5)
def refuse(run: JobContext) -> None:
    raise PermanentFailure("This file cannot be read.")
