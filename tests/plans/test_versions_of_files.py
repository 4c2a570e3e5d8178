"""Newer versions of files of evidence: the newest is shown, those before it stay, and each is told of."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.access.models import User
from sightline.documents.models import Document
from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.events.disposing import Doing
from sightline.events.held import parts
from sightline.events.models import Entry
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from sightline.plans.disposed import offered
from sightline.plans.models import Action, EvidenceFile, Plan
from sightline.plans.services.current import refresh_current
from sightline.plans.services.disposing import dispose_of_evidence_files
from sightline.plans.services.rolling.carrying import carry
from sightline.plans.services.rolling.structure import Carrying
from sightline.retention.choices import HoldOver
from sightline.retention.selectors import held_among, holds_on, kept_among
from sightline.retention.services import keep_longer
from sightline.search.models import SearchEntry
from sightline.search.services import rebuild
from tests.documents.making import file, hung_up
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_group, make_plan, make_user
from tests.plans.viewing import old_action, old_plan, signed_in, words
from tests.retention.making import NOW as AT
from tests.retention.making import make_hold

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)


def kept_with(action: Action, content: bytes = b"Twenty", name: str = "audit.txt") -> EvidenceFile:
    made = services.record_evidence(
        action,
        EvidenceQuarter.AUDIT,
        "Files read",
        dated_on=TODAY,
        files=[file(content, name)],
        by=BY,
        now=NOW,
    )
    return made.files.get()


def put(kept: EvidenceFile, content: bytes, name: str = "audit-2.txt", **more: Any) -> list[EvidenceFile]:
    said = {"reason": "Two were counted twice", "by": BY, "now": LATER, **more}
    return services.add_version(kept.evidence.action, kept, file(content, name), **said)


def test_the_row_before_stays_and_the_journal_names_both_and_why() -> None:
    kept = kept_with(make_action())
    [newer] = put(kept, b"Nineteen")
    assert list(EvidenceFile.objects.order_by("pk")) == [kept, newer]
    assert (newer.evidence, newer.reason, newer.document.replaces) == (
        kept.evidence,
        "Two were counted twice",
        kept.document,
    )
    entry = Entry.objects.get(type="plans.file_replaced")
    assert json.loads(entry.before)["sha256"] == kept.document.sha256
    assert json.loads(entry.after)["sha256"] == newer.document.sha256
    assert entry.reason == "Two were counted twice"


def test_what_may_not_be_put_is_told_and_nothing_is_kept() -> None:
    action = make_action()
    kept, other = kept_with(action), kept_with(action, b"Other", "other.txt")
    for content, reason, field, told in (
        (b"Nineteen", " ", "reason", "Write why"),
        (b"Twenty", "Why", "attached", "the same file as version 1"),
        (b"Other", "Why", "attached", "is here already, as “other.txt”"),
        (b"MZ\x90", "Why", "attached", "was not kept"),
    ):
        with pytest.raises(Unacceptable) as refused:
            put(kept, content, "audit.exe" if content[:2] == b"MZ" else "a.txt", reason=reason)
        assert told in refused.value.problems[field]
    put(kept, b"Nineteen")
    with pytest.raises(StaleRecord):
        put(kept, b"Eighteen")
    with pytest.raises(Unacceptable, match="earlier version of a file"):
        services.add_files(other.evidence, [file(b"Twenty", "again.txt")], by=BY, now=LATER)
    assert Document.objects.count() == 3


def test_a_file_of_two_pieces_of_evidence_is_replaced_in_both() -> None:
    action = make_action()
    first, second = kept_with(action), kept_with(action)
    newer = put(first, b"Nineteen")
    assert {row.evidence for row in newer} == {first.evidence, second.evidence}
    assert len({row.document_id for row in newer}) == 1


class TestCarried:
    """An action that was carried into the next plan shares its files with the one that took over."""

    def carried(self, kept: EvidenceFile) -> EvidenceFile:
        old = kept.evidence.action
        carry(Carrying(old.plan, make_plan(old.plan.group, "The next plan"), TODAY, BY, NOW), [old])
        row = EvidenceFile.objects.get(evidence__action__carried_from=old)
        refresh_current(row.evidence.action, now=NOW)
        return row

    def test_a_newer_version_is_put_with_it_and_the_former_keeps_what_it_had(self) -> None:
        kept = kept_with(make_action())
        again = self.carried(kept)
        with pytest.raises(Unacceptable, match="Another action took over"):
            put(kept, b"Eighteen")
        [newer] = put(again, b"Nineteen")
        assert newer.document.version == 2
        with pytest.raises(Unacceptable, match="Another action took over"):
            put(kept, b"Eighteen")
        assert list(EvidenceFile.objects.filter(evidence=kept.evidence)) == [kept]
        assert Document.objects.count() == 2

    def test_nothing_is_offered_with_the_former_one(self) -> None:
        action = old_action(old_plan(make_group()), make_agency("The constabulary"))
        kept = kept_with(action)
        again = self.carried(kept)
        client = signed_in(make_user("owner", "agency", "the-constabulary"))
        for row, offered_there in ((kept, False), (again, True)):
            at = f"/actions/{row.evidence.action.reference}/"
            newer = f"{at}files/{row.pk}/newer/"
            for page in (at, f"{at}files/{row.pk}/versions/"):
                assert (newer in words(client.get(page))) == offered_there
            assert (client.get(newer).status_code == 200) == offered_there


def test_every_version_is_as_close_as_the_action_becomes() -> None:
    action = make_action()
    put(kept_with(action), b"Nineteen")
    services.edit_action(action, 1, {"tier": Tier.T2}, by=BY, now=LATER)
    assert set(Document.objects.values_list("tier", flat=True)) == {"T2"}


def test_search_finds_the_newest_alone() -> None:
    [newer] = put(kept_with(make_action()), b"Nineteen", "zebra.txt")

    def found() -> list[tuple[int, str]]:
        return list(SearchEntry.objects.filter(kind="file").values_list("record_id", "title"))

    assert found() == [(newer.pk, "zebra.txt")]
    SearchEntry.objects.all().delete()
    rebuild()
    assert found() == [(newer.pk, "zebra.txt")]


def test_the_own_data_page_tells_who_put_it_and_why() -> None:
    user = make_user("owner", "agency", make_agency("Police").key)
    put(kept_with(make_action()), b"Nineteen", by=user.actor)
    said = parts()["said"]
    assert ("Evidence file", "Two were counted twice") in [(row[0], row[4]) for row in said.rows(user)]


class TestDisposal:
    def dispose(self, *numbers: int) -> int:
        Plan.objects.update(state="closed")
        return dispose_of_evidence_files(numbers, Doing(BY, "Old", LATER))

    def test_the_whole_line_goes_together_by_the_number_it_began_with(self) -> None:
        kept = kept_with(make_action())
        [second] = put(kept, b"Nineteen")
        [third] = put(second, b"Eighteen")
        kind = next(each for each in offered if each.rule == "evidence_files")
        numbers = [kept.pk, second.pk, third.pk]
        assert kind.goes_with([*numbers, 98765]) == {**dict.fromkeys(numbers, kept.pk), 98765: 98765}
        assert self.dispose(kept.pk) == 1
        assert (EvidenceFile.objects.count(), Document.objects.count()) == (0, 0)
        assert Entry.objects.filter(type="plans.file_disposed").count() == 3
        assert not SearchEntry.objects.filter(kind="file").exists()

    def test_whoever_holds_or_keeps_one_version_keeps_every_one(self, django_assert_num_queries: Any) -> None:
        kept = kept_with(make_action())
        [second] = put(kept, b"Nineteen")
        [third] = put(second, b"Eighteen")
        other = kept_with(make_action(kept.evidence.action.plan), b"Two", "other.txt")
        kind = next(each for each in offered if each.rule == "evidence_files")
        holds = [
            make_hold(BY, over=HoldOver.RECORD, rule=kind.rule, number=row.pk) for row in (kept, third, other)
        ]
        with django_assert_num_queries(3):
            found = holds_on(kind, third.pk)
        assert {hold.pk for hold in found} == {holds[0].pk, holds[1].pk}
        assert {hold.pk for hold in holds_on(kind, kept.pk)} == {holds[0].pk, holds[1].pk}
        assert held_among(kind, [kept.pk, second.pk, other.pk], [holds[1]]) == {kept.pk}
        until = AT.date() + timedelta(days=3)
        made = keep_longer(kind, third.pk, until=until, reason="A court asks", by=BY, now=AT)
        assert kept_among(kind.rule, [kept.pk], AT.date()) == {kept.pk}
        assert made.number == kept.pk

    def test_what_other_evidence_keeps_stays_with_the_versions_before_it(self) -> None:
        action = make_action()
        kept = kept_with(action)
        [second] = put(kept, b"Nineteen")
        other = kept_with(action, b"Nineteen", "audit-2.txt")
        assert other.document == second.document
        self.dispose(kept.pk)
        assert list(EvidenceFile.objects.all()) == [other]
        assert Document.objects.count() == 2


class TestOnScreen:
    @pytest.fixture
    def action(self) -> Action:
        return old_action(old_plan(make_group()), make_agency("The constabulary"))

    @pytest.fixture
    def owner(self, action: Action) -> User:
        return make_user("owner", "agency", "the-constabulary")

    def test_a_newer_version_is_put_shown_and_read_with_those_before(
        self, action: Action, owner: User
    ) -> None:
        kept, client = kept_with(action), signed_in(owner)
        at = f"/actions/{action.reference}/files/{kept.pk}/"
        assert f'href="{at}newer/"' in words(client.get(f"/actions/{action.reference}/"))
        assert "“audit.txt”, version 1" in words(client.get(f"{at}newer/"))
        assert client.post(f"{at}newer/", {"reason": "Why"}).status_code == 422
        sent = {"attached": SimpleUploadedFile("new.txt", b"Nineteen"), "reason": "Two were counted twice"}
        page = words(client.post(f"{at}newer/", sent, follow=True))
        assert "“new.txt” is version 2 now; those before it are kept." in page
        assert "new.txt</a>" in page
        assert "audit.txt</a>" not in page
        assert "version 2, plain text" in page
        assert "Newer version of a file of evidence: new.txt, version 2" in page
        assert client.get(f"{at}newer/")["Location"] == f"{at}versions/"
        told = words(client.get(f"{at}versions/"))
        for said in (
            kept.document.sha256,
            "Two were counted twice",
            "Not the newest version: that is version 2, “new.txt”.",
        ):
            assert said in told
        response = client.get(at)
        assert response.getvalue() == b"Twenty"
        hung_up(response)
        assert "audit (version 1, not the newest).txt" in response["Content-Disposition"]

    def test_whoever_comes_second_is_told_on_the_page(self, action: Action, owner: User) -> None:
        kept = kept_with(action)
        put(kept, b"Nineteen")
        sent = {"attached": SimpleUploadedFile("new.txt", b"Eighteen"), "reason": "Why"}
        page = signed_in(owner).post(f"/actions/{action.reference}/files/{kept.pk}/newer/", sent)
        assert page.status_code == 422
        assert "Somebody put a newer version here before you" in words(page)
        assert Document.objects.count() == 2

    def test_it_is_told_before_that_other_evidence_shows_the_file_too(
        self, action: Action, owner: User
    ) -> None:
        kept = kept_with(action)
        kept_with(action)
        page = signed_in(owner).get(f"/actions/{action.reference}/files/{kept.pk}/newer/")
        assert "With 2 pieces of evidence of this action; it is put with each" in words(page)

    def test_a_version_added_to_other_evidence_is_no_newer_one(self, action: Action, owner: User) -> None:
        kept = kept_with(action)
        put(kept, b"Nineteen", "new.txt")
        other = kept_with(action, b"Nineteen", "new.txt")
        client = signed_in(owner)
        page = words(client.get(f"/actions/{action.reference}/"))
        assert page.count("Newer version of a file of evidence: new.txt") == 1
        assert "File added to evidence: new.txt" in page
        EvidenceFile.objects.exclude(pk=other.pk).delete()
        told = words(client.get(f"/actions/{action.reference}/files/{other.pk}/versions/"))
        assert "It stood with other evidence of the action." in told
        assert "It was the first." not in told

    def test_a_day_looked_back_at_shows_what_stood_then(self, action: Action, owner: User) -> None:
        kept = kept_with(action)
        put(kept, b"Nineteen", "new.txt")
        client = signed_in(owner)
        then = words(client.get(f"/actions/{action.reference}/", {"as_at": f"{NOW:%Y-%m-%d}"}))
        assert "audit.txt</a>" in then
        assert "new.txt" not in then

    def test_readers_read_all_versions_and_put_none(self, action: Action) -> None:
        kept = kept_with(action)
        [newer] = put(kept, b"Nineteen")
        client = signed_in(make_user("owner", "agency", make_agency("Elsewhere").key))
        at = f"/actions/{action.reference}/files/{newer.pk}/"
        assert "Put a newer version here" not in words(client.get(f"{at}versions/"))
        assert client.get(f"{at}newer/").status_code == 403

    def test_versions_of_a_closer_action_do_not_exist_for_others(self, action: Action, owner: User) -> None:
        closer = old_action(action.plan, make_agency("Hospital"), tier=Tier.T2)
        [newer] = put(kept_with(closer, b"Secret", "secret.txt"), b"More", "secret-2.txt")
        client = signed_in(owner)
        for reference in (closer.reference, action.reference):
            for page in ("", "newer/", "versions/"):
                assert client.get(f"/actions/{reference}/files/{newer.pk}/{page}").status_code == 404

    @pytest.mark.parametrize("number", [1, 3, 300])
    def test_queries_do_not_grow_with_versions(
        self, action: Action, owner: User, number: int, django_assert_max_num_queries: Any
    ) -> None:
        kept = kept_with(action)
        said = {
            "name": "n.txt",
            "sha256": "1" * 64,
            "size": 3,
            "kind": "txt",
            "stored_at": NOW,
            "first": kept.document,
        }
        before = kept.document
        for version in range(2, number + 2):
            before = Document.objects.create(replaces=before, version=version, **said)
            newest = EvidenceFile.objects.create(
                evidence=kept.evidence, document=before, recorded_at=NOW, entered_by_label="x", reason="Why"
            )
        client = signed_in(owner)
        for page in ("", f"files/{kept.pk}/versions/", f"files/{newest.pk}/newer/"):
            with django_assert_max_num_queries(12):
                response = client.get(f"/actions/{action.reference}/{page}")
            assert f"version {number + 1}" in words(response).lower()
