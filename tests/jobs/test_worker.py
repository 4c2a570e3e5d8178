"""Workers as threads and processes on the real database: no job twice, none lost when a worker is killed."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.events.services import deed, verify
from sightline.jobs import selectors, services
from sightline.jobs import worker as working
from sightline.jobs.choices import JobState
from sightline.jobs.models import Job
from tests.jobs import kinds

pytestmark = pytest.mark.django_db(transaction=True)
assert kinds.take_note

PROCESS = """
import signal, sys, threading
import django
django.setup()
from django.conf import settings
from django.db import connections
connections.databases["default"].update(NAME=sys.argv[1], HOST=sys.argv[2])
import tests.jobs.kinds
from sightline.jobs.worker import work
stop = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stop.set())
work(stop, idle_seconds=0.05)
"""


def in_thread(run: Callable[[], object]) -> threading.Thread:
    def body() -> None:
        try:
            run()
        finally:
            connection.close()

    thread = threading.Thread(target=body)
    thread.start()
    return thread


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def ran() -> Counter[str]:
    return Counter(Entry.objects.filter(type="queue_test.ran").values_list("subject_title", flat=True))


def process() -> subprocess.Popen[bytes]:
    """A worker in a process of its own, on this test's database."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite" and "memory" in str(settings["NAME"]):
        pytest.skip("the test database lives in this process's memory")
    return subprocess.Popen(
        [sys.executable, "-c", PROCESS, str(settings["NAME"]), str(settings["HOST"])], env=dict(os.environ)
    )


def test_two_workers_never_run_one_job_twice() -> None:
    count = 40
    for number in range(count):
        services.enqueue("queue_test.note", {"text": str(number)}, by=SYSTEM)
    stop = threading.Event()
    workers = [in_thread(lambda: working.work(stop, idle_seconds=0.02)) for _ in range(2)]
    until(lambda: Job.objects.filter(name="queue_test.note", state=JobState.DONE).count() == count)
    stop.set()
    for worker in workers:
        worker.join()
    assert ran() == Counter({str(number): 1 for number in range(count)})
    assert not selectors.worker_is_running(timezone.now())


def test_a_killed_workers_job_is_done_by_the_next() -> None:
    services.enqueue("queue_test.slow", {"seconds": 60}, by=SYSTEM)
    first = process()
    until(lambda: ran()["begun"] == 1)
    assert selectors.worker_is_running(timezone.now())
    first.send_signal(signal.SIGKILL)
    first.wait()
    Job.objects.filter(name="queue_test.slow").update(args={"seconds": 0})
    second = process()
    try:
        until(lambda: Job.objects.get(name="queue_test.slow").state == JobState.DONE)
    finally:
        second.terminate()
        assert second.wait(timeout=30) == 0
    assert ran() == Counter({"begun": 2, "ended": 1})
    assert Job.objects.get(name="queue_test.slow").attempts == 2
    assert verify().broken == []


def test_the_worker_waits_for_a_database_that_does_not_answer(monkeypatch, caplog) -> None:
    monkeypatch.setattr(working, "TROUBLE_SECONDS", 0.01)
    troubles = iter([DatabaseError("gone"), DatabaseError("gone")])
    real = services.enqueue_scheduled

    def troubled(now: object) -> object:
        for trouble in troubles:
            raise trouble
        return real(now)

    monkeypatch.setattr(services, "enqueue_scheduled", troubled)
    services.enqueue("queue_test.note", {"text": "after all"}, by=SYSTEM)
    stop = threading.Event()
    worker = in_thread(lambda: working.work(stop, idle_seconds=0.02))
    until(lambda: ran()["after all"] == 1)
    stop.set()
    worker.join()
    assert caplog.text.count("The database did not answer") == 2


def test_what_is_said_within_a_deed_is_noted_by_the_pulse() -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    job = services.claim("one", timezone.now())
    assert job
    running = working.Running(job)
    say_within_a_deed = deed(lambda: running.progress(1, 3, "One of three."))
    say_within_a_deed()
    assert Job.objects.get().progress_sentence == ""
    pulse = working.Pulse("one", running=running)
    pulse.beat()
    told = Job.objects.get()
    assert (told.progress_done, told.progress_total, told.progress_sentence) == (1, 3, "One of three.")
    say_within_a_deed()
    services.note_done(job, timezone.now())
    pulse.beat()
    assert Job.objects.get().state == JobState.DONE


def test_a_key_asked_for_by_two_at_once_makes_one_job() -> None:
    start, made = threading.Barrier(4), []

    def ask() -> None:
        start.wait()
        made.append(services.enqueue("queue_test.note", by=SYSTEM, key="once").pk)

    for thread in [in_thread(ask) for _ in range(4)]:
        thread.join()
    assert (len(made), len(set(made)), Job.objects.count()) == (4, 1, 1)


def test_a_sign_of_life_that_cannot_be_written_is_tried_again(monkeypatch, caplog) -> None:
    def gone(*args: object) -> None:
        raise DatabaseError("gone")

    monkeypatch.setattr(services, "beat", gone)
    working.Pulse("w").beat()
    assert "sign of life could not be written" in caplog.text


def test_the_pulse_beats_until_it_is_stopped(monkeypatch) -> None:
    beats: list[str] = []
    monkeypatch.setattr(services, "beat", lambda worker, now: beats.append(worker))
    pulse = working.Pulse("w", every_seconds=0.01)
    thread = in_thread(pulse.beat_until_stopped)
    until(lambda: len(beats) > 2)
    pulse.stop.set()
    thread.join()
    assert set(beats) == {"w"}
