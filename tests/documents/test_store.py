"""Files in a bucket: against a simulator of S3 that runs in a process of its own, on this computer alone."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

import sightline
from sightline.documents import services
from sightline.documents.models import Document
from sightline.documents.serving import download
from sightline.events.choices import SYSTEM
from sightline.plans.services.accounts import record_evidence
from sightline.site.settings.environment import UnreadableSetting
from sightline.site.settings.files import LOCAL, file_store
from tests.documents.making import file, hung_up, pdf
from tests.plans.making import BY, NOW, TODAY, make_action


def kept() -> Document:
    made = record_evidence(
        make_action(), "audit", "Seen", dated_on=TODAY, files=[file(pdf(), "a.pdf")], by=BY, now=NOW
    )
    return Document.objects.get(pk=made.files.get().document_id)


@pytest.mark.django_db
def test_a_file_is_kept_handed_out_verified_and_cleared_away_in_a_bucket(bucket: str) -> None:
    document = kept()
    assert default_storage.bucket_name == bucket  # type: ignore[attr-defined]
    response = download(document)
    assert response.getvalue() == pdf()
    assert response["Content-Length"] == str(len(pdf()))
    hung_up(response)
    assert verify() == 0

    default_storage.delete(document.file.name)
    assert verify() == 1
    with pytest.raises(Http404, match="not in the store"):
        download(Document.objects.get())
    assert default_storage.save(document.file.name, ContentFile(b"Other")) == document.file.name
    assert verify() == 1
    with pytest.raises(Http404, match="not the one"):
        download(Document.objects.get())

    default_storage.save("documents/2026/01/left.pdf", ContentFile(b"left by a crash"))
    cleared = services.clear_orphans(by=SYSTEM, now=timezone.now() + timedelta(hours=2))
    assert (cleared.files, cleared.rows) == (1, 0)
    assert not default_storage.exists("documents/2026/01/left.pdf")
    assert default_storage.exists(document.file.name)
    with pytest.raises(FileNotFoundError):
        default_storage.get_modified_time("documents/2026/01/left.pdf")


def verify() -> int:
    return services.verify_files(by=SYSTEM, now=NOW, progress=lambda done, total, words: None)


@pytest.mark.django_db
def test_no_file_is_written_over_another_and_none_has_an_address(bucket: str) -> None:
    assert kept().file.name != kept().file.name
    with pytest.raises(NotImplementedError, match="no address"):
        default_storage.url("documents/x")


def test_the_settings_name_a_bucket_or_the_data_folder() -> None:
    assert file_store({}) == LOCAL
    said = {
        "SIGHTLINE_FILES_S3_BUCKET": "files",
        "SIGHTLINE_FILES_S3_ENDPOINT": "https://s3.example",
        "SIGHTLINE_FILES_S3_ACCESS_KEY": "a",
        "SIGHTLINE_FILES_S3_SECRET_KEY": "b",
    }
    options = file_store(said)["OPTIONS"]
    assert (options["bucket_name"], options["access_key"], options["secret_key"]) == ("files", "a", "b")
    assert (options["default_acl"], options["file_overwrite"]) == (None, False)
    # Without keys those of the machine's own role are taken.
    assert "access_key" not in file_store({"SIGHTLINE_FILES_S3_BUCKET": "files"})["OPTIONS"]
    with pytest.raises(UnreadableSetting, match="must begin with https:"):
        file_store({**said, "SIGHTLINE_FILES_S3_ENDPOINT": "http://s3.example"})
    with pytest.raises(UnreadableSetting, match="both, or neither"):
        file_store({**said, "SIGHTLINE_FILES_S3_SECRET_KEY": ""})


def test_where_files_lie_in_a_folder_nothing_of_s3_is_loaded() -> None:
    """One module names the library, and settings alone name that module."""
    package = Path(sightline.__file__).parent
    loads = re.compile(r"^\s*(?:from|import) (?:storages|boto3|botocore)\b|documents\.store\.[A-Z]", re.M)
    found = [path for path in package.rglob("*.py") if loads.search(path.read_text(encoding="utf-8"))]
    assert sorted(path.relative_to(package).as_posix() for path in found) == [
        "documents/store.py",
        "site/settings/files.py",
    ]
