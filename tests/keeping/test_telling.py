"""How old the last backup is, told on screen: to whom, when, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import COMMAND_LINE, SYSTEM
from sightline.events.services import record
from sightline.jobs.models import Job
from sightline.jobs.services import enqueue
from sightline.jobs.worker import run_all
from sightline.keeping import selectors
from sightline.keeping.entries import KeepingEntry
from sightline.keeping.services import tell_of_backups
from sightline.messages.models import WorkItem
from tests.access.people import world

pytestmark = pytest.mark.django_db


def made(missing: int = 0) -> None:
    record(KeepingEntry.BACKUP_MADE, by=COMMAND_LINE, after={"missing": missing, "changed": 0})


def test_a_missing_backup_is_asked_of_the_unit_alone_until_a_whole_one_is_made(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = world().people
    now = timezone.now()
    assert tell_of_backups(now=now) == "No whole backup was made yet."
    assert not WorkItem.objects.exists()  # nobody set up backups here
    settings.BACKUP_RECIPIENTS = ["age1of-somebody"]
    made(missing=2)
    for _ in range(2):
        tell_of_backups(now=now)
    item = WorkItem.objects.get()
    assert (item.for_scope, item.title) == ("unit", "A backup is missing")
    assert item.sentence.startswith("No whole backup was made yet. One is due every 2 days")
    monkeypatch.setattr(selectors, "NEWEST", 1)
    assert tell_of_backups(now=now) == "None of the last 1 backups was whole."
    for role, is_told in (("unit", True), ("owner", False)):
        client = Client()
        client.force_login(people[role])
        assert ("A backup is missing" in client.get("/").content.decode()) is is_told
    client.force_login(people["unit"])
    assert "Backup made" in client.get(item.url).content.decode()
    made()
    enqueue("keeping.look_at_backups", {}, key="once", by=SYSTEM)
    run_all()
    day = f"{timezone.localtime():%-d %B %Y}"
    assert Job.objects.get(key="once").progress_sentence == f"The last whole backup is of {day}."
    assert not WorkItem.objects.exists()
    tell_of_backups(now=now + timedelta(days=3))
    assert WorkItem.objects.get().sentence.startswith(f"The last whole backup is of {day}. One is due")
