"""Whether people can be served, told to whoever watches."""

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from sightline.events import triggers
from sightline.jobs.models import Worker

pytestmark = pytest.mark.django_db


def told(client: Client) -> tuple[int, str]:
    answer = client.get("/health/ready/")
    return answer.status_code, answer.content.decode()


def test_ready_with_and_without_a_worker(client: Client) -> None:
    assert told(client) == (200, "ready\nno worker runs\n")
    now = timezone.now()
    Worker.objects.create(name="one", started_at=now, seen_at=now)
    assert told(client) == (200, "ready\n")


def test_a_database_that_does_not_answer(client: Client) -> None:
    def broken(*_: Any) -> Any:
        raise DatabaseError("secret address")

    with connection.execute_wrapper(broken):
        assert told(client) == (503, "the database does not answer\n")


def test_a_database_of_another_version(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'statutory' OR app = 'saved'")
    assert told(client) == (503, "the database is not that of this version\n")


def test_a_database_of_a_newer_version(client: Client) -> None:
    MigrationRecorder(connection).record_applied("plans", "9999_in_the_future")
    assert told(client) == (503, "the database is not that of this version\n")


def test_a_database_that_goes_away_meanwhile(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(now: Any) -> bool:
        raise DatabaseError("secret address")

    monkeypatch.setattr("sightline.site.readiness.worker_is_running", gone)
    assert told(client) == (503, "the database does not answer\n")


def test_a_journal_whose_triggers_are_gone(client: Client) -> None:
    triggers.remove(connection)
    assert told(client) == (503, "the journal is unprotected\n")
    triggers.install(connection)


def test_a_store_of_files_that_is_a_file(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "file"
    settings.MEDIA_ROOT.write_text("")
    assert told(client) == (503, "files cannot be kept\n")
