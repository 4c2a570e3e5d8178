"""The queue: asking for work, taking it, noting how it went."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, StaleRecord
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.jobs.choices import JobState, LostLease, UnknownJob
from sightline.jobs.entries import JobEntry
from sightline.jobs.models import Job, Schedule, Worker
from sightline.jobs.registry import definition, scheduled_jobs
from sightline.jobs.rules import KEEP, KEEP_ROUTINE, LEASE, wait_in_words

logger = logging.getLogger(__name__)
STOPPED = "The worker stopped in the middle of this work, every time it was tried."
UNKNOWN = "This version of Sightline does not know this kind of work."


@deed
def enqueue(
    name: str,
    args: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    key: str | None = None,
    run_after: datetime | None = None,
) -> Job:
    """Ask for work, within the caller's transaction: it is done only if that commits.

    The same `key` twice gives the same job, whatever its state. `args` must be JSON. Raises UnknownJob.
    """
    wanted = definition(name)
    now = timezone.now()
    job = Job(
        name=name,
        args=dict(args or {}),
        key=key,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_label=by.label[:200],
        actor_role=by.role[:500],
        actor_user_id=by.user_id,
        max_attempts=wanted.retries + 1,
        enqueued_at=now,
        run_after=run_after or now,
        token=uuid.uuid4().hex,
    )
    if key is None:
        job.save(force_insert=True)
    else:
        mark = job.token
        job = _of_key(job)
        if job.token != mark:
            return job
    if by != SYSTEM:
        record(JobEntry.JOB_ASKED, by=by, subject=job, after={"name": name, "key": key or ""})
    return job


def _of_key(job: Job) -> Job:
    """The one job of this key: the given one, or the one that was there before, which has another token."""
    Job.objects.bulk_create([job], ignore_conflicts=True)
    return Job.objects.get(key=job.key)


def enqueue_scheduled(now: datetime) -> list[Job]:
    """Ask for the scheduled work that is due; however many workers call this, each turn is asked for once."""
    made = []
    known = dict(Schedule.objects.values_list("name", "next_run_at"))
    for name, apart in scheduled_jobs().items():
        if name in known and known[name] > now:
            continue  # looked at every second: only what is due takes the database's lock
        with transaction.atomic():
            _, fresh = Schedule.objects.get_or_create(name=name, defaults={"next_run_at": now + apart})
            turned = fresh or Schedule.objects.filter(name=name, next_run_at__lte=now).update(
                next_run_at=now + apart
            )
            if turned and not Job.objects.filter(name=name, state=JobState.WAITING).exists():
                made.append(enqueue(name, by=SYSTEM))
    return made


def claim(worker: str, now: datetime) -> Job | None:
    """Take the next job that is due, or one whose worker stopped; None where there is none.

    The update is conditional on what was seen, so of two workers exactly one gets the job, on either database.
    """
    for pk, attempts, most in _claimable(now):
        if attempts >= most:
            _give_up_stopped(pk, attempts, now)
            continue
        taken = Job.objects.filter(_free(now), pk=pk, attempts=attempts).update(
            state=JobState.RUNNING,
            attempts=attempts + 1,
            started_at=now,
            lease_until=now + LEASE,
            token=uuid.uuid4().hex,
            worker=worker,
        )
        if taken:
            return Job.objects.get(pk=pk)
    return None


def renew(job: Job, now: datetime) -> bool:
    """Hold the job for another lease; False where somebody else has it by now."""
    return bool(_mine(job).update(lease_until=now + LEASE))


def note_progress(job: Job, done: int, total: int, sentence: str) -> None:
    """Note how far the job is. Raises LostLease."""
    moved = _mine(job).update(
        progress_done=min(done, total), progress_total=total, progress_sentence=sentence[:500]
    )
    if not moved:
        raise LostLease(f"Job {job.pk} was taken over by another worker.")


@deed
def note_done(job: Job, now: datetime, *, wrote: int = 0) -> None:
    """Note that the job is done, and how many rows it wrote. Raises LostLease where another worker has it by now."""
    moved = _mine(job).update(
        state=JobState.DONE,
        finished_at=now,
        lease_until=None,
        error="",
        error_sentence="",
        progress_done=F("progress_total"),
    )
    if not moved:
        raise LostLease(f"Job {job.pk} was taken over by another worker.")
    if job.by != SYSTEM or wrote:
        after = {"name": job.name, "attempts": job.attempts} | ({"rows": wrote} if wrote else {})
        record(JobEntry.JOB_DONE, by=job.by, subject=job, after=after)


@deed
def note_failure(job: Job, now: datetime, sentence: str, trace: str, *, wait: timedelta | None) -> None:
    """Note that the job failed: to be tried again after `wait`, or for good (None). Raises LostLease."""
    final = wait is None or job.attempts >= job.max_attempts
    then = "" if final or wait is None else f" It is tried again in {wait_in_words(wait)}."
    moved = _mine(job).update(
        state=JobState.FAILED if final else JobState.WAITING,
        finished_at=now if final else None,
        lease_until=None,
        run_after=now + (wait or timedelta(0)),
        error_sentence=f"{sentence}{then}"[:500],
        error=trace,
    )
    if not moved:
        raise LostLease(f"Job {job.pk} was taken over by another worker.")
    if final:
        after = {"name": job.name, "attempts": job.attempts, "error": sentence}
        record(JobEntry.JOB_FAILED, by=job.by, subject=job, after=after)
        _tell_it_gave_up(job, sentence)


@deed
def try_again(job: Job, *, by: Actor) -> Job:
    """Put a failed job back in the queue with a fresh count of attempts. Raises StaleRecord, UnknownJob."""
    wanted = definition(job.name)
    now = timezone.now()
    moved = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.WAITING, attempts=0, max_attempts=wanted.retries + 1, run_after=now, finished_at=None
    )
    if not moved:
        raise StaleRecord("This work is already waiting or running, or it is done.")
    job.refresh_from_db()
    record(JobEntry.JOB_RETRIED, by=by, subject=job, after={"name": job.name})
    return job


def beat(worker: str, now: datetime) -> None:
    """Note a worker's sign of life."""
    if not Worker.objects.filter(name=worker).update(seen_at=now):
        Worker.objects.create(name=worker, started_at=now, seen_at=now)


def sign_off(worker: str) -> None:
    """Note that a worker stops on purpose."""
    Worker.objects.filter(name=worker).delete()


def release(worker: str) -> int:
    """Let go of what a worker that is known to be dead held, without waiting for the lease. Returns how many."""
    now = timezone.now()
    held = Job.objects.filter(state=JobState.RUNNING, worker=worker)
    return held.update(lease_until=now - timedelta(seconds=1))


@deed
def clear_old(now: datetime) -> int:
    """Delete finished jobs without a key, and workers long unseen. Returns how many jobs.

    Scheduled work that went well goes after a day, the rest after 30. A job with a key stays: its key keeps the
    same work from being asked for twice.
    """
    Worker.objects.filter(seen_at__lt=now - KEEP).delete()
    finished = Q(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=now - KEEP)
    routine = Q(
        state=JobState.DONE, actor_kind=SYSTEM.kind, actor_id=SYSTEM.id, finished_at__lt=now - KEEP_ROUTINE
    )
    return Job.objects.filter(finished | routine, key__isnull=True).delete()[0]


@deed
def dispose_of_done_once(numbers: Sequence[int], doing: Doing) -> int:
    """Delete finished jobs with a key, so that the same could be asked for again. Returns how many."""
    finished = Job.objects.filter(pk__in=numbers, state__in=[JobState.DONE, JobState.FAILED])
    return finished.filter(key__isnull=False).delete()[0]


def check_known(job: Job) -> bool:
    """Whether this version has code for the job."""
    try:
        definition(job.name)
    except UnknownJob:
        return False
    return True


def _mine(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, token=job.token)


def _free(now: datetime) -> Q:
    return Q(state=JobState.WAITING, run_after__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)


def _claimable(now: datetime) -> list[tuple[int, int, int]]:
    due = Job.objects.filter(_free(now)).order_by("run_after", "id")
    return list(due.values_list("pk", "attempts", "max_attempts")[:20])


@deed
def _give_up_stopped(pk: int, attempts: int, now: datetime) -> None:
    """A job whose worker died on the last attempt: tried no more, because it may be what kills the worker."""
    moved = Job.objects.filter(_free(now), pk=pk, attempts=attempts).update(
        state=JobState.FAILED, finished_at=now, lease_until=None, error_sentence=STOPPED
    )
    if moved:
        job = Job.objects.get(pk=pk)
        after = {"name": job.name, "attempts": attempts, "error": STOPPED}
        record(JobEntry.JOB_FAILED, by=job.by, subject=job, after=after)
        _tell_it_gave_up(job, STOPPED)


def _tell_it_gave_up(job: Job, sentence: str) -> None:
    """Whoever waits for the work hears that it will not be done, so that nothing waits for ever."""
    gave_up = definition(job.name).gave_up if check_known(job) else None
    if gave_up is None:
        return
    try:
        with transaction.atomic():
            gave_up(job.args, job.by, sentence)
    except Exception:  # whatever it is: the job has failed all the same, and the worker goes on
        logger.exception("Whoever waits for job %s could not be told that it is given up.", job.pk)
