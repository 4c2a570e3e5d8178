"""Reading the queue."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from sightline.jobs.choices import JobState
from sightline.jobs.models import Job, Worker
from sightline.jobs.rules import NO_WORKER, SILENT_AFTER


def worker_is_running(now: datetime) -> bool:
    """Whether any worker has given a sign of life lately."""
    return Worker.objects.filter(seen_at__gt=now - SILENT_AFTER).exists()


def worker_sentence(now: datetime) -> str:
    """What a page with waiting work says: empty while a worker is running."""
    return "" if worker_is_running(now) else NO_WORKER


def jobs(state: str = "") -> QuerySet[Job]:
    """Jobs, newest first, of one state or all. For the unit alone: views ask for JOBS_VIEW."""
    found = Job.objects.order_by("-id")
    return found.filter(state=state) if state in set(JobState) else found


def job_of_key(key: str) -> Job | None:
    """The job that was enqueued under an idempotency key; None where there is none, or it has been cleared away."""
    return Job.objects.filter(key=key).first()


def counts() -> dict[JobState, int]:
    """How many jobs stand in each state."""
    rows = dict(Job.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: rows.get(state.value, 0) for state in JobState}


def running_workers(now: datetime) -> QuerySet[Worker]:
    """The workers that have given a sign of life lately."""
    return Worker.objects.filter(seen_at__gt=now - SILENT_AFTER).order_by("name")
