"""The protective marking: of pages, of bare files by their name, and of files as they were received."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from sightline.access.scope import NOBODY
from sightline.documents.models import Document
from sightline.documents.serving import name_of
from sightline.events.choices import Tier
from sightline.screens.taking import csv_response
from sightline.site.marking import MarkedFilesMiddleware
from sightline.site.navigation import marks
from tests.access.people import member, person


def answered(response: Any, scope: Any = NOBODY) -> str:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(scope=scope)
    return str(MarkedFilesMiddleware(lambda _: response)(request).headers.get("Content-Disposition", ""))


@pytest.mark.parametrize(
    ("marking", "name"),
    [
        ("OFFICIAL-SENSITIVE", 'attachment; filename="rows (OFFICIAL-SENSITIVE).csv"'),
        ("", 'attachment; filename="rows.csv"'),
        (None, 'attachment; filename="rows (OFFICIAL).csv"'),
    ],
)
def test_a_bare_file_bears_its_marking_in_its_name(marking: str | None, name: str) -> None:
    assert answered(csv_response("rows", ["A"], [], marking=marking)) == name


def test_a_file_that_bears_it_inside_and_a_page_keep_their_names() -> None:
    head = {"Content-Disposition": 'attachment; filename="plan.docx"'}
    assert (
        answered(HttpResponse(content_type="application/msword", headers=head)) == head["Content-Disposition"]
    )
    assert answered(HttpResponse()) == ""


@pytest.mark.django_db
def test_what_nobody_looked_at_is_marked_as_what_its_reader_could_meet() -> None:
    scope = member("Ola Owner", "owner", "agency", "a").scope
    assert "(OFFICIAL-SENSITIVE).csv" in answered(csv_response("rows", ["A"], []), scope)
    assert person("Nia New").scope.marking == "OFFICIAL"


@pytest.mark.parametrize(
    ("name", "tier", "kept"),
    [
        ("audit.txt", Tier.T1, "audit.txt"),
        ("audit.v2.txt", Tier.T2, "audit.v2 (OFFICIAL-SENSITIVE).txt"),
        ("audit", Tier.T4, "audit (OFFICIAL-SENSITIVE)"),
    ],
)
def test_a_file_as_it_was_received_is_marked_by_its_name_where_it_is_confidential(
    name: str, tier: Tier, kept: str
) -> None:
    assert name_of(Document(name=name, tier=tier)) == kept


@pytest.mark.django_db
def test_pages_of_ones_account_are_not_marked_as_what_holds_records(client: Client) -> None:
    client.force_login(member("Una Unit", "unit"))
    pages = {
        address: client.get(address).context["marking"] for address in ("/account/", "/cookies/", "/plans/")
    }
    assert pages == {"/account/": "OFFICIAL", "/cookies/": "OFFICIAL", "/plans/": "OFFICIAL-SENSITIVE"}


@pytest.mark.parametrize(("tier", "has_note"), [("T2", False), ("T4", True)])
def test_a_page_of_one_record_is_marked_as_the_record(tier: str, has_note: bool) -> None:
    request = RequestFactory().get("/")
    request.shown_record = Document(name="x", tier=tier)  # type: ignore[attr-defined]
    found = marks(request)
    assert (found["marking"], bool(found["handling"])) == ("OFFICIAL-SENSITIVE", has_note)
