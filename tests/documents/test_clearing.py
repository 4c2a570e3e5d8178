"""Files without a row, and rows without a record, are cleared away; what is young or kept is not."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import TestCase
from django.utils import timezone

from sightline.documents import services
from sightline.documents.models import Document
from sightline.documents.services import clearing
from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.plans.models import EvidenceFile
from sightline.plans.services import imports
from sightline.plans.services.accounts import record_evidence
from tests.documents.making import file
from tests.plans.making import BY, NOW, TODAY, make_action

pytestmark = pytest.mark.django_db


class Crash(BaseException):
    """The process is gone: no line of ours runs after it."""


@pytest.fixture(autouse=True)
def _empty_store(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def clear(in_hours: float = 2) -> tuple[int, int]:
    """What is done once a row's deed has committed is done at once, as outside of a test's own transaction."""
    clear_row = clearing._clear_row

    def committed(*given: Any) -> int:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return clear_row(*given)

    with mock.patch.object(clearing, "_clear_row", committed):
        done = services.clear_orphans(by=SYSTEM, now=timezone.now() + timedelta(hours=in_hours))
    return done.files, done.rows


def stored(now: datetime = NOW) -> Document:
    (made,) = services.store(services.look_at([file()]), tier=Tier.T1, by=BY, now=now)
    return made


def fields_of(made: Document) -> dict[str, Any]:
    return {f.name: getattr(made, f.name) for f in Document._meta.concrete_fields if not f.primary_key}


def test_what_is_kept_stays() -> None:
    record_evidence(make_action(), "audit", "Seen", dated_on=TODAY, files=[file()], by=BY, now=NOW)
    paper = imports.upload(ContentFile(b"Action\tLead\n", name="p.tsv"), "p.tsv", by=BY, now=NOW)
    assert clear() == (0, 0)
    assert default_storage.exists(Document.objects.get().file.name)
    assert default_storage.exists(paper.file.name)
    assert not Entry.objects.filter(type="documents.orphans_cleared").exists()


def test_a_file_that_a_crash_left_without_its_row_goes_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the process is killed between writing the file and its row: nothing tidies up behind it."""
    monkeypatch.setattr("sightline.documents.services.storing.discard", lambda documents: None)

    def crash(*args: Any, **kwargs: Any) -> None:
        raise Crash

    monkeypatch.setattr(Document.objects, "bulk_create", crash)
    with pytest.raises(Crash), transaction.atomic():
        stored()
    (left,) = [name for _, _, names in os.walk(default_storage.path("documents")) for name in names]
    assert clear(in_hours=0.9) == (0, 0)
    assert clear() == (1, 0)
    assert [names for _, _, names in os.walk(default_storage.path("documents")) if left in names] == []
    assert json.loads(Entry.objects.get(type="documents.orphans_cleared").after) == {"files": 1, "rows": 0}
    assert clear() == (0, 0)


def test_a_row_that_no_record_keeps_goes_with_its_file() -> None:
    made = stored()
    assert clear() == (0, 1)
    assert not Document.objects.exists()
    assert not default_storage.exists(made.file.name)
    gone = Entry.objects.get(type="documents.file_disposed")
    assert (gone.subject_id, json.loads(gone.after)["sha256"]) == (str(made.pk), made.sha256)
    assert gone.reason


def test_a_file_that_another_row_names_stays() -> None:
    made = stored()
    Document.objects.filter(pk=made.pk).update(stored_at=timezone.now())
    Document.objects.bulk_create([Document(**{**fields_of(made), "stored_at": NOW})])
    assert clear(in_hours=0.5) == (0, 1)
    assert default_storage.exists(made.file.name)


def test_a_young_row_stays() -> None:
    stored(timezone.now())
    assert clear(in_hours=0.5) == (0, 0)
    assert Document.objects.exists()


def test_a_row_goes_once_the_last_record_has_let_it_go() -> None:
    record_evidence(make_action(), "audit", "Seen", dated_on=TODAY, files=[file()], by=BY, now=NOW)
    EvidenceFile.objects.all().delete()
    assert clear() == (0, 1)


def test_all_versions_that_nothing_keeps_go_in_one_night() -> None:
    last = stored()
    for content in (b"Forty", b"Sixty"):
        [looked] = services.look_at([file(content)])
        last = services.store_version(looked, last, tier=Tier.T1, by=BY, now=NOW)
    assert clear() == (0, 3)
    assert not Document.objects.exists()


def test_a_file_that_goes_meanwhile_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    left = default_storage.save("documents/left.txt", ContentFile(b"left by a crash"))
    found = {"documents": ["documents/gone.txt", left]}
    monkeypatch.setattr(clearing, "_names_in", lambda store, folder: found.get(folder, []))
    assert clear() == (1, 0)


def test_what_was_cleared_before_something_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stored()
    monkeypatch.setattr(clearing, "all_files", mock.Mock(side_effect=Crash))
    with pytest.raises(Crash):
        clear()
    assert json.loads(Entry.objects.get(type="documents.orphans_cleared").after) == {"files": 0, "rows": 1}


def test_a_crash_between_row_and_file_is_made_good_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = stored()

    def crash(name: str) -> None:
        raise Crash

    with monkeypatch.context() as broken:
        broken.setattr(default_storage, "delete", crash)
        with pytest.raises(Crash):
            clear()
    assert not Document.objects.exists()
    assert default_storage.exists(made.file.name)
    assert clear() == (1, 0)
