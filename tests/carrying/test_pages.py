"""Asking for a whole export on the page, making it, taking it away, and clearing it away."""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.test import Client
from django.utils import timezone

from sightline.access.models import Membership, User
from sightline.carrying import selectors, services
from sightline.carrying.choices import GIVEN_UP, ONE_AT_A_TIME, ExportState, Refused
from sightline.carrying.models import WholeExport
from sightline.carrying.permissions import can_export_whole
from sightline.carrying.services import asking
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry
from sightline.jobs import working
from sightline.jobs.choices import JobState, LostLease
from sightline.jobs.models import Job
from sightline.jobs.services import try_again
from sightline.jobs.worker import run_all
from tests.access.people import PASSWORD, enter, member
from tests.carrying.making import CONTENT, make_export
from tests.retention.making import nothing

pytestmark = pytest.mark.django_db


@pytest.fixture
def una() -> User:
    return member("Una Unit", "unit")


def signed_in(user: User, ago: float = 0) -> Client:
    return enter(Client(), user, ago)


def kept() -> list[str]:
    """The files of exports in the store."""
    return (
        sorted(default_storage.listdir("whole-exports")[1]) if default_storage.exists("whole-exports") else []
    )


@pytest.fixture
def _nothing_kept() -> None:
    for name in kept():
        default_storage.delete(f"whole-exports/{name}")


def entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(type=f"carrying.{kind}"))


def test_it_is_asked_for_made_by_a_job_and_taken_by_whoever_asked(una: User) -> None:
    client = signed_in(una)
    sent = client.post("/everything/new/", {"reason": "Moving to another system"})
    export = WholeExport.objects.get()
    address = f"/everything/{export.pk}/"
    assert sent.headers["Location"] == address
    assert "Waiting to begin" in client.get(address).content.decode()
    run_all()
    export.refresh_from_db()
    assert export.state == ExportState.MADE
    link = client.get(address).content.decode().partition(f'href="{address}file/"')[2].partition(">")
    assert "OFFICIAL-SENSITIVE" in link[2]
    assert "download" not in link[0]  # the browser would keep the page that asks for proof as a file
    got = client.get(f"{address}file/")
    content = b"".join(got)
    assert hashlib.sha256(content).hexdigest() == export.sha256
    assert "OFFICIAL-SENSITIVE" in got.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {"README.txt", "manifest.json", "SHA256SUMS", "tables/plans.action.csv"} <= set(
            packed.namelist()
        )
        assert "if there are any, which is not told" in " ".join(packed.read("README.txt").decode().split())
    (asked,), (made,), (taken,) = entries("export_asked"), entries("export_made"), entries("export_taken")
    assert asked.reason == "Moving to another system"
    assert made.after_values["sha256"] == taken.after_values["sha256"] == export.sha256
    assert {each.actor_user_id for each in (asked, made, taken)} == {una.pk}
    got.close()


def test_nobody_else_takes_it_away(una: User) -> None:
    export = make_export(una, timezone.now())
    other = signed_in(member("Ula Unit", "unit"))
    assert "Only whoever asked" in other.get(f"/everything/{export.pk}/").content.decode()
    assert other.get(f"/everything/{export.pk}/file/").status_code == 404
    dora = signed_in(member("Dora Data", "data_protection"))
    assert dora.get(f"/everything/{export.pk}/file/").status_code == 403
    assert entries("export_taken") == []


def test_who_one_is_is_proved_again_before_asking_and_taking() -> None:
    una = member("Una Unit", "unit", password=PASSWORD)
    export, client = make_export(una, timezone.now()), signed_in(una, ago=301)
    for address, back in (("new/", "new/"), (f"{export.pk}/file/", f"{export.pk}/")):
        answer = client.get(f"/everything/{address}")
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith(f"?next=%2Feverything%2F{back.replace('/', '%2F')}")
    assert client.post("/everything/new/", {"reason": "x"}).status_code == 302
    assert WholeExport.objects.count() == 1
    assert entries("export_taken") == []


def test_a_reason_is_needed_and_one_is_made_at_a_time(una: User) -> None:
    client = signed_in(una)
    assert client.post("/everything/new/", {"reason": ""}).status_code == 422
    assert client.post("/everything/new/", {"reason": "Moving"}).status_code == 302
    again = client.post("/everything/new/", {"reason": "Moving"})
    assert again.status_code == 422
    assert ONE_AT_A_TIME in again.content.decode()


def test_it_is_cleared_away_when_its_time_is_over(una: User) -> None:
    now = timezone.now()
    over = make_export(una, now - timedelta(hours=49), expires_at=now - timedelta(hours=1))
    stays = make_export(una, now)
    client = signed_in(una)
    assert client.get(f"/everything/{over.pk}/file/").status_code == 404
    assert services.clear_past(by=SYSTEM, now=now) == 1
    assert services.clear_past(by=SYSTEM, now=now) == 0
    over.refresh_from_db()
    assert over.state == ExportState.CLEARED
    assert not default_storage.exists(over.kept_as)
    with default_storage.open(stays.kept_as) as file:
        assert file.read() == CONTENT
    assert len(entries("export_cleared")) == 1
    assert "Its file was cleared away" in client.get(f"/everything/{over.pk}/").content.decode()
    default_storage.delete(stays.kept_as)
    assert client.get(f"/everything/{stays.pk}/file/").status_code == 404


def test_whoever_may_export_no_more_gets_nothing(una: User) -> None:
    export = services.ask("Moving", user=una, by=una.actor, now=timezone.now())
    Membership.objects.filter(user=una).delete()
    run_all()
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert not default_storage.exists(export.kept_as)
    assert len(entries("export_failed")) == 1
    services.give_up(export.pk, by=SYSTEM)
    assert len(entries("export_failed")) == 1
    job = try_again(Job.objects.get(name="carrying.make"), by=una.actor)
    run_all()
    export.refresh_from_db()
    job.refresh_from_db()
    assert (export.state, job.state, job.error_sentence) == (ExportState.FAILED, JobState.FAILED, GIVEN_UP)
    page = signed_in(member("Ula Unit", "unit")).get(f"/everything/{export.pk}/").content.decode()
    assert "It could not be made" in page


@pytest.mark.usefixtures("_nothing_kept")
def test_what_goes_wrong_leaves_no_file(una: User, monkeypatch: pytest.MonkeyPatch) -> None:
    export, save = services.ask("Moving", user=una, by=una.actor, now=timezone.now()), FileSystemStorage._save

    def full(storage: FileSystemStorage, name: str, content: Any) -> str:
        save(storage, name, ContentFile(b"half of it"))
        assert WholeExport.objects.get().kept_as == name  # a worker killed here leaves what its row names
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    left = working.folder("export-on-page") / "left by a killed worker"
    left.mkdir(parents=True)
    with pytest.raises(OSError, match="No space left"):
        services.make(export.pk, by=SYSTEM, now=timezone.now(), say=nothing)
    assert (kept(), left.parent.exists()) == ([], False)
    monkeypatch.undo()
    export.refresh_from_db()
    default_storage.save(export.kept_as, ContentFile(b"of a killed worker"))
    services.give_up(export.pk, by=SYSTEM)
    assert kept() == []


@pytest.mark.usefixtures("_nothing_kept")
def test_a_worker_that_was_believed_dead_takes_nothing_back(
    una: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export, save = services.ask("Moving", user=una, by=una.actor, now=timezone.now()), FileSystemStorage._save

    def slow(storage: FileSystemStorage, name: str, content: Any) -> str:
        monkeypatch.undo()
        services.make(export.pk, by=SYSTEM, now=timezone.now(), say=nothing)
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", slow)
    monkeypatch.setattr(asking, "working", lambda name: nullcontext(tmp_path))
    with pytest.raises(LostLease):
        services.make(export.pk, by=SYSTEM, now=timezone.now(), say=nothing)
    made = WholeExport.objects.get()
    with default_storage.open(made.kept_as) as file:
        assert hashlib.sha256(file.read()).hexdigest() == made.sha256
    assert [f"whole-exports/{name}" for name in kept()] == [made.kept_as]
    assert len(entries("export_made")) == 1


def test_the_permission_is_one_role_s_and_that_role_reads_every_confidential_record() -> None:
    assert can_export_whole(member("Una Unit", "unit"))
    for role in ("data_protection", "scrutineer", "executive", "system_administrator"):
        user = member(f"Some {role.replace('_', ' ')}", role)
        assert not can_export_whole(user)
        assert not selectors.exports(user).exists()


def test_the_list_asks_no_more_for_more_rows(una: User, django_assert_max_num_queries: Any) -> None:
    client, now = signed_in(una), timezone.now()
    assert "No export was asked for yet" in client.get("/everything/").content.decode()
    for _ in range(3):
        make_export(una, now)
    with django_assert_max_num_queries(12):
        assert client.get("/everything/").content.decode().count("Moving to another system") == 3


def test_reading_wants_a_permission_that_is_held_now(una: User) -> None:
    viewer = member("Vera Viewer", "member", "group", "x")
    with pytest.raises(Exception, match="exported by the business manager"):
        services.ask("Moving", user=viewer, by=viewer.actor, now=timezone.now())
    export = make_export(una, timezone.now())
    with pytest.raises(Refused):
        services.opened(export, timezone.now() + timedelta(hours=49))
