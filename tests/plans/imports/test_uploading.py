"""A document comes in: kept, read in a child process, understood or refused."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile, File

from sightline.events.choices import Unacceptable
from sightline.events.models import Entry
from sightline.jobs.models import Job
from sightline.jobs.worker import run_all
from sightline.plans.choices import ImportState
from sightline.plans.models import Import
from sightline.plans.services import imports
from sightline.plans.services.imports.keeping import storable
from sightline.plans.services.imports.uploading import clean_name
from sightline.reading.limits import DEFAULT
from tests.plans.imports.papers import AS_AT, TWINS, kept_bytes, paper
from tests.plans.making import BY, NOW, TODAY, make_plan

pytestmark = pytest.mark.django_db
PAPER = paper(("1.1", "Heard", "Police", "Audit forty files", "", "By 30 June 2026", "Amber"))


def up(content: bytes = PAPER.encode(), name: str = "plan.txt", **given: object) -> Import:
    return imports.upload(ContentFile(content, name=name), name, **({"by": BY, "now": NOW} | given))  # type: ignore[arg-type]


class TestUpload:
    def test_the_file_is_kept_and_its_reading_asked_for_once(self) -> None:
        made = up(plan_name=" Neglect plan ", as_at=AS_AT)
        made.refresh_from_db()
        assert kept_bytes(made) == PAPER.encode()
        assert (made.sha256, made.file_name) == (hashlib.sha256(PAPER.encode()).hexdigest(), "plan.txt")
        assert (made.plan, made.plan_name, made.state, made.as_at) == (None, "Neglect plan", "waiting", AS_AT)
        job = Job.objects.get(name="plans.read_import")
        assert (job.args, job.key) == ({"import_id": made.pk}, f"plans.read_import:{made.pk}")
        assert Entry.objects.filter(type="plans.document_uploaded", subject_id=str(made.pk)).count() == 1

    def test_the_name_of_a_plan_that_is_there_means_that_plan(self) -> None:
        plan = make_plan(name="Neglect plan")
        assert [up(plan_name=name).plan for name in ("neglect PLAN", plan.key, "Another")] == [
            plan,
            plan,
            None,
        ]
        assert up(plan=plan, plan_name="ignored").plan_name == ""

    def test_an_empty_file_is_refused(self) -> None:
        with pytest.raises(imports.ImportRefused, match="The file is empty"):
            up(b"")
        assert not Import.objects.exists()

    def test_what_is_not_even_kept_to_be_read_is_refused_in_a_sentence(self) -> None:
        with pytest.raises(imports.ImportRefused, match="old or a protected Office file; save it"):
            up(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "plan.doc")
        assert not Import.objects.exists()

    def test_a_file_over_the_limit_is_refused_however_small_it_says_it_is(self) -> None:
        class Liar(ContentFile):  # type: ignore[type-arg]
            size = 10

            def chunks(self, chunk_size: int | None = None) -> object:  # type: ignore[override]
                yield from (b"x" * 1024 * 1024 for _ in range(DEFAULT.file // 1024 // 1024 + 1))

        with pytest.raises(imports.ImportRefused, match="larger than 20 MB"):
            imports.upload(Liar(b"x", name="a.txt"), "a.txt", by=BY, now=NOW)
        assert not Import.objects.exists()

    def test_a_day_ahead_is_refused_before_anything_is_kept(self) -> None:
        with pytest.raises(Unacceptable):
            up(as_at=TODAY + timedelta(days=1))
        assert not Import.objects.exists()

    def test_a_file_whose_row_cannot_be_saved_is_not_left_behind(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept: list[File[bytes]] = []

        def failing(*args: object, **given: object) -> None:
            kept.append(Import.objects.get().file)
            raise RuntimeError("the queue is gone")

        monkeypatch.setattr("sightline.plans.services.imports.uploading.enqueue", failing)
        with pytest.raises(RuntimeError):
            up()
        assert not Import.objects.exists()
        assert not kept[0].storage.exists(kept[0].name)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("given", "name"),
        [
            ("C:\\Users\\me\\plan.docx", "plan.docx"),
            ("../../etc/passwd", "passwd"),
            ("a\u202egpj.docx", "agpj.docx"),
            ("\x00\n", "document"),
            ("", "document"),
            ("x" * 300, "x" * 255),
        ],
    )
    def test_a_name_cannot_mislead(self, given: str, name: str) -> None:
        assert clean_name(given) == name

    def test_an_odd_ending_is_not_used_on_disk(self) -> None:
        assert up(name="plan.p/hp").file.name.rpartition("/")[2].count(".") == 0
        assert up(name="plan.DOCX").file.name.endswith(".docx")


class TestReading:
    def test_the_job_reads_in_a_child_process(self) -> None:
        made = up((TWINS / "plan.txt").read_bytes())
        assert run_all() == 1
        made.refresh_from_db()
        assert made.state == ImportState.PREVIEW
        assert made.reading is not None
        assert made.reading["document"]["kind"] == "action_plan"
        assert (made.reading["document"]["file"], made.reading["document"]["sha256"]) == (
            "plan.txt",
            made.sha256,
        )
        assert Job.objects.get(name="plans.read_import").progress_sentence.endswith("rows seen")

    def test_what_cannot_be_read_is_refused_in_a_sentence(self) -> None:
        made = imports.read_upload(up(name="plan.odt"), by=BY)
        assert made.state == ImportState.REFUSED
        assert made.refusal.endswith(".")
        assert made.reading is None
        assert Entry.objects.get(type="plans.document_refused").reason == made.refusal

    def test_reading_again_after_a_crash_changes_nothing(self) -> None:
        made = up()
        Import.objects.filter(pk=made.pk).update(state=ImportState.READING)
        first = imports.read_upload(made, by=BY)
        again = imports.read_upload(made, by=BY)
        assert (first.state, again.state, again.version) == ("preview", "preview", first.version)
        assert Entry.objects.filter(type="plans.document_read").count() == 1

    def test_text_that_no_database_keeps_is_made_storable(self) -> None:
        assert storable({"a\x00": ["b\ud800c", 3, None, {"d": "e\x00"}]}) == {
            "a": ["b?c", 3, None, {"d": "e"}]
        }
