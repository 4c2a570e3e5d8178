"""Files with evidence: kept with it, told where they stood already, handed out to whoever may read the action."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.documents.models import Document
from sightline.events.choices import Tier, Unacceptable
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from sightline.plans.models import Action, Evidence, EvidenceFile
from tests.documents.making import exif, file, hung_up, jpeg
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.viewing import DAY, old_action, old_plan, signed_in, words

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}


def evidence(action: Action, *files: Any, quarter: EvidenceQuarter = EvidenceQuarter.AUDIT) -> Evidence:
    return services.record_evidence(
        action, quarter, "14 of 20 hold a chronology", dated_on=TODAY, files=files, **WHO
    )


def test_files_are_kept_with_their_evidence_and_named_in_the_journal() -> None:
    made = evidence(make_action(), file(name="audit.txt"), file(b"a,b", "figures.csv"))
    assert [str(kept) for kept in made.files.all()] == ["audit.txt", "figures.csv"]
    entry = Entry.objects.get(type="plans.evidence_recorded")
    assert json.loads(entry.after)["files"] == ["audit.txt", "figures.csv"]


def test_where_a_file_may_not_be_kept_neither_is_the_evidence() -> None:
    action = make_action()
    with pytest.raises(Unacceptable) as refused:
        evidence(action, file(), file(b"MZ\x90", "run.exe"))
    assert refused.value.problems["attached"].startswith("“run.exe” was not kept:")
    assert not action.evidence.exists()
    assert not Document.objects.exists()


def test_files_are_added_later() -> None:
    made = evidence(make_action())
    (kept,) = services.add_files(made, [file()], **WHO)
    assert (kept.evidence, kept.entered_by_label, kept.recorded_at) == (made, "A test", NOW)
    assert json.loads(Entry.objects.get(type="plans.files_added").after) == {
        "evidence": "14 of 20 hold a chronology",
        "files": ["audit.txt"],
    }
    with pytest.raises(Unacceptable, match="Choose at least one file"):
        services.add_files(made, [], **WHO)


def test_the_same_file_twice_is_told() -> None:
    made = evidence(make_action(), file(name="audit.txt"))
    with pytest.raises(Unacceptable, match=r"“again\.txt” is here already, as “audit\.txt”"):
        services.add_files(made, [file(b"New"), file(name="again.txt")], **WHO)
    assert Document.objects.count() == 1


def test_a_file_that_shows_two_things_is_kept_once() -> None:
    action = make_action()
    evidence(action, file(name="audit.txt"))
    other = evidence(action, file(name="audit.txt"), quarter=EvidenceQuarter.DATA)
    elsewhere = evidence(make_action(action.plan), file(name="audit.txt"))
    assert Document.objects.count() == 2
    assert other.files.get().document != elsewhere.files.get().document


def test_a_file_is_as_close_as_its_action() -> None:
    action = make_action(tier=Tier.T2)
    assert evidence(action, file()).files.get().document.tier == Tier.T2
    entries = Entry.objects.filter(type__in=["documents.file_stored", "plans.evidence_recorded"])
    assert set(entries.values_list("tier", flat=True)) == {"T2"}


def test_what_is_read_by_fewer_later_takes_its_files_along() -> None:
    action, plan = make_action(), make_plan(name="Another")
    kept = evidence(action, file()).files.get().document
    services.edit_action(action, 1, {"tier": Tier.T2}, **WHO)
    kept.refresh_from_db()
    assert kept.tier == Tier.T2
    other = evidence(make_action(plan), file()).files.get().document
    services.edit_plan(plan, 1, {"tier": Tier.T2}, **WHO)
    other.refresh_from_db()
    assert other.tier == Tier.T2


class TestOnScreen:
    @pytest.fixture
    def action(self) -> Action:
        return old_action(old_plan(make_group()), make_agency("The constabulary"))

    @pytest.fixture
    def owner(self, action: Action) -> Any:
        return make_user("owner", "agency", "the-constabulary")

    def answers(self, *files: SimpleUploadedFile, **more: Any) -> dict[str, Any]:
        day = {"dated_on-day": "2", "dated_on-month": "3", "dated_on-year": "2020"}
        said = {"quarter": "audit", "text": "Seen", "said_by": "", "received_how": "screen"}
        return {**said, **day, "attached": list(files), **more}

    def test_evidence_comes_with_several_files_and_shows_them(self, action: Action, owner: Any) -> None:
        client, at = signed_in(owner), f"/actions/{action.reference}/"
        page = client.get(f"{at}evidence/")
        assert 'enctype="multipart/form-data"' in words(page)
        files = [SimpleUploadedFile("audit.txt", b"Twenty"), SimpleUploadedFile("f.csv", b"a,b\n1,2")]
        sent = client.post(f"{at}evidence/", self.answers(*files), follow=True)
        said = words(sent)
        assert "The evidence was added." in said
        assert "audit.txt</a>" in said
        assert "plain text, 6" in said
        assert EvidenceFile.objects.count() == 2

    def test_a_refused_file_is_told_beside_its_box_and_nothing_is_kept(
        self, action: Action, owner: Any
    ) -> None:
        bad = SimpleUploadedFile("audit.html", b"<html><script>")
        sent = signed_in(owner).post(f"/actions/{action.reference}/evidence/", self.answers(bad))
        assert sent.status_code == 422
        assert list(sent.context["form"].errors) == ["attached"]
        assert "“audit.html” was not kept: this kind of file is not kept;" in words(sent)
        assert not action.evidence.exists()
        empty = SimpleUploadedFile("audit.txt", b"")
        sent = signed_in(owner).post(f"/actions/{action.reference}/evidence/", self.answers(empty))
        assert "this file is empty" in words(sent)

    def test_of_a_photograph_it_is_told_what_was_left_out(self, action: Action, owner: Any) -> None:
        seen = SimpleUploadedFile("seen.jpg", jpeg(exif()))
        sent = signed_in(owner).post(
            f"/actions/{action.reference}/evidence/", self.answers(seen), follow=True
        )
        assert "Where and when “seen.jpg” was taken was left out of what is kept." in words(sent)

    def test_files_are_added_to_evidence_and_the_same_one_is_told(self, action: Action, owner: Any) -> None:
        made = services.record_evidence(
            action, EvidenceQuarter.AUDIT, "Seen", dated_on=DAY, files=[file(b"Twenty")], **WHO
        )
        client, at = signed_in(owner), f"/actions/{action.reference}/evidence/{made.pk}/files/"
        assert "Answer" not in words(client.get(at))
        assert client.post(at, {}).status_code == 422
        sent = client.post(at, {"attached": SimpleUploadedFile("new.txt", b"More")}, follow=True)
        assert "1 file was added." in words(sent)
        again = client.post(at, {"attached": SimpleUploadedFile("new.txt", b"More")})
        assert "“new.txt” is here already, as “new.txt”." in words(again)
        two = [SimpleUploadedFile("a.txt", b"A"), SimpleUploadedFile("b.txt", b"B")]
        assert "2 files were added." in words(client.post(at, {"attached": two}, follow=True))

    def test_a_file_that_other_evidence_has_is_told(self, action: Action, owner: Any) -> None:
        services.record_evidence(
            action, EvidenceQuarter.DATA, "Counted", dated_on=DAY, files=[file(b"Twenty")], **WHO
        )
        sent = signed_in(owner).post(
            f"/actions/{action.reference}/evidence/",
            self.answers(SimpleUploadedFile("x.txt", b"Twenty")),
            follow=True,
        )
        assert "“audit.txt” stood with other evidence of this action already" in words(sent)

    def test_a_file_is_handed_out_as_an_attachment_to_whoever_reads_the_action(self, action: Action) -> None:
        kept = evidence(action, file(b"Twenty")).files.get()
        member = signed_in(make_user("owner", "agency", make_agency("Elsewhere").key))
        response = member.get(f"/actions/{action.reference}/files/{kept.pk}/")
        assert (response.status_code, response.getvalue()) == (200, b"Twenty")  # type: ignore[attr-defined]
        hung_up(response)
        assert response["Content-Disposition"] == 'attachment; filename="audit.txt"'
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]

    def test_a_file_of_a_closer_action_does_not_exist_for_others(self, action: Action, owner: Any) -> None:
        closer = old_action(action.plan, make_agency("Hospital"), tier=Tier.T2)
        kept = evidence(closer, file(b"Secret", "secret.txt")).files.get()
        client = signed_in(owner)
        assert client.get(f"/actions/{closer.reference}/files/{kept.pk}/").status_code == 404
        assert client.get(f"/actions/{action.reference}/files/{kept.pk}/").status_code == 404
        assert (
            client.get(f"/actions/{closer.reference}/evidence/{kept.evidence_id}/files/").status_code == 404
        )
        insider = signed_in(make_user("owner", "agency", "hospital"))
        response = insider.get(f"/actions/{closer.reference}/files/{kept.pk}/")
        assert response.status_code == 200
        hung_up(response)

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_queries_do_not_grow_with_files(
        self, action: Action, owner: Any, number: int, django_assert_max_num_queries: Any
    ) -> None:
        made = evidence(action)
        document = evidence(action, file()).files.get().document
        copies = [
            Document(**{f.name: getattr(document, f.name) for f in Document._meta.fields if f.name != "id"})
            for _ in range(number)
        ]
        rows = Document.objects.bulk_create(copies)
        EvidenceFile.objects.bulk_create(
            EvidenceFile(evidence=made, document=row, recorded_at=NOW, entered_by_label="x") for row in rows
        )
        client = signed_in(owner)
        with django_assert_max_num_queries(12):
            page = client.get(f"/actions/{action.reference}/")
        assert page.content.count(b"audit.txt</a>") == number + 1
