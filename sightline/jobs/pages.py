"""What the page of background work shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone

from sightline.jobs import selectors
from sightline.jobs.choices import JobState
from sightline.jobs.forms import JobFilter
from sightline.jobs.models import Job
from sightline.jobs.registry import label_of
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.progress import Progress

LIST = ListPage(
    noun=("piece of work", "pieces of work"),
    columns=(
        Column("id", "No.", sort=("id",), numeric=True),
        Column("name", "Work", sort=("name",)),
        Column("state", "State", sort=("state",)),
        Column("asked", "Asked for", sort=("enqueued_at",)),
        Column("told", "How it went"),
        Column("again", "Try again", hidden_label=True),
    ),
    filter_form=JobFilter,
    order="-id",
    size=50,
)
COLOURS = {JobState.WAITING: "grey", JobState.RUNNING: "blue", JobState.DONE: "green", JobState.FAILED: "red"}


@dataclass(frozen=True)
class JobRow:
    """One job as a row."""

    id: int
    label: str
    state: str
    colour: str
    by: str
    asked_at: datetime
    told: str
    may_be_tried: bool


@dataclass(frozen=True)
class JobsPage:
    """All that the template may use. `no_worker` is a sentence, empty while a worker is running."""

    no_worker: str
    workers: int
    listing: Listing[JobRow]


def jobs_page(query: QueryDict, now: datetime) -> JobsPage:
    """The page for this address at this moment."""
    found = LIST.read(query, selectors.jobs())
    workers = selectors.running_workers(now).count()
    sentence = "" if workers else selectors.worker_sentence(now)
    return JobsPage(sentence, workers, found.with_rows(row_of(job) for job in found.rows))


def progress_of(key: str, waiting: str, failed: str = "") -> Progress:
    """How far the job of a key is, for the page of what it works on; `waiting` is said before it begins.

    `failed` is said of one that is tried no more, in place of its own sentence.
    """
    job, now = selectors.job_of_key(key), timezone.now()
    is_failed = job is not None and job.state == JobState.FAILED
    at_work = job is not None and job.lease_until is not None and job.lease_until > now
    return Progress(
        sentence=(job.progress_sentence if job else "") or waiting,
        done=job.progress_done if job else 0,
        total=job.progress_total if job else 0,
        failed=(failed or job.error_sentence) if job and is_failed else "",
        no_worker=not at_work and bool(selectors.worker_sentence(now)),
    )


def row_of(job: Job) -> JobRow:
    """A job in words."""
    return JobRow(
        id=job.pk,
        label=label_of(job.name),
        state=job.state_label,
        colour=COLOURS[JobState(job.state)],
        by=job.actor_label,
        asked_at=job.enqueued_at,
        told=told(job),
        may_be_tried=job.state == JobState.FAILED,
    )


def told(job: Job) -> str:
    """How far it is or how it went, in one or two sentences."""
    if job.state == JobState.RUNNING and job.progress_total:
        return f"{job.progress_sentence} {job.progress_done} of {job.progress_total}.".strip()
    if job.error_sentence and job.state != JobState.DONE:
        tries = f" Tried {job.attempts} times." if job.attempts > 1 else ""
        return job.error_sentence + tries
    return job.progress_sentence
