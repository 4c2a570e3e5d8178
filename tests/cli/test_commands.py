"""The commands that work on a partnership: init, import, export, report, journal, check."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from docx import Document

from sightline.access.models import Membership, User
from sightline.events.choices import COMMAND_LINE
from sightline.events.models import Entry
from sightline.events.services import make_checkpoint
from sightline.partners.models import Agency, Partnership, Person
from sightline.partners.services import create_group
from sightline.plans.models import Action, ExceptionReport, Plan
from sightline.search.models import SearchEntry
from tests.access.people import member

pytestmark = pytest.mark.django_db
Run = Callable[..., Any]
TABLE = (
    "Action No.\tAction\tLead\tTimescale\tStatus\n"
    "1.1\tAsk children what they think\tVoice Group\tBy 31 March 2026\tRed\n"
    "1.2\tTell them what came of it\tPolice\tBy 30 April 2026\tGreen\n"
)
INIT = (
    *("init", "--name", "Testshire Partnership", "--short-name", "TSP", "--area", "Testshire"),
    *("--manager-name", "Ada Field", "--manager-email", "ada@example.org"),
)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TABLE, encoding="utf-8")
    return path


def workbook(path: Path, agencies: list[list[str]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Agencies"
    for row in agencies:
        book.active.append(row)
    people = book.create_sheet("People")
    for row in (["Name", "Post", "Agency"], ["Ben Moor", "Named nurse", "Testshire Health"]):
        people.append(row)
    book.save(path)
    return path


def test_init_starts_a_partnership_with_its_first_manager(sightline: Run, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "p.xlsx", [["Name", "Short name"], ["Testshire Health", "TH"]])
    said = sightline(*INIT, "--partners", sheet)
    assert said.status == 0, said.err
    assert Partnership.objects.get().name == "Testshire Partnership"
    assert "Loaded 1 agencies, 0 groups and 1 people." in said.out
    manager = User.objects.get(email="ada@example.org")
    assert manager.check_password(said.out.strip().rsplit(" ", 1)[1])
    assert Membership.objects.get(user=manager).role == "unit"
    assert Person.objects.get(name="Ben Moor").agency == Agency.objects.get(name="Testshire Health")


def test_init_loads_nothing_where_a_row_cannot_be_used(sightline: Run, tmp_path: Path) -> None:
    sheet = workbook(tmp_path / "p.xlsx", [["Name", "Short name"], ["Somebody else", "SE"]])
    said = sightline(*INIT, "--partners", sheet)
    assert said.status == 1
    assert "Testshire Health" in said.err
    assert not Partnership.objects.exists()
    assert not User.objects.exists()


def test_init_twice_is_refused(sightline: Run) -> None:
    assert sightline(*INIT).status == 0
    said = sightline(*INIT)
    assert said.status == 1
    assert "has a partnership already" in said.err
    assert User.objects.count() == 1


@pytest.mark.parametrize("command", [INIT, ("demo",), ("serve",)])
def test_nothing_is_brought_up_to_date_in_the_middle_of_a_restore(
    sightline: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.keeping.services.half_restored", lambda: True)
    monkeypatch.setattr("django.core.management.call_command", None)
    said = sightline(*command)
    assert (said.status, "stopped in the middle" in said.err) == (1, True), said.err


def test_import_dry_run_changes_nothing(sightline: Run, paper: Path) -> None:
    said = sightline("import", paper, "--plan", "Voice plan", "--as-at", "2026-05-01", "--dry-run")
    assert said.status == 0, said.err
    assert not Plan.objects.exists()


def test_import_then_export_then_report(sightline: Run, paper: Path, tmp_path: Path) -> None:
    said = sightline("import", paper, "--plan", "Voice plan", "--as-at", "01/05/2026")
    assert said.status == 0, said.err
    assert Action.objects.count() == 2
    out = tmp_path / "plan.csv"
    assert sightline("export", "Voice plan", "--format", "csv", "-o", out).status == 0
    again = json.loads(sightline("read", out, "--json").out)
    assert [row["numbers"] for row in again["rows"]] == [["1.1"], ["1.2"]]
    word = tmp_path / "report.docx"
    said = sightline(
        "report", "exceptions", "--as-at", "2026-05-02", "--format", "docx", "--issue", "-o", word
    )
    assert said.status == 0, said.err
    assert ExceptionReport.objects.get().state == "issued"
    assert "Exception report" in [paragraph.text for paragraph in Document(str(word)).paragraphs]
    of_plan = sightline(
        "report", "exceptions", "--plan", "voice-plan", "--as-at", "2026-05-02", "--format", "html"
    )
    assert "Voice plan" in of_plan.out
    nowhere = sightline("report", "exceptions", "--plan", "nowhere", "--format", "html")
    assert (nowhere.status, "There is no plan “nowhere”" in nowhere.err) == (2, True)


def test_export_of_a_plan_nobody_knows(sightline: Run) -> None:
    said = sightline("export", "No such plan", "--format", "csv")
    assert said.status == 2
    assert "There is no plan “No such plan”." in said.err


def test_report_for_a_group_nobody_knows(sightline: Run) -> None:
    said = sightline("report", "exceptions", "--group", "nobody", "--format", "html")
    assert said.status == 2
    assert "There is no group “nobody”" in said.err


def test_a_day_that_is_none_is_refused(sightline: Run, paper: Path) -> None:
    said = sightline("import", paper, "--plan", "x", "--as-at", "31/02/2026")
    assert said.status == 2
    assert "is not a day" in said.err


def test_acting_as_nobody_is_refused(sightline: Run, paper: Path) -> None:
    said = sightline("import", paper, "--plan", "x", "--as", "nobody@example.org")
    assert said.status == 2
    assert "Nobody signs in as nobody@example.org." in said.err


def test_journal_verify_is_whole_and_knows_a_head_that_is_not_its_own(sightline: Run) -> None:
    said = sightline("journal", "verify")
    assert (said.status, said.err) == (0, "")
    rolled = sightline("journal", "verify", "--head", "128-9f3c07d2a1b4c6e8f0a2")
    assert rolled.status == 1
    assert "ROLLED BACK" in rolled.err
    odd = sightline("journal", "verify", "--head", "nonsense")
    assert odd.status == 2
    assert "A head looks like" in odd.err


def test_journal_checkpoint_signs_and_what_is_old_is_removed(sightline: Run) -> None:
    assert "Nothing was sealed" in sightline("journal", "checkpoint").out
    create_group("Neglect sub-group", by=COMMAND_LINE)
    said = sightline("journal", "checkpoint")
    assert said.status == 0
    assert "Checkpoint 1 of" in said.out
    assert "1 entries up to seal 1" in said.out
    early = sightline("journal", "remove-old", "--reason", "Seven years")
    assert early.status == 1
    assert "Nothing was removed" in early.err
    create_group("Audit group", by=COMMAND_LINE)
    make_checkpoint(by=COMMAND_LINE, now=timezone.now() - timedelta(days=8 * 366))
    removed = sightline("journal", "remove-old", "--reason", "Seven years")
    assert (removed.status, removed.out) == (0, "Removed: 3 entries, with their places and seals.\n")
    assert "under a signed checkpoint: 3." in sightline("journal", "verify").out


def test_search_is_made_anew(sightline: Run) -> None:
    create_group("Neglect sub-group", by=COMMAND_LINE)
    SearchEntry.objects.all().delete()
    said = sightline("search", "rebuild")
    assert (said.status, said.out) == (0, "1 record can be found.\n")
    assert SearchEntry.objects.get().title == "Neglect sub-group"


def test_check_finds_the_installation_in_order(sightline: Run) -> None:
    said = sightline("check")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "Settings, definitions and tables are in order.",
        "The database is up to date.",
    ]


def test_demo_is_refused_in_production(sightline: Run, settings: Any) -> None:
    settings.SIGHTLINE_MODE = "production"
    said = sightline("demo")
    assert (said.status, Partnership.objects.count()) == (1, 0)
    assert "do not belong in a real installation" in said.err


def test_a_lost_second_step_is_taken_away(sightline: Run) -> None:
    user = member("Ada Field", "unit")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    for words in ("It was taken away.", f"{user.email} has no second step."):
        said = sightline("take-away-second-step", user.email)
        assert (said.status, said.out.strip()) == (0, words)
    assert not Authenticator.objects.exists()
    entry = Entry.objects.filter(type="access.factor_removed").latest("pk")
    assert entry.actor_label == COMMAND_LINE.label
    unknown = sightline("take-away-second-step", "nobody@example.org")
    assert unknown.status != 0
    assert "Nobody signs in as nobody@example.org." in unknown.err


def test_help_names_every_command(sightline: Run) -> None:
    said = sightline("--help")
    assert said.status == 0
    for name in (
        *("init", "demo", "serve", "work", "read"),
        *("import", "export", "report", "journal", "search", "check"),
        "take-away-second-step",
    ):
        assert f"\n  {name} " in said.out


def test_a_fault_is_one_sentence(sightline: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.delenv("SIGHTLINE_DEBUG", raising=False)
    monkeypatch.setattr("sightline.cli.keeping.need_database", fail)
    said = sightline("journal", "verify")
    assert said.status == 1
    assert (
        said.err == "This could not be done: The disk is full. (SIGHTLINE_DEBUG=1 shows where it happened.)\n"
    )
