"""What must be in the journal is in it, and the page that says so is current."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access import services
from sightline.access.models import User
from sightline.events import book, selectors
from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.events.services import note_view
from sightline.jobs.registry import JobContext, forget, job
from sightline.jobs.services import enqueue
from sightline.jobs.worker import run_all
from sightline.partners.models import Partnership
from tests.access.people import PASSWORD, member
from tests.knowing.making import listed
from tests.restricted.models import CaseNote

pytestmark = pytest.mark.django_db
NEW = "another battery horse"


def told(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(type=kind).order_by("pk"))


@pytest.fixture
def una() -> User:
    return member("Una Unit", "unit", password=PASSWORD)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_of_what_is_journalled_is_current() -> None:
    kept = Path(__file__).resolve().parents[2] / "docs" / "generated" / "journal.md"
    assert kept.read_text(encoding="utf-8") == book.page()


def test_a_wrong_present_password_is_told_and_changes_nothing(una: User) -> None:
    client = signed_in(una)
    assert client.post("/password/", {"present": "wrong", "new": NEW}).status_code == 422
    (entry,) = told("access.password_refused")
    assert entry.actor_user_id == una.pk
    assert told("access.password_set") == []


def test_sessions_whose_time_is_over_are_cleared(una: User) -> None:
    signed_in(una)
    now = timezone.now()
    assert services.clear_sessions(now) == 0
    assert services.clear_sessions(now + dt.timedelta(days=30)) == 1


def test_scheduled_work_is_told_of_where_it_wrote() -> None:
    @job("journal_test.writes", label="Writes")
    def writes(run: JobContext, rows: int) -> int:
        return rows

    try:
        for rows in (0, 3):
            enqueue("journal_test.writes", {"rows": rows}, by=SYSTEM)
        assert run_all() == 2
    finally:
        forget("journal_test.writes")
    assert [entry.after_values["rows"] for entry in told("jobs.job_done")] == [3]


@pytest.mark.parametrize(("tier", "is_told"), [(Tier.T1, 0), (Tier.T2, 0), (Tier.T3, 1), (Tier.T4, 1)])
def test_opening_a_record_is_told_where_it_is_child_level_or_restricted(
    tier: Tier, is_told: int, una: User
) -> None:
    note_view(CaseNote(pk=1, title="A case", tier=tier), by=una.actor)
    found = told("events.record_viewed")
    assert [entry.tier for entry in found] == [tier.value] * is_told


@pytest.mark.urls("tests.restricted.views")
def test_a_page_of_a_restricted_record_tells_of_each_reader_and_of_nobody_refused() -> None:
    Partnership.objects.create(pk=1, name="Wealdshire", short_name="WSCP", brand_colour="#0b5351")
    cass, case = (
        member("Cass Reviewer", "case_review_officer"),
        CaseNote.objects.create(title="A child's case"),
    )
    client = signed_in(cass)
    assert client.get(f"/cases/{case.pk}/").status_code == 404
    assert told("events.record_viewed") == []
    listed(case, cass)
    assert "A child&#x27;s case" in client.get(f"/cases/{case.pk}/").content.decode()
    (entry,) = told("events.record_viewed")
    assert (entry.actor_user_id, entry.subject_id, entry.tier) == (cass.pk, str(case.pk), "T4")
    # Its name is a personal value: it can be shredded.
    assert entry.subject_title == ""
    assert selectors.personal_values(entry) == {"subject": "A child's case"}
