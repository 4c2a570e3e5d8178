"""The queue: asked for once, tried again, given up, scheduled."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, StaleRecord
from sightline.events.models import Entry, Seal
from sightline.jobs import registry, rules, selectors, services
from sightline.jobs import worker as working
from sightline.jobs.choices import JobState, LostLease, UnknownJob
from sightline.jobs.models import Job, Schedule, Worker
from sightline.jobs.registry import every, job
from sightline.jobs.worker import Pulse, Running, run_all, run_one
from tests.jobs.kinds import take_note

pytestmark = pytest.mark.django_db
ANN = Actor("user", "7", "Ann Ames", "Business unit", 7)


def types() -> list[str]:
    return list(Entry.objects.filter(type__startswith="jobs.").order_by("id").values_list("type", flat=True))


def texts() -> list[str]:
    return list(
        Entry.objects.filter(type="queue_test.ran").order_by("id").values_list("subject_title", flat=True)
    )


def test_work_is_asked_for_done_and_journalled() -> None:
    asked = services.enqueue("queue_test.note", {"text": "hello"}, by=ANN)
    assert (asked.state, asked.state_label, asked.is_finished, asked.by) == ("waiting", "Waiting", False, ANN)
    done = run_one("here")
    assert (done.pk, done.state, done.attempts, done.is_finished) == (asked.pk, JobState.DONE, 1, True)
    assert (done.lease_until, str(done)) == (None, f"Note a text, job {asked.pk}")
    assert texts() == ["hello"]
    assert types() == ["jobs.job_asked", "jobs.job_done"]
    assert run_one("here") is None


def test_the_same_key_gives_the_same_job_whatever_its_state() -> None:
    first = services.enqueue("queue_test.note", {"text": "a"}, by=ANN, key="once")
    assert services.enqueue("queue_test.note", {"text": "b"}, by=ANN, key="once") == first
    run_all()
    assert services.enqueue("queue_test.note", {"text": "c"}, by=ANN, key="once") == first
    assert (texts(), Job.objects.count()) == (["a"], 1)


def test_a_key_taken_while_asking_gives_the_other_job(monkeypatch) -> None:
    """Between looking and inserting, somebody else's job with the key is committed."""
    first = services.enqueue("queue_test.note", by=SYSTEM, key="once")
    look = Job.objects.filter

    def sees_nothing_yet(**wanted: Any) -> Any:
        monkeypatch.undo()
        return look(**wanted).none()

    monkeypatch.setattr(Job.objects, "filter", sees_nothing_yet)
    assert services.enqueue("queue_test.note", by=ANN, key="once") == first
    assert Job.objects.count() == 1


def test_unknown_work_is_refused() -> None:
    with pytest.raises(UnknownJob, match="no job"):
        services.enqueue("queue_test.nothing", by=ANN)


@pytest.mark.django_db(transaction=True)
def test_work_falls_with_what_asked_for_it() -> None:
    with pytest.raises(UnknownJob), transaction.atomic():  # noqa: PT012 - the first must fall with the second
        services.enqueue("queue_test.note", by=ANN)
        services.enqueue("queue_test.nothing", by=ANN)
    assert Job.objects.count() == 0


def test_work_for_later_waits() -> None:
    later = timezone.now() + timedelta(hours=1)
    services.enqueue("queue_test.note", by=SYSTEM, run_after=later)
    assert run_all() == 0
    Job.objects.update(run_after=timezone.now())
    assert run_all() == 1
    assert types() == []


def test_failing_work_is_tried_again_and_then_given_up() -> None:
    services.enqueue("queue_test.fail", by=ANN)
    before = timezone.now()
    waiting = run_one("here")
    assert waiting.state == JobState.WAITING
    assert waiting.error_sentence == f"{working.UNEXPECTED} It is tried again in 30 seconds."
    assert "ZeroDivisionError: on purpose" in waiting.error
    assert waiting.run_after >= before + timedelta(seconds=30)
    assert run_one("here") is None
    Job.objects.update(run_after=timezone.now())
    failed = run_one("here")
    assert (failed.state, failed.attempts, failed.error_sentence) == (JobState.FAILED, 2, working.UNEXPECTED)
    assert failed.is_finished
    entry = Entry.objects.get(type="jobs.job_failed")
    assert entry.after_values == {"name": "queue_test.fail", "attempts": 2, "error": working.UNEXPECTED}


def test_work_that_would_fail_every_time_is_not_tried_again() -> None:
    services.enqueue("queue_test.refuse", by=SYSTEM)
    failed = run_one("here")
    assert (failed.state, failed.attempts, failed.error_sentence) == (
        "failed",
        1,
        "This file cannot be read.",
    )
    assert types() == ["jobs.job_failed"]


def test_work_that_this_version_does_not_know_is_given_up_with_a_sentence() -> None:
    asked = services.enqueue("queue_test.note", by=SYSTEM)
    Job.objects.filter(pk=asked.pk).update(name="queue_test.gone")
    assert run_one("here").error_sentence == services.UNKNOWN


def test_failed_work_can_be_put_back_by_hand() -> None:
    services.enqueue("queue_test.refuse", by=SYSTEM)
    failed = run_one("here")
    again = services.try_again(failed, by=ANN)
    assert (again.state, again.attempts, again.max_attempts) == ("waiting", 0, 6)
    assert types() == ["jobs.job_failed", "jobs.job_retried"]
    with pytest.raises(StaleRecord, match="already waiting"):
        services.try_again(failed, by=ANN)


def test_progress_is_kept() -> None:
    services.enqueue("queue_test.slow", by=SYSTEM)
    done = run_one("here")
    assert (done.progress_done, done.progress_total, done.progress_sentence) == (2, 2, "Half way.")


def test_a_stopped_workers_job_is_taken_up_after_its_lease() -> None:
    services.enqueue("queue_test.note", {"text": "x"}, by=SYSTEM)
    now = timezone.now()
    held = services.claim("dead", now)
    assert services.claim("alive", now) is None
    assert services.claim("alive", now + rules.LEASE) is None
    taken = services.claim("alive", now + rules.LEASE + timedelta(seconds=1))
    assert (taken.pk, taken.attempts, taken.worker) == (held.pk, 2, "alive")
    assert not services.renew(held, now)
    assert services.renew(taken, now)
    for write in (
        lambda: services.note_done(held, now),
        lambda: services.note_progress(held, 1, 2, "x"),
        lambda: services.note_failure(held, now, "x", "", wait=None),
    ):
        with pytest.raises(LostLease):
            write()
    assert Job.objects.get().state == JobState.RUNNING


def test_work_that_kills_its_worker_every_time_is_given_up() -> None:
    services.enqueue("queue_test.note", by=ANN)
    now = timezone.now()
    for _ in range(3):
        assert services.claim("dying", now) is not None
        now += rules.LEASE + timedelta(seconds=1)
    assert services.claim("alive", now) is None
    given_up = Job.objects.get()
    assert (given_up.state, given_up.error_sentence) == (JobState.FAILED, services.STOPPED)
    assert types() == ["jobs.job_asked", "jobs.job_failed"]


def test_giving_up_once_is_enough() -> None:
    asked = services.enqueue("queue_test.note", by=SYSTEM)
    services._give_up_stopped(asked.pk, 9, timezone.now())
    assert (Job.objects.get().state, types()) == (JobState.WAITING, [])


def test_a_claim_lost_to_another_worker_takes_the_next(monkeypatch) -> None:
    first = services.enqueue("queue_test.note", by=SYSTEM)
    second = services.enqueue("queue_test.note", by=SYSTEM)
    now = timezone.now()
    seen = services._claimable(now)
    services.claim("quicker", now)
    monkeypatch.setattr(services, "_claimable", lambda _: seen)
    assert services.claim("slower", now).pk == second.pk
    assert Job.objects.get(pk=first.pk).worker == "quicker"


def test_a_lost_lease_stops_the_job_quietly(caplog) -> None:
    services.enqueue("queue_test.slow", by=SYSTEM)
    taken = services.claim("slow", timezone.now())
    running = Running(taken)
    assert (running.job_id, running.by) == (taken.pk, SYSTEM)
    Job.objects.update(token="another")
    with pytest.raises(LostLease):
        working._run(running)
    running.lost.set()
    with pytest.raises(LostLease):
        running.progress(1, 2)
    assert Job.objects.get().state == JobState.RUNNING


def test_a_job_taken_over_is_left_to_the_other_worker(monkeypatch, caplog) -> None:
    asked = services.enqueue("queue_test.note", by=SYSTEM)

    def taken_over(run: Any, text: str = "") -> None:
        Job.objects.update(token="another")
        run.progress(1, 2)

    monkeypatch.setitem(
        registry._jobs,
        "queue_test.note",
        registry.replace(registry.definition("queue_test.note"), run=taken_over),
    )
    assert run_one("slow").state == JobState.RUNNING
    assert f"Job {asked.pk} was taken over by another worker." in caplog.text


def test_scheduled_work_is_asked_for_once_each_turn(monkeypatch) -> None:
    monkeypatch.setattr(services, "scheduled_jobs", lambda: {"queue_test.note": timedelta(minutes=5)})
    now = timezone.now()
    assert [made.name for made in services.enqueue_scheduled(now)] == ["queue_test.note"]
    assert services.enqueue_scheduled(now + timedelta(minutes=4)) == []
    assert services.enqueue_scheduled(now + timedelta(minutes=6)) == []  # the last turn still waits
    run_all()
    assert services.enqueue_scheduled(now + timedelta(minutes=7)) == []
    assert len(services.enqueue_scheduled(now + timedelta(minutes=12))) == 1
    assert str(Schedule.objects.get()) == "queue_test.note"


def test_the_journal_the_outbox_and_the_clearing_are_scheduled() -> None:
    assert registry.scheduled_jobs()["jobs.seal_journal"] == timedelta(minutes=1)
    assert registry.scheduled_jobs()["outbox.deliver"] == timedelta(minutes=1)
    assert registry.scheduled_jobs()["jobs.clear_old"] == timedelta(hours=24)
    with transaction.atomic():
        services.enqueue("queue_test.note", by=ANN)
    registry.definition("jobs.seal_journal").run(SimpleNamespace())
    assert Seal.objects.count() == 1


def test_old_finished_work_goes_but_keys_stay() -> None:
    for key in (None, "kept"):
        services.enqueue("queue_test.note", by=ANN, key=key)
    run_all()
    Job.objects.update(finished_at=timezone.now() - timedelta(days=31))
    for by in (SYSTEM, ANN):
        services.enqueue("queue_test.note", {"text": by.label}, by=by)
    run_all()
    Job.objects.filter(finished_at__gt=timezone.now() - timedelta(days=1)).update(
        finished_at=timezone.now() - timedelta(days=2)
    )
    services.enqueue("queue_test.note", by=SYSTEM)
    services.beat("w", timezone.now() - timedelta(days=40))
    registry.definition("jobs.clear_old").run(SimpleNamespace())
    assert [(found.key, found.state, found.actor_label) for found in Job.objects.order_by("id")] == [
        ("kept", "done", "Ann Ames"),
        (None, "done", "Ann Ames"),
        (None, "waiting", "Sightline"),
    ]
    assert Worker.objects.count() == 0


def test_a_schedule_needs_a_registered_job_and_a_time() -> None:
    with pytest.raises(ValueError, match="minutes or hours"):
        every()
    with pytest.raises(ValueError, match="stands above @job"):
        every(minutes=1)(lambda run: None)


def test_a_name_belongs_to_one_function() -> None:
    assert job("queue_test.note", label="Note a text", retries=2)(take_note) is take_note
    with pytest.raises(ValueError, match="is registered already"):
        job("queue_test.note")(lambda run: None)
    job("queue_test.passing")(take_note)
    assert registry.label_of("queue_test.passing") == "queue_test.passing"
    registry.forget("queue_test.passing")
    assert registry.label_of("queue_test.passing") == "queue_test.passing"
    assert registry.label_of("queue_test.note") == "Note a text"


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 30), (2, 120), (3, 480), (4, 1920), (5, 3600), (50, 3600)]
)
def test_waits_grow_to_an_hour(attempts: int, seconds: int) -> None:
    assert rules.wait_after(attempts) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (30, "30 seconds"), (60, "1 minute"), (480, "8 minutes"), (3600, "1 hour")],
)
def test_waits_in_words(seconds: int, words: str) -> None:
    assert rules.wait_in_words(timedelta(seconds=seconds)) == words


def test_a_worker_is_running_while_it_gives_signs_of_life() -> None:
    now = timezone.now()
    assert not selectors.worker_is_running(now)
    assert selectors.worker_sentence(now).startswith("No worker is running")
    services.beat("w", now)
    services.beat("w", now)
    assert (selectors.worker_is_running(now), selectors.worker_sentence(now)) == (True, "")
    assert str(selectors.running_workers(now).get()) == "w"
    assert not selectors.worker_is_running(now + rules.SILENT_AFTER)
    services.sign_off("w")
    assert not selectors.worker_is_running(now)


def test_counts_and_lists_by_state() -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    services.enqueue("queue_test.refuse", by=SYSTEM)
    run_all()
    assert selectors.counts() == {
        JobState.WAITING: 0,
        JobState.RUNNING: 0,
        JobState.DONE: 1,
        JobState.FAILED: 1,
    }
    assert [found.name for found in selectors.jobs()] == ["queue_test.refuse", "queue_test.note"]
    assert [found.name for found in selectors.jobs("done")] == ["queue_test.note"]
    assert selectors.jobs("sideways").count() == 2


def test_the_database_keeps_jobs_sound() -> None:
    asked = services.enqueue("queue_test.note", by=SYSTEM)
    for wrong in (
        {"progress_done": 3, "progress_total": 2},
        {"state": "running"},
        {"lease_until": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Job.objects.filter(pk=asked.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_the_pulse_renews_the_lease_and_notices_a_loss() -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    early = timezone.now() - timedelta(minutes=1)
    taken = services.claim("w", timezone.now())
    Job.objects.update(lease_until=early)
    pulse, running = Pulse("w"), Running(taken)
    with pulse.keeping(running):
        pulse.beat()
        assert Job.objects.get().lease_until > early + timedelta(minutes=1)
        Job.objects.update(token="another")
        pulse.beat()
        assert running.lost.is_set()
    assert pulse.running is None
    assert Worker.objects.get().name == "w"


@pytest.mark.django_db(transaction=True)
def test_the_pulse_does_not_take_the_end_for_a_loss() -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    running = Running(services.claim("w", timezone.now()))
    services.note_done(running.job, timezone.now())
    pulse = Pulse("w")
    with pulse.keeping(running):
        pulse.beat()
    assert not running.lost.is_set()


def test_what_a_dead_process_of_this_host_held_is_let_go() -> None:
    import os
    import socket

    host = socket.gethostname()
    names = [
        f"{host}:{os.getpid()}:a",
        f"{host}:4194999:b",
        "elsewhere:4194999:c",
        "no process",
        f"{host}:1:d",
    ]
    for name in names:
        services.enqueue("queue_test.note", by=SYSTEM)
        services.claim(name, timezone.now())
    assert working.release_dead_neighbours() == 1
    assert services.claim("new", timezone.now()).pk == Job.objects.order_by("id")[1].pk
    assert working.worker_name().startswith(f"{host}:{os.getpid()}:")


def test_a_process_of_another_account_lives(monkeypatch) -> None:
    def forbidden(pid: int, sign: int) -> None:
        raise PermissionError

    monkeypatch.setattr("os.kill", forbidden)
    assert working._lives(1)
