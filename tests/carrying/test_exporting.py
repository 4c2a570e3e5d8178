"""What an export of everything holds: every row of every declared table, twice and alike, and nothing above T2."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import DateTimeField
from django.http import QueryDict

from sightline.carrying import book, checks, selectors
from sightline.carrying.checks import check_exported
from sightline.carrying.choices import MANIFEST, SUMS
from sightline.carrying.entries import CarryingEntry
from sightline.carrying.pages import exports_page
from sightline.carrying.rules import Table, as_cell, as_json, file_part, tables
from sightline.carrying.selectors import closed_rows, model_of
from sightline.carrying.services import Asked
from sightline.carrying.services.parts import write_rows
from sightline.carrying.services.writing import write_export
from sightline.documents.models import Document, FileFault
from sightline.events.choices import Tier
from sightline.events.models import Entry
from sightline.events.services import record
from sightline.knowing.models import Listed
from sightline.oversight.models import AccessReview, GrantDecision, Mark, ReviewedGrant, Sample, SampledEntry
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from sightline.plans.models import Action, EvidenceFile, Import, Plan, Update
from sightline.rendering.csv_writer import restored
from sightline.retention.entries import RetentionEntry
from sightline.retention.models import Hold, KeptLonger
from sightline.saved.models import SavedView
from tests.access import linked_secrets
from tests.access.linked_secrets import SECRETS, linked
from tests.access.people import World, world
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan
from tests.retention.making import nothing

pytestmark = pytest.mark.django_db

# Where somebody's own words, or what stood before and after, may call another record by its name; a paper that was
# uploaded into an open plan and never confirmed, with its file.
PAPER = hashlib.sha256(linked_secrets.PAPER.format(number="3", text="Ask the borage twice").encode())
NAMING = ("events.entry", "plans.edit", "saved.savedview", "plans.import", PAPER.hexdigest())
BY_NUMBER = ("retention.hold", "retention.keptlonger", "documents.filefault", "saved.savedview")
TITLES = {"quillback", "obsidian", "tamarind", "hyssop", "borage"}


@pytest.fixture
def made() -> World:
    found = world()
    linked(found)
    return found


@pytest.fixture
def kept() -> World:
    """One action with its account and a file."""
    found = world()
    action = make_action(make_plan(found.group), found.agency)
    files = [ContentFile(b"Twenty were asked.", name="survey.txt")]
    given: Any = {"dated_on": TODAY, "files": files, "by": BY, "now": NOW}
    services.record_evidence(action, EvidenceQuarter.DATA, "=Asked", **given)
    return found


def written(folder: Path, reader: Any = None) -> dict[str, Any]:
    """An export written into a folder, and its manifest as read back."""
    folder.mkdir()
    write_export(folder, Asked(reader, "A test", "To look at it", NOW), nothing)
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return found


def lines(folder: Path, name: str) -> list[dict[str, Any]]:
    text = (folder / "tables" / f"{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def cells(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: restored(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def plain(value: Any, field: Any) -> Any:
    """A value of a row as an export must tell it, found by another way than the export's own."""
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    if isinstance(field, DateTimeField):
        return value.isoformat().replace("Z", "+00:00")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def as_kept(table: Table) -> list[dict[str, Any]]:
    """Every row of a table as the database has it."""
    fields = {field.name: field for field in model_of(table.label)._meta.concrete_fields}
    return [
        {name: plain(getattr(row, fields[name].attname), fields[name]) for name in table.fields}
        for row in model_of(table.label)._base_manager.order_by("pk")
    ]


def words_in(folder: Path, *but: str) -> set[str]:
    """Which of the words of what few may read stand anywhere in an export, but for some of its parts."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.stem not in but]
    text = " ".join(path.read_text(encoding="utf-8", errors="ignore") for path in paths)
    return {word for word in SECRETS if re.search(word, text, re.IGNORECASE)}


def check_rows(folder: Path, told: dict[str, Any]) -> None:
    """Every row of every declared table stands in it twice, and reads back as the database has it."""
    rows = {each["name"]: each["rows"] for each in told["tables"]}
    assert set(rows) == {table.name for table in tables().values()}
    for table in tables().values():
        kept = as_kept(table)
        assert lines(folder, table.name) == kept
        as_cells = [{key: as_cell(value) for key, value in row.items()} for row in kept]
        assert cells(folder / "tables" / f"{table.name}.csv") == as_cells
        assert rows[table.name] == len(kept)
    assert sum(1 for count in rows.values() if count) > 35
    assert {each["left_out"] for each in told["tables"]} == {0}


def check_nothing_above(folder: Path, told: dict[str, Any]) -> None:
    """No row above the line, nor what belongs to it or tells of it; nor a word of it but where somebody named it."""
    assert words_in(folder, *NAMING) == set()
    assert words_in(folder) <= TITLES
    left = {each["name"]: each["left_out"] for each in told["tables"]}
    assert left["plans.action"] == Action.objects.count() - len(lines(folder, "plans.action")) > 0
    for name in ("plans.update", "plans.evidencefile", "plans.import", "plans.bulkchange", "events.entry"):
        assert left[name] > 0


def test_every_row_is_in_it_twice_and_alike_and_nothing_above_the_highest_tier(
    made: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Plans hold nothing child-level yet, so what is confidential stands for it: the line is drawn a tier lower."""
    action = Action.objects.filter(tier=Tier.T1).first()
    assert action is not None
    Update.objects.create(
        action=action, text="=1+1\nand “more”", as_at=NOW.date(), recorded_at=NOW, entered_by_label="A test"
    )
    check_rows(tmp_path / "before", written(tmp_path / "before"))
    assert words_in(tmp_path / "before") == set(SECRETS)
    unit = made.people["unit"]
    written(tmp_path / "page before", unit)
    assert words_in(tmp_path / "page before") == set(SECRETS)
    monkeypatch.setattr(selectors, "HIGHEST", "T1")
    check_nothing_above(tmp_path / "after", written(tmp_path / "after"))
    told = written(tmp_path / "page", unit)
    assert words_in(tmp_path / "page", *NAMING) == set()
    assert {each["left_out"] for each in told["tables"]} == {None}
    assert {each["rows"] for each in told["not_exported"]} == {None}
    page = exports_page(unit, QueryDict())
    assert (page.tables, page.left_out) == (len(told["tables"]), len(told["not_exported"]))


def test_every_part_is_what_the_manifest_and_the_sums_say(kept: World, tmp_path: Path) -> None:
    told = written(tmp_path / "out")
    found = {
        path.relative_to(tmp_path / "out").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert {part["name"]: part["sha256"] for part in told["parts"]} == {
        name: digest for name, digest in found.items() if name not in {MANIFEST, SUMS}
    }
    listed = (tmp_path / "out" / SUMS).read_text(encoding="utf-8").splitlines()
    assert dict(reversed(line.split("  ")) for line in listed) == {
        name: digest for name, digest in found.items() if name != SUMS
    }


def test_stored_files_are_in_it_by_their_fingerprint_and_what_is_gone_or_changed_is_told(
    kept: World, tmp_path: Path
) -> None:
    stored = Document.objects.get()
    told = written(tmp_path / "out")
    part = tmp_path / "out" / file_part(stored.sha256, stored.file.name)
    assert part.read_bytes() == b"Twenty were asked."
    assert (told["files"], told["missing"], told["changed"]) == (1, [], [])
    Path(default_storage.path(stored.file.name)).write_bytes(b"another")
    told = written(tmp_path / "again")
    assert (told["files"], told["missing"], told["changed"]) == (0, [], [stored.file.name])
    (row,) = cells(tmp_path / "again" / "files.csv")
    assert (row["table"], row["id"], row["state"]) == ("documents.document", str(stored.pk), "changed")
    assert not (tmp_path / "again" / file_part(stored.sha256, stored.file.name)).exists()
    default_storage.delete(stored.file.name)
    told = written(tmp_path / "third")
    assert (told["files"], told["missing"], told["changed"]) == (0, [stored.file.name], [])


def test_child_level_files_and_entries_stay_where_they_are(kept: World, tmp_path: Path) -> None:
    Document.objects.update(tier=Tier.T3)
    with transaction.atomic():
        record(CarryingEntry.EXPORT_MADE, by=BY, after={"child": "Quillback"}, tier=Tier.T4)
    told = written(tmp_path / "out")
    assert lines(tmp_path / "out", "documents.document") == []
    assert lines(tmp_path / "out", "plans.evidencefile") == []
    assert told["files"] == 0
    assert words_in(tmp_path / "out") == set()
    left = {each["name"]: each["left_out"] for each in told["tables"]}
    assert left["documents.document"] == left["plans.evidencefile"] == 1
    # The one that is restricted, and the one that says that the file was stored.
    assert left["events.entry"] == 2


def test_what_not_everybody_reads_who_exports_is_written_on_the_server_alone(
    kept: World, tmp_path: Path
) -> None:
    told = written(tmp_path / "out", kept.people["unit"])
    names = {each["name"] for each in told["tables"]}
    assert "plans.action" in names
    assert not {name for name in names if name.startswith(("oversight.", "saved."))}
    entries = {row["id"] for row in lines(tmp_path / "out", "events.entry")}
    assert entries
    assert entries <= set(Entry.objects.values_list("pk", flat=True))


def test_the_dictionary_tells_of_every_field_and_why_it_is_not_there(kept: World, tmp_path: Path) -> None:
    written(tmp_path / "out")
    told = cells(tmp_path / "out" / "dictionary.csv")
    by_field = {(row["table"], row["field"]): row for row in told}
    for table in tables().values():
        for field in model_of(table.label)._meta.concrete_fields:
            row = by_field[table.name, field.name]
            assert row["meaning"]
            assert (row["exported"] == "yes") == (field.name in table.fields)
    assert by_field["plans.update", "action"]["points_at"] == "plans.action.id"
    assert by_field["access.user", "password"]["exported"].startswith("no: ")
    assert by_field["access.session", ""]["exported"].startswith("no: ")


def test_no_password_digest_or_token_is_exported(kept: World, tmp_path: Path) -> None:
    owner = kept.people["owner"]
    owner.set_password("correct horse battery staple")
    owner.save()
    written(tmp_path / "out")
    text = " ".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "tables").iterdir())
    assert owner.email in text
    assert owner.password not in text


def test_a_field_or_a_model_that_nobody_declared_fails_a_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_exported() == []
    known = dict(tables())
    update = known.pop("plans.Update")
    monkeypatch.setattr(checks, "tables", lambda: known)
    assert [found.id for found in check_exported()] == ["carrying.E003"]
    less = {**known, "plans.Update": Table("plans.Update", update.fields[:-1], {}, update.of, {}, False)}
    monkeypatch.setattr(checks, "tables", lambda: less)
    (found,) = check_exported()
    assert (found.id, update.fields[-1] in found.msg) == ("carrying.E004", True)


def with_table(
    monkeypatch: pytest.MonkeyPatch, table: Table, without: Callable[[], Any] | None = None
) -> list[str]:
    monkeypatch.setattr(checks, "tables", lambda: {**tables(), table.label: table})
    if without is not None:
        monkeypatch.setattr(checks, "left_out", without)
    return [str(found.id) for found in check_exported()]


def test_what_opens_doors_or_tells_of_a_case_list_is_never_exported(monkeypatch: pytest.MonkeyPatch) -> None:
    user = tables()["access.User"]
    everything = Table("access.User", (*user.fields, "password"), {}, (), {}, False)
    assert with_table(monkeypatch, everything) == ["carrying.E005"]
    from sightline.carrying.rules import left_out

    listed = apps.get_model("knowing.Listed")
    fields = tuple(field.name for field in listed._meta.concrete_fields)
    whole = Table("knowing.Listed", fields, {}, (), {}, False, of_not={"number": "A test"})
    rest = {label: why for label, why in left_out().items() if label != "knowing.Listed"}
    assert with_table(monkeypatch, whole, lambda: rest) == ["carrying.E006"]


def test_what_a_row_belongs_to_must_be_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    update = tables()["plans.Update"]
    odd = Table("plans.Update", update.fields, {}, ("action", "text"), {"plans.Nothing": "update"}, False)
    assert with_table(monkeypatch, odd) == ["carrying.E007", "carrying.E007"]
    gone = Table("plans.Nothing", ("id",), {}, (), {}, False)
    assert "carrying.E002" in with_table(monkeypatch, gone)


def test_whoever_points_at_what_may_be_left_out_says_whether_it_goes_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    update, hold = tables()["plans.Update"], tables()["retention.Hold"]
    assert with_table(monkeypatch, replace(update, of=())) == ["carrying.E008"]
    assert with_table(monkeypatch, replace(update, of=(), of_not={"action": "A test"})) == []
    assert with_table(monkeypatch, replace(hold, numbers={})) == ["carrying.E008"]
    assert with_table(monkeypatch, replace(hold, of_not={"nothing": "A test"})) == ["carrying.E007"]
    assert with_table(monkeypatch, replace(hold, numbers={"number": ["app.nothing"]})) == ["carrying.E007"]


def test_what_names_a_record_by_its_number_alone_goes_with_it(
    kept: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, paper = (
        EvidenceFile.objects.get(),
        Import.objects.create(uploaded_at=NOW, uploaded_by_label="A test"),
    )
    gone = paper.pk + 1
    for number, rule in ((file.pk, "evidence_files"), (paper.pk, "imports_unconfirmed"), (gone, "no_more")):
        keep = {"until": TODAY, "reason": f"Longer {rule}", "decided_at": NOW}
        KeptLonger.objects.create(rule=rule, number=number, **keep)
        Hold.objects.create(over="record", rule=rule, number=number, reason=f"Held {rule}", placed_at=NOW)
    plan = {"app": "plans", "model": "plan", "number": Plan.objects.get().pk}
    held = Hold.objects.create(over="whole", **plan, reason="All of it", placed_at=NOW)
    with transaction.atomic():
        record(RetentionEntry.HOLD_PLACED, by=BY, subject=Hold.objects.get(rule="evidence_files"))
        record(RetentionEntry.HOLD_PLACED, by=BY, subject=held)
    document = Document.objects.get()
    FileFault.objects.create(of_model="documents.document", number=document.pk, what="missing", found_at=NOW)
    SavedView.objects.create(
        owner=kept.people["unit"],
        name="Mine",
        address="/plans/",
        guard="plan",
        guard_id=plan["number"],
        saved_at=NOW,
    )

    def told(name: str) -> dict[str, list[Any]]:
        written(tmp_path / name)
        rows = {each: lines(tmp_path / name, each) for each in BY_NUMBER}
        return {each: [row.get("reason", row["id"]) for row in found] for each, found in rows.items()}

    before = told("before")
    assert [len(found) for found in before.values()] == [4, 3, 1, 1]
    Document.objects.update(tier=Tier.T3)
    after = told("after")
    assert after["retention.hold"] == [
        each for each in before["retention.hold"] if each != "Held evidence_files"
    ]
    assert "Longer evidence_files" not in after["retention.keptlonger"]
    assert [len(found) for found in after.values()] == [3, 2, 0, 1]
    about = {
        row["subject_id"]
        for row in lines(tmp_path / "after", "events.entry")
        if row["subject_model"] == "hold"
    }
    assert about == {str(held.pk)}
    monkeypatch.setattr(selectors, "HIGHEST", "T1")
    Plan.objects.update(tier=Tier.T2)
    assert [len(found) for found in told("last").values()] == [2, 2, 0, 0]


def test_who_reads_what_is_left_out_is_not_told_by_reviews_and_samples_either(
    kept: World, tmp_path: Path
) -> None:
    with transaction.atomic():
        record(CarryingEntry.EXPORT_MADE, by=BY, tier=Tier.T4)
    drawn = {"sample": Sample.objects.create(month=TODAY, head="1", drawn_at=NOW), "kind": "opened"}
    numbers = [Entry.objects.get(tier=Tier.T4).pk, Entry.objects.exclude(tier=Tier.T4).earliest("pk").pk]
    for position, number in enumerate(numbers, 1):
        one = SampledEntry.objects.create(**drawn, position=position, entry_number=number)
        Mark.objects.create(drawn=one, verdict="in_order", words="Looked at", by_label="A test", moment=NOW)
    person, unit = kept.people["owner"], kept.people["unit"]
    place = Listed.objects.create(
        user=person, app="restricted", model="casenote", number=1, reason="Runs it", starts_on=TODAY, ends_on=TODAY,
        added_at=NOW, added_by_label="A test",
    )  # fmt: skip
    review = AccessReview.objects.create(first_day=TODAY, opened_on=TODAY, due_on=TODAY + timedelta(days=14))
    for kind in ("case list", "role"):
        grant = ReviewedGrant.objects.create(
            review=review, kind=kind, number=place.pk, account=unit, what="A place", over="One", since=TODAY,
            scope_kind="partnership", reads="T3",
        )  # fmt: skip
        GrantDecision.objects.create(
            grant=grant, decision="confirmed", reason=kind, by_label="A test", moment=NOW
        )
    written(tmp_path / "out")
    assert [row["entry_number"] for row in lines(tmp_path / "out", "oversight.sampledentry")] == numbers[1:]
    assert len(lines(tmp_path / "out", "oversight.mark")) == 1
    assert [row["kind"] for row in lines(tmp_path / "out", "oversight.reviewedgrant")] == ["role"]
    assert [row["reason"] for row in lines(tmp_path / "out", "oversight.grantdecision")] == ["role"]


def test_only_what_can_lie_above_is_looked_through() -> None:
    assert closed_rows(tables()["partners.Agency"]) is None
    assert closed_rows(tables()["plans.Update"]) is not None


def test_values_have_one_form() -> None:
    assert as_json(NOW) == "2026-06-15T09:00:00+00:00"
    assert as_json(NOW.date()) == "2026-06-15"
    assert [as_cell(value) for value in (None, "", "x", True, 3, ["ä"], {"a": 1})] == [
        "", "", "x", "true", "3", '["ä"]', '{"a": 1}',
    ]  # fmt: skip
    with pytest.raises(TypeError, match="no form for a bytes"):
        as_json(b"x")
    assert file_part("ab", "documents/2026/11/x.PDF") == "files/ab.pdf"
    assert file_part("ab", "documents/x") == "files/ab"


def test_cells_read_back_as_the_read_me_says_and_lines_exactly(tmp_path: Path) -> None:
    typed = [
        "a\r\nb\rc\u2028d",
        "bell \x07",
        "\ufeffmark",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\n=1",
        "\t=1",
        "'=1",
        "-5",
    ]
    write_rows(tmp_path, "odd", ["typed"], [[text] for text in typed])
    told = [
        json.loads(line) for line in (tmp_path / "odd.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ]
    assert [row["typed"] for row in told] == typed
    read = [row["typed"] for row in cells(tmp_path / "odd.csv")]
    assert read == ["a\nb\nc\nd", "bell \N{REPLACEMENT CHARACTER}", "mark", *typed[3:]]
    plain = (tmp_path / "odd.csv").read_bytes().decode("utf-8-sig")
    assert "\r\n'＝1\r\n'＋1\r\n'－1\r\n'＠x\r\n\"'\n=1\"\r\n'\t=1\r\n''=1\r\n-5\r\n" in plain


def test_the_page_of_what_is_exported_is_current() -> None:
    kept = Path(__file__).resolve().parents[2] / "docs" / "generated" / "export.md"
    assert kept.read_text(encoding="utf-8") == book.page()
