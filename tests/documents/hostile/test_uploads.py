"""Over three hundred hostile uploads through the pages people use: none stored, none served, each one sentence."""

from __future__ import annotations

import resource
import time
from contextlib import nullcontext
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sightline.documents.choices import FileRefused
from sightline.documents.models import Document
from sightline.documents.rules import fitting_name, kind_of, paper_kind
from sightline.governance.models import MemberList
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from sightline.plans.models import EvidenceFile, Import
from tests.documents.hostile.making import Hostile
from tests.documents.hostile.offices import OFFICES
from tests.documents.hostile.others import OTHERS
from tests.documents.hostile.papers import PDFS
from tests.plans.making import BY, NOW, TODAY, make_agency, make_group, make_user
from tests.plans.viewing import old_action, old_plan, signed_in

# What is refused never comes to a database: once is enough.
pytestmark = [pytest.mark.django_db, pytest.mark.library]
CASES = [*OFFICES, *PDFS, *OTHERS]
SECONDS, MEGABYTES = 5.0, 500
# So that several processes share them.
SHARES = 6
LONGEST = 300


def in_store() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def answers(client: Any, address: str, field: str, case: Hostile) -> str:
    """The one sentence with which the page answers; nothing else is allowed to have happened."""
    sent = SimpleUploadedFile(case.name, case.make())
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    answer = client.post(address, {field: sent, "plan_name": "A plan"})
    assert time.monotonic() - began < SECONDS, case.what
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024, case.what
    assert answer.status_code == 422, case.what
    form = answer.context["form"]
    assert list(form.errors) == [field], case.what
    (sentence,) = form.errors[field]
    assert sentence in unescape(answer.content.decode()), case.what
    return str(sentence)


def assert_one_sentence(words: str, case: Hostile) -> None:
    said = words.replace(f"“{case.name}”", "It")
    assert said[0].isupper(), case.what
    assert said.endswith("."), case.what
    assert ". " not in said, (case.what, said)
    assert "\n" not in said, case.what
    assert len(said) < LONGEST, case.what


def is_no_paper(case: Hostile) -> bool:
    """Whether it could be refused as a paper as well. A presentation is never read, whatever it holds."""
    return not case.read_around or case.name.endswith(".pptx")


# Each goes through one of the pages; every other one that is no paper either is sent as a paper.
AS_PAPERS = [case for case in CASES if is_no_paper(case)][::2]
AS_EVIDENCE = [case for case in CASES if case not in AS_PAPERS]


@pytest.mark.parametrize("number", range(SHARES))
def test_none_is_kept_as_evidence(number: int) -> None:
    action = old_action(old_plan(make_group()), make_agency("The constabulary"))
    made = services.record_evidence(action, EvidenceQuarter.AUDIT, "Seen", dated_on=TODAY, by=BY, now=NOW)
    client = signed_in(make_user("owner", "agency", "the-constabulary"))
    address, before = reverse("plans:evidence_files", args=[action.reference, made.pk]), in_store()
    for case in AS_EVIDENCE[number::SHARES]:
        assert_one_sentence(answers(client, address, "attached", case), case)
    assert not Document.objects.exists()
    assert not EvidenceFile.objects.exists()
    assert in_store() == before
    assert (
        f"/actions/{action.reference}/files/"
        not in client.get(f"/actions/{action.reference}/").content.decode()
    )


@pytest.mark.parametrize("number", range(SHARES))
def test_none_is_kept_to_be_read(number: int) -> None:
    client = signed_in(make_user("unit"))
    before = in_store()
    for case in AS_PAPERS[number::SHARES]:
        assert_one_sentence(answers(client, reverse("plans:import_new"), "file", case), case)
    assert not Import.objects.exists()
    assert in_store() == before


def test_none_is_kept_as_a_list_of_members() -> None:
    client, before = signed_in(make_user("unit")), in_store()
    address = reverse("governance:lists", args=[make_group().pk])
    for case in AS_PAPERS[:: SHARES * 3]:
        assert_one_sentence(answers(client, address, "file", case), case)
    assert not MemberList.objects.exists()
    assert in_store() == before


def test_there_are_more_than_three_hundred() -> None:
    assert len({case.what for case in CASES}) == len(CASES) == len(AS_EVIDENCE) + len(AS_PAPERS)
    assert len(AS_EVIDENCE) > 200
    assert len(AS_PAPERS) > 100


@pytest.mark.parametrize("number", range(SHARES))
def test_what_is_not_kept_is_not_read_either_but_for_what_is_read_around(number: int) -> None:
    for case in AS_PAPERS[number::SHARES]:
        with pytest.raises(FileRefused):
            fitting_name(case.name, kind_of(case.make(), case.name))
    for case in AS_EVIDENCE[number::SHARES]:
        with pytest.raises(FileRefused) if is_no_paper(case) else nullcontext():
            paper_kind(case.make(), case.name)
