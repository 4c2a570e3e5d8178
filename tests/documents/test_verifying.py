"""Every stored file is read each day and held against its fingerprint; a fault is told once, and so is its end."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.http import Http404

from sightline.documents import services
from sightline.documents.models import Document, FileFault
from sightline.documents.selectors import all_files
from sightline.documents.services import FAULT
from sightline.documents.serving import download
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.jobs.models import Job
from sightline.jobs.services import enqueue
from sightline.jobs.worker import run_all
from sightline.messages.models import WorkItem
from sightline.plans.services import imports
from sightline.plans.services.accounts import record_evidence
from tests.documents.making import file
from tests.plans.making import BY, NOW, TODAY, make_action

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


def evidence_file(content: bytes = b"Twenty files were read.") -> tuple[Document, str]:
    """A stored file of evidence, and the address of the action it belongs to."""
    action = make_action()
    made = record_evidence(
        action, "audit", "Seen", dated_on=TODAY, files=[file(content, "secret name.txt")], by=BY, now=NOW
    )
    return made.files.get().document, f"/actions/{action.reference}/"


def put(document: Any, content: bytes | None) -> None:
    """What somebody does to the store behind our back."""
    store, name = document.file.storage, document.file.name
    store.delete(name)
    if content is not None:
        assert store.save(name, ContentFile(content)) == name


def verify(now: Any = LATER) -> int:
    return services.verify_files(by=SYSTEM, now=now, progress=lambda done, total, words: None)


def entries() -> list[tuple[str, dict[str, Any]]]:
    found = Entry.objects.filter(type__in=["documents.file_at_fault", "documents.fault_ended"])
    return [
        (entry.type.partition(".")[2], json.loads(entry.after or entry.before))
        for entry in found.order_by("pk")
    ]


def test_every_model_that_has_files_has_their_fingerprints_and_a_folder_of_its_own() -> None:
    found = all_files()
    assert {files.label for files in found} >= {"documents.document", "plans.import"}
    for files in found:
        assert files.model._meta.get_field("sha256")
    assert len({files.folder for files in found}) == len(found)
    assert all(files.folder and "%" not in files.folder for files in found)


def test_what_is_in_order_is_said_nowhere() -> None:
    evidence_file()
    imports.upload(ContentFile(b"Action\tLead\n", name="plan.tsv"), "plan.tsv", by=BY, now=NOW)
    assert verify() == 0
    assert entries() == []


@pytest.mark.parametrize(("content", "what"), [(None, "missing"), (b"Twenty-one files.", "changed")])
def test_a_fault_is_told_once_with_its_place_and_without_its_name(content: bytes | None, what: str) -> None:
    document, address = evidence_file()
    put(document, content)
    assert (verify(), verify(LATER + timedelta(days=1))) == (1, 1)
    item = WorkItem.objects.get(kind=FAULT)
    assert (item.for_scope, item.url) == ("unit", address)
    assert "secret" not in f"{item.title}{item.sentence}"
    told = {"of": "documents.document", "number": document.pk, "what": what}
    assert entries() == [("file_at_fault", told)]


def test_a_file_that_is_back_ends_its_fault() -> None:
    document, _ = evidence_file()
    put(document, None)
    verify()
    put(document, b"Twenty files were read.")
    assert verify(LATER + timedelta(days=1)) == 0
    assert not WorkItem.objects.filter(kind=FAULT).exists()
    assert [kind for kind, _ in entries()] == ["file_at_fault", "fault_ended"]
    assert FileFault.objects.get().ended_at == LATER + timedelta(days=1)


def test_another_fault_of_the_same_file_is_told_anew() -> None:
    document, _ = evidence_file()
    put(document, None)
    verify()
    put(document, b"Other")
    assert verify() == 1
    assert [told["what"] for _, told in entries()] == ["missing", "missing", "changed"]
    assert WorkItem.objects.filter(kind=FAULT).count() == 1


def test_papers_are_looked_at_too_and_a_row_that_is_gone_has_no_fault() -> None:
    paper = imports.upload(ContentFile(b"Action\tLead\n", name="plan.tsv"), "plan.tsv", by=BY, now=NOW)
    put(paper, b"Action\tOther\n")
    assert verify() == 1
    assert WorkItem.objects.get(kind=FAULT).url == f"/imports/{paper.pk}/"
    type(paper).objects.filter(pk=paper.pk).delete()
    assert verify() == 0


def test_no_file_has_two_open_faults() -> None:
    document, _ = evidence_file()
    put(document, None)
    verify()
    with pytest.raises(IntegrityError), transaction.atomic():
        FileFault.objects.create(
            of_model="documents.document", number=document.pk, what="changed", found_at=NOW
        )


def test_the_job_says_how_far_it_is() -> None:
    for number in range(3):
        evidence_file(b"Number %d" % number)
    enqueue("documents.verify", {}, key="once", by=SYSTEM)
    run_all()
    assert Job.objects.get(name="documents.verify").progress_sentence == "3 files were read"


def test_a_file_that_was_changed_is_not_handed_out() -> None:
    document, _ = evidence_file()
    put(document, b"Twenty-one files.")
    with pytest.raises(Http404, match="not the one that was handed over"):
        download(document)
