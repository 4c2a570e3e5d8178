"""The worker: takes jobs one after another, and keeps its lease and its sign of life while it works."""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from sightline.events.choices import Actor
from sightline.events.services import under_way
from sightline.jobs import services
from sightline.jobs.choices import JobState, LostLease, PermanentFailure
from sightline.jobs.models import Job
from sightline.jobs.registry import definition
from sightline.jobs.rules import BEAT

logger = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
# After a failure of the database itself (restarted, out of reach) the worker waits and goes on.
TROUBLE_SECONDS = 5.0
UNEXPECTED = "Something went wrong that Sightline did not expect. Nothing of this attempt was kept half done."


@dataclass
class Running:
    """The job in hand, as the job itself sees it (`JobContext`)."""

    job: Job
    lost: threading.Event = field(default_factory=threading.Event)
    said: tuple[int, int, str] | None = None

    @property
    def job_id(self) -> int:
        """The job's number."""
        return self.job.pk

    @property
    def by(self) -> Actor:
        """Who asked for it."""
        return self.job.by

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """Say how far it is. Raises LostLease.

        What is said within a deed is hidden with all the deed writes until its end: the pulse notes it, which has a
        connection of its own.
        """
        if self.lost.is_set():
            raise LostLease(f"Job {self.job.pk} was taken over by another worker.")
        if under_way():
            self.said = (done, total, sentence)
        else:
            services.note_progress(self.job, done, total, sentence)


def work(stop: threading.Event, *, name: str = "", idle_seconds: float = IDLE_SECONDS) -> None:
    """Run jobs until `stop` is set; a job in hand is finished first. A failing database is waited for."""
    worker = name or worker_name()
    pulse = Pulse(worker)
    thread = threading.Thread(target=pulse.beat_until_stopped, name="job-pulse", daemon=True)
    thread.start()
    try:
        release_dead_neighbours()
        while not stop.is_set():
            stop.wait(_turn(pulse, idle_seconds))
    finally:
        pulse.stop.set()
        thread.join()
        services.sign_off(worker)
        connection.close()


def _turn(pulse: Pulse, idle_seconds: float) -> float:
    """One turn of the worker; returns how many seconds to wait before the next."""
    try:
        close_old_connections()
        services.enqueue_scheduled(timezone.now())
        return 0.0 if run_one(pulse.worker, pulse) else idle_seconds
    except DatabaseError:
        logger.exception("The database did not answer; the worker tries again.")
        connection.close()
        return TROUBLE_SECONDS


def run_one(worker: str, pulse: Pulse | None = None) -> Job | None:
    """Take one job and run it; None where none is due. Nothing the job raises comes out of here."""
    job = services.claim(worker, timezone.now())
    if job is None:
        return None
    running = Running(job)
    try:
        with pulse.keeping(running) if pulse else _no_pulse():
            _run(running)
    except LostLease:
        logger.warning("Job %s was taken over by another worker.", job.pk)
    job.refresh_from_db()
    return job


def run_all(worker: str = "in this process") -> int:
    """Run what is due now, one after another: for commands that have no worker beside them. Returns how many."""
    count = 0
    while run_one(worker) is not None:
        count += 1
    return count


def _run(running: Running) -> None:
    job = running.job
    if not services.check_known(job):
        services.note_failure(job, timezone.now(), services.UNKNOWN, "", wait=None)
        return
    known = definition(job.name)
    try:
        wrote = known.run(running, **job.args)
    except LostLease:
        raise
    except PermanentFailure as error:
        services.note_failure(job, timezone.now(), str(error), "", wait=None)
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.name)
        trace = traceback.format_exc()
        services.note_failure(job, timezone.now(), UNEXPECTED, trace, wait=known.backoff(job.attempts))
    else:
        services.note_done(job, timezone.now(), wrote=wrote or 0)


@dataclass
class Pulse:
    """A thread with its own connection: renews the lease of the job in hand and the worker's sign of life."""

    worker: str
    every_seconds: float = BEAT.total_seconds()
    stop: threading.Event = field(default_factory=threading.Event)
    running: Running | None = None

    @contextmanager
    def keeping(self, running: Running) -> Iterator[None]:
        """Keep the job's lease while the block runs."""
        self.running = running
        try:
            yield
        finally:
            self.running = None

    def beat_until_stopped(self) -> None:
        """Beat, wait, beat, until the worker stops."""
        try:
            while True:
                self.beat()
                if self.stop.wait(self.every_seconds):
                    return
        finally:
            connection.close()

    def beat(self) -> None:
        """One beat. A database that is busy or gone is tried again at the next."""
        try:
            close_old_connections()
            now = timezone.now()
            services.beat(self.worker, now)
            running = self.running
            if running is not None and not services.renew(running.job, now):
                self._check_lost(running)
            elif running is not None and running.said:
                self._note_said(running, running.said)
        except DatabaseError:
            logger.warning(
                "The worker's sign of life could not be written; it is tried again.", exc_info=True
            )
            connection.close()

    def _note_said(self, running: Running, said: tuple[int, int, str]) -> None:
        """The job may just have been finished: then nothing is left to be said of it."""
        running.said = None
        with suppress(LostLease):
            services.note_progress(running.job, *said)

    def _check_lost(self, running: Running) -> None:
        """The job may just have been finished; it is lost only while another worker holds it."""
        held = Job.objects.filter(pk=running.job.pk, state=JobState.RUNNING).exclude(token=running.job.token)
        if held.exists():
            running.lost.set()


@contextmanager
def _no_pulse() -> Iterator[None]:
    yield


def worker_name() -> str:
    """Host, process and a random part: no two workers share one."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def release_dead_neighbours() -> int:
    """At the start: let go of jobs held by processes of this host that no longer live. Returns how many."""
    released = 0
    held = Job.objects.filter(state=JobState.RUNNING).values_list("worker", flat=True).distinct()
    for worker in list(held.order_by("worker")):
        host, _, rest = worker.partition(":")
        pid = rest.partition(":")[0]
        if host == socket.gethostname() and pid.isdigit() and not _lives(int(pid)):
            released += services.release(worker)
    return released


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
