"""Keeping files: byte for byte, journalled, all or none, and handed out as attachments only."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import Http404

from sightline.documents import services
from sightline.documents.choices import MOST_AT_ONCE, FileRefused
from sightline.documents.models import Document
from sightline.documents.services import name_in_store
from sightline.documents.serving import download
from sightline.events.choices import Actor, Tier
from sightline.events.models import Entry
from tests.documents.making import exif, file, hung_up, jpeg, pdf

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
BY = Actor("system", "test", "A test")
WHO: dict[str, Any] = {"by": BY, "now": NOW}


def kept(
    content: bytes = b"Twenty files were read.", name: str = "audit.txt", tier: Tier = Tier.T1
) -> Document:
    (looked,) = services.look_at([file(content, name)])
    (made,) = services.store([looked], tier=tier, **WHO)
    return made


def files_in_store() -> list[Path]:
    return [
        path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and "documents" in path.parts
    ]


def test_a_file_is_kept_byte_for_byte_outside_what_is_served() -> None:
    made = kept(pdf(), "Audit of files.pdf")
    with made.file.open("rb") as opened:
        assert opened.read() == pdf()
    assert (made.sha256, made.size) == (hashlib.sha256(pdf()).hexdigest(), len(pdf()))
    assert (str(made), made.kind, made.kind_label, made.stored_by_label) == (
        "Audit of files.pdf", "pdf", "PDF", "A test",
    )  # fmt: skip
    assert "Audit" not in made.file.name
    assert not Path(made.file.path).is_relative_to(Path(settings.STATIC_ROOT or "/nowhere"))


def test_two_files_of_the_same_bytes_never_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the store finds both names free, as a bucket does for two that come at once."""
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.exists", lambda store, name: False)
    assert name_in_store("a" * 64, ".pdf") != name_in_store("a" * 64, ".pdf")
    assert kept().file.name != kept().file.name


def test_the_journal_has_name_size_and_fingerprint_under_its_tier() -> None:
    made = kept(tier=Tier.T2)
    entry = Entry.objects.get(type="documents.file_stored")
    assert json.loads(entry.after) == {
        "file": "audit.txt", "kind": "txt", "sha256": made.sha256, "size": made.size,
    }  # fmt: skip
    assert entry.tier == "T2"


def test_every_file_is_looked_at_before_any_is_kept() -> None:
    with pytest.raises(FileRefused, match=r"“run\.exe” was not kept: this kind of file"):
        services.look_at([file(), file(b"MZ\x90", "run.exe")])
    with pytest.raises(FileRefused, match=r"“b\.txt” and “a\.txt” are the same file"):
        services.look_at([file(name="a.txt"), file(name="b.txt")])
    with pytest.raises(FileRefused, match=f"more than {MOST_AT_ONCE} files"):
        services.look_at([file(b"%d" % n) for n in range(MOST_AT_ONCE + 1)])
    with pytest.raises(FileRefused, match="larger than 20 MB"):
        services.look_at([file(b"x" * (21 * 1024 * 1024))])
    assert services.look_at([]) == []


def test_where_the_row_cannot_be_kept_neither_is_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_in_store()
    (looked,) = services.look_at([file(b"Kept nowhere")])
    empty = services.Looked(looked.name, b"", looked.kind, looked.sha256)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.store([empty], tier=Tier.T1, **WHO)
    assert files_in_store() == before


def test_a_file_is_handed_out_as_an_attachment_that_cannot_run() -> None:
    response = download(kept(b"a,b", "Figures – 2026.csv"))
    assert response.getvalue() == b"a,b"
    hung_up(response)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''Figures%20")
    assert response["Content-Type"] == "text/csv"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"


def test_a_file_that_is_not_in_the_store_is_said_to_be_missing() -> None:
    made = kept()
    made.file.storage.delete(made.file.name)
    with pytest.raises(Http404, match="not in the store"):
        download(made)


def test_of_a_photograph_what_stood_beside_it_is_not_kept_and_that_is_journalled() -> None:
    came = jpeg(exif(turned=6))
    made = kept(came, "seen.jpg")
    with made.file.open("rb") as opened:
        stored = opened.read()
    assert b"N 51 30 26" not in stored
    assert (made.sha256, made.size) == (hashlib.sha256(stored).hexdigest(), len(stored))
    assert (made.received_sha256, made.is_bare) == (hashlib.sha256(came).hexdigest(), True)
    told = json.loads(Entry.objects.get(type="documents.file_stored").after)
    assert told["received_sha256"] == made.received_sha256
    assert not kept().is_bare


def test_a_tier_is_raised_and_never_lowered() -> None:
    made, closer = kept(), kept(b"Other", tier=Tier.T2)
    services.raise_tier([made, closer], Tier.T2, by=BY)
    services.raise_tier([made], Tier.T1, by=BY)
    made.refresh_from_db()
    assert made.tier == Tier.T2
    raised = Entry.objects.get(type="documents.tier_raised")
    assert (json.loads(raised.before), json.loads(raised.after)) == ({"tier": "T1"}, {"tier": "T2"})
