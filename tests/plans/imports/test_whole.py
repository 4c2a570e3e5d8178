"""Importing in one go, as the command line does."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sightline.access.permissions import Refused
from sightline.access.scope import COMMAND_LINE_SCOPE, NOBODY
from sightline.events.choices import Unacceptable
from sightline.jobs.registry import definition
from sightline.plans.models import Import, Plan
from sightline.plans.services import imports
from sightline.plans.services.imports import Imported
from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import DEFAULT
from tests.plans.imports.papers import AS_AT, TWINS, paper
from tests.plans.making import BY, NOW, TODAY, make_action

pytestmark = pytest.mark.django_db
ONE = ("1.1", "Children are heard", "Police", "Audit forty case files", "Scoped.", "By 30 May 2026", "Amber")
TWO = ("1.2", "", "", "Train every designated lead", "", "", "")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(paper(ONE, TWO), encoding="utf-8")
    return path


def run(file: Path, name: str = "Neglect plan", **given: object) -> Imported:
    values = {"as_at": AS_AT, "dry_run": False, "user": COMMAND_LINE_SCOPE, "by": BY, "now": NOW} | given
    return imports.import_whole(file, plan_name=name, **values)  # type: ignore[arg-type]


def test_a_file_becomes_a_plan(file: Path) -> None:
    done = run(file)
    assert done.upload is not None
    assert done.lines[0] == "Neglect action plan (action plan)"
    assert "imported 2" in done.lines[1]
    assert "Kept as text, because nobody of the name is known: Police." in done.lines
    assert done.lines[-1] == "Started the plan “Neglect plan”."
    assert Plan.objects.get().actions.count() == 2


def test_a_dry_run_says_so_and_writes_nothing(file: Path) -> None:
    done = run(file, dry_run=True)
    assert done.upload is None
    assert done.lines[-2:] == ("Would start the plan “Neglect plan”.", "Nothing was changed.")
    assert run(file, dry_run=True, as_at=None).lines[-2].startswith("Not ready: Say which day")
    assert (Plan.objects.count(), Import.objects.count()) == (0, 0)


def test_the_day_is_the_documents_own_where_none_is_given(file: Path) -> None:
    file.write_text(paper(ONE, title="Action plan as at 31 March 2026"), encoding="utf-8")
    assert str(run(file, as_at=None).upload.as_at) == "2026-03-31"  # type: ignore[union-attr]
    assert "Not ready" not in " ".join(run(file, dry_run=True, as_at=None).lines)


def test_without_any_day_the_upload_waits_for_a_person(file: Path) -> None:
    with pytest.raises(imports.ImportRefused, match="which day"):
        run(file, as_at=None)
    assert (Import.objects.get().state, Plan.objects.count()) == ("preview", 0)


def test_a_next_version_says_what_it_did(file: Path) -> None:
    run(file)
    file.write_text(
        paper((*ONE[:6], "Red"), ("1.3", "", "", "Write to every school", "", "", "")), encoding="utf-8"
    )
    would = run(file, dry_run=True).lines
    assert "Cells would be changed 1, kept as the plan has them although both changed 0; actions would be added 1, " \
        "would be marked as gone from the document 1." in would  # fmt: skip
    assert "actions added 1, marked as gone from the document 1." in run(file).lines[-1]


def test_a_report_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes((TWINS / "report.txt").read_bytes())
    done = run(file)
    assert done.upload is not None
    assert (done.upload.plan, done.upload.state) == (None, "confirmed")
    assert done.lines[-1].endswith("Nothing is added to a plan.")


def test_a_document_of_which_nothing_is_understood_is_refused(file: Path) -> None:
    file.write_text("Dear all\n\nNothing was promised.\n", encoding="utf-8")
    with pytest.raises(imports.ImportRefused, match="Nothing was understood in this document"):
        run(file)
    assert run(file, dry_run=True).lines[-2].startswith("Not ready: Nothing was understood")


def test_what_cannot_be_read_is_refused(file: Path) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old")
    with pytest.raises(UnreadableFile):
        run(file, dry_run=True)
    # A file that is kept is looked through first.
    with pytest.raises(imports.ImportRefused, match="old or a protected Office file"):
        run(file)
    with file.open("wb") as large:
        large.truncate(DEFAULT.file + 1)
    with pytest.raises(UnreadableFile, match="20 MB"):
        run(file, dry_run=True)
    with pytest.raises(imports.ImportRefused, match="20 MB"):
        run(file)


def test_days_ahead_and_strangers_are_refused(file: Path) -> None:
    for dry_run in (True, False):
        with pytest.raises(Unacceptable):
            run(file, dry_run=dry_run, as_at=TODAY + timedelta(days=1))
        with pytest.raises(Refused):
            run(file, dry_run=dry_run, user=NOBODY)


def test_the_daily_look_is_a_job() -> None:
    action = make_action(due="2026-06-20")
    definition("plans.refresh").run(None)
    action.refresh_from_db()
    assert action.current_exceptions
