"""The page of background work."""

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor
from sightline.jobs import services
from sightline.jobs.choices import JobState
from sightline.jobs.models import Job
from sightline.jobs.pages import jobs_page, told
from sightline.jobs.worker import run_all
from tests.access.people import member
from tests.jobs import kinds

pytestmark = pytest.mark.django_db
ANN = Actor("user", "7", "Ann Ames", "Business unit", 7)
assert kinds.refuse


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit"))
    return client


def test_it_says_when_no_worker_is_running(una: Client) -> None:
    assert "No worker is running, so background work waits." in una.get("/jobs/").content.decode()
    services.beat("w", timezone.now())
    page = una.get("/jobs/").content.decode()
    assert "No worker is running" not in page
    assert "1 worker running." in page


def test_the_address_keeps_the_state_asked_for(una: Client) -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    services.enqueue("queue_test.note", by=ANN)
    services.enqueue("queue_test.refuse", by=SYSTEM)
    run_all()
    assert len(una.get("/jobs/?scheduled=on").context["page"].listing.rows) == 3
    every = una.get("/jobs/").context["page"].listing
    failed = una.get("/jobs/?state=failed").context["page"].listing
    assert [row.label for row in every.rows] == ["Refuse", "Note a text"]
    assert [(row.label, row.state, row.told, row.may_be_tried) for row in failed.rows] == [
        ("Refuse", "Failed", "This file cannot be read.", True)
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_for_three_jobs_as_for_one(
    una: Client, count: int, django_assert_num_queries
) -> None:
    for _ in range(count):
        services.enqueue("queue_test.note", by=SYSTEM)
    with django_assert_num_queries(6):
        assert len(una.get("/jobs/").context["page"].listing.rows) == count


def test_failed_work_is_tried_again_with_a_button(una: Client) -> None:
    services.enqueue("queue_test.refuse", by=SYSTEM)
    run_all()
    [job] = Job.objects.all()
    page = una.post(f"/jobs/{job.pk}/again/", follow=True).content.decode()
    assert "The work waits in the queue again." in page
    assert Job.objects.get().state == JobState.WAITING
    assert "already waiting or running" in una.post(f"/jobs/{job.pk}/again/", follow=True).content.decode()
    Job.objects.update(name="queue_test.gone", state=JobState.FAILED)
    assert services.UNKNOWN in una.post(f"/jobs/{job.pk}/again/", follow=True).content.decode()
    assert una.post("/jobs/999/again/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"state": "running", "progress_sentence": "Reading.", "progress_done": 1, "progress_total": 4},
            "Reading. 1 of 4.",
        ),
        ({"state": "running", "progress_done": 1, "progress_total": 4}, "1 of 4."),
        ({"state": "running", "progress_sentence": "Begun."}, "Begun."),
        ({"state": "waiting", "error_sentence": "It broke.", "attempts": 1}, "It broke."),
        ({"state": "failed", "error_sentence": "It broke.", "attempts": 3}, "It broke. Tried 3 times."),
        ({"state": "done", "error_sentence": "", "progress_sentence": "12 rows."}, "12 rows."),
    ],
)
def test_what_is_told_of_a_job(fields: dict[str, object], words: str) -> None:
    assert told(Job(**fields)) == words


def test_an_unknown_state_is_read_as_all(rf) -> None:
    services.enqueue("queue_test.note", by=SYSTEM)
    assert len(jobs_page(rf.get("/?state=sideways").GET, timezone.now()).listing.rows) == 1


def test_an_empty_page_says_so(una: Client) -> None:
    assert "Nobody has asked for background work lately" in una.get("/jobs/").content.decode()
