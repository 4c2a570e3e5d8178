"""Published tables of attendance: every row kept as it was printed, what cannot be right flagged, none put right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Unacceptable
from sightline.meetings.choices import PublishedState
from sightline.meetings.models import PublishedRow, PublishedTable
from sightline.meetings.rules.attendance import printed_is_possible
from sightline.meetings.services.published import confirm_published, give_up_published, read_published
from sightline.partners.services import create_group
from tests.access.people import enter, world
from tests.meetings.making import PRINTED, make_published

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def confirmed(found: PublishedTable, meetings: int = 6, period: str = "2025 to 2026") -> PublishedTable:
    return confirm_published(found, meetings, period, version=found.version, by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("value", "unit", "meetings", "possible"),
    [(83, "%", 6, True), (86, "%", 6, False), (86, "%", 7, True), (86, "%", None, True), (6, "meetings", 6, True),
     (7, "meetings", 6, False)],
)  # fmt: skip
def test_what_a_printed_figure_can_be(value: float, unit: str, meetings: int | None, possible: bool) -> None:
    assert printed_is_possible(value, unit, meetings) is possible


def test_the_published_table_is_exact_and_only_what_is_impossible_is_flagged(shared: Path) -> None:
    truth = json.loads((shared / "truth" / "001_attendance.json").read_text(encoding="utf-8"))
    paper = next((shared / "seeds").glob("001_*")).read_bytes()
    found = make_published(create_group("Board", by=SYSTEM), paper)
    assert found.read["meetings"] == truth["meetings_in_period"]
    done = confirmed(found, truth["meetings_in_period"], truth["period"])
    rows = list(done.rows.all())
    assert [(row.words, row.value, row.unit) for row in rows] == [
        (row["member"], row["percent"], "%") for row in truth["rows"]
    ]
    assert [int(row.value) for row in rows if row.is_impossible] == [86]
    assert len(rows) == truth["counts"]["rows"]


def test_a_paper_without_a_table_is_refused_in_a_sentence() -> None:
    found = make_published(create_group("Board", by=SYSTEM), "The board met six times.\n")
    assert (found.state, found.refusal[:28]) == (PublishedState.REFUSED, "No table of attendance was f")
    assert read_published(found.pk, by=SYSTEM).version == found.version


def test_what_cannot_be_is_said_and_nothing_is_half_kept() -> None:
    found = make_published(create_group("Board", by=SYSTEM))
    for meetings, period in ((0, "2025"), (6, " ")):
        with pytest.raises(Unacceptable):
            confirmed(found, meetings, period)
    with pytest.raises(StaleRecord):
        confirm_published(found, 6, "2025", version=1, by=SYSTEM, now=NOW)
    give_up_published(found, version=found.version, by=SYSTEM)
    found.refresh_from_db()
    with pytest.raises(Unacceptable, match="gave it up"):
        confirmed(found)
    assert not PublishedRow.objects.exists()


def test_the_pages_of_a_published_table(client: Client) -> None:
    made = world()
    enter(client, made.people["unit"])
    home = reverse("meetings:published")
    file = SimpleUploadedFile("report.txt", PRINTED.encode())
    one = client.post(home, {"group": made.group.pk, "file": file})["Location"]
    assert "waits to be read" in client.get(one).content.decode()
    found = read_published(PublishedTable.objects.get().pk, by=SYSTEM)
    page = client.get(one).content.decode()
    assert "4 rows, out of 6 meetings" in page
    assert page.count("Cannot be right") == 1
    assert client.post(one, {"seen": found.version, "meetings": "none"}).status_code == 422
    sent = {"seen": found.version, "meetings": 7, "period": "2025 to 2026"}
    assert client.post(one, sent).status_code == 302
    assert [(row.words, row.is_impossible) for row in PublishedRow.objects.all()] == [
        ("Police", True), ("Lay member", False), ("Health", True), ("Schools", False),
    ]  # fmt: skip
    assert client.post(one, sent).status_code == 422
    assert "2025 to 2026: report.txt" in client.get(home).content.decode()
    enter(client, made.person("executive"))
    assert "Upload the paper" not in client.get(home).content.decode()
