"""Samples of the journal: drawn, marked, signed, printed; and personal values removed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sightline.access.entries import AccessEntry
from sightline.access.models import User
from sightline.events.choices import SYSTEM, StaleRecord, Tier
from sightline.events.entries import EventEntry
from sightline.events.models import Entry, PersonalValue, Seal
from sightline.events.services import record, seal, verify
from sightline.jobs.choices import PermanentFailure
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.oversight import services
from sightline.oversight.choices import NotYet, Verdict
from sightline.oversight.entries import OversightEntry
from sightline.oversight.jobs import draw_sample
from sightline.oversight.models import Mark, Sample, SampledEntry
from sightline.oversight.rules.sampling import draw
from sightline.partners.services import found_partnership
from tests.access.people import member, person
from tests.oversight.making import at, make_alert, make_sample, noon, opened_case

pytestmark = pytest.mark.django_db
IN_OCTOBER = noon(dt.date(2026, 10, 20))
NOW = noon(dt.date(2026, 11, 1))
MOST_QUERIES = 12


@pytest.fixture
def dee(client: Client) -> User:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    user = member("Dee Data", "data_protection")
    client.force_login(user)
    return user


def signed_in(times: int, moment: dt.datetime = IN_OCTOBER, by: Any = SYSTEM) -> list[Entry]:
    return [at(moment, record(AccessEntry.SIGNED_IN, by=by)) for _ in range(times)]


def test_none_is_drawn_while_a_new_key_waits_and_why_is_said(dee: User, settings: Any) -> None:
    signed_in(1, timezone.now() - dt.timedelta(days=40))
    seal(timezone.now())
    signed_in(1, timezone.now() - dt.timedelta(days=40))
    settings.JOURNAL_KEY, settings.JOURNAL_OLD_KEYS = "1e" * 32, [settings.JOURNAL_KEY]
    with pytest.raises(PermanentFailure, match="rotate-key"):
        draw_sample(None)
    assert not Sample.objects.exists()


def test_the_month_that_is_over_is_drawn_once_by_the_head_of_the_journal(dee: User) -> None:
    entries = signed_in(30)
    signed_in(3, IN_OCTOBER - dt.timedelta(days=30))
    viewed = opened_case(dee, moment=IN_OCTOBER)
    at(IN_OCTOBER, record(EventEntry.JOURNAL_READ, by=dee.actor))  # T1: no confidential record
    sample = services.draw_sample(NOW)
    assert sample is not None
    assert services.draw_sample(NOW) is None
    assert (sample.month, sample.population["sign_ins"], sample.population["views"]) == (
        dt.date(2026, 10, 1),
        30,
        1,
    )
    assert sample.head == Seal.objects.latest("sequence").head
    drawn = list(sample.drawn.filter(kind="sign_ins").values_list("entry_number", flat=True))
    assert drawn == sorted(draw([(e.pk, e.digest) for e in entries], sample.head, 10))
    assert list(sample.drawn.filter(kind="views").values_list("entry_number", flat=True)) == [viewed.pk]
    [item] = WorkItem.objects.filter(kind="sample")
    assert (item.for_scope, item.due_on) == ("may:journal_sample", dt.date(2026, 11, 22))
    assert OutgoingMail.objects.get(subject__contains="sample").to == dee.email


def test_a_month_without_entries_gives_no_sample() -> None:
    assert services.draw_sample(noon(dt.date(2019, 3, 5))) is None
    assert not Sample.objects.exists()


def said(sample: Sample, position: int, verdict: Verdict, words: str = "", version: int = 1) -> SampledEntry:
    drawn = sample.drawn.get(position=position)
    return services.mark(drawn, verdict, words, version=version, by=SYSTEM, now=NOW)


def test_every_entry_is_looked_at_and_every_query_settled_before_it_is_signed(dee: User) -> None:
    sample = make_sample(signed_in(1) + signed_in(1, by=dee.actor))
    second = member("Sid Second", "data_protection")
    with pytest.raises(NotYet, match="Look at every entry first: 2 left"):
        services.sign(sample, dee, "", version=1, by=dee.actor, now=NOW)
    said(sample, 1, Verdict.IN_ORDER)
    with pytest.raises(NotYet, match="Say why"):
        said(sample, 2, Verdict.QUERIED, " ")
    said(sample, 2, Verdict.QUERIED, "Why at night?")
    with pytest.raises(StaleRecord):
        said(sample, 2, Verdict.IN_ORDER)
    with pytest.raises(NotYet, match="Settle what was queried first: 1"):
        services.sign(sample, dee, "", version=1, by=dee.actor, now=NOW)
    said(sample, 2, Verdict.SETTLED, "On duty", version=2)
    first = services.sign(sample, dee, "All well", version=1, by=dee.actor, now=NOW)
    assert (first.kind, first.own_entries) == ("review", 1)
    with pytest.raises(NotYet, match="signed already"):
        said(sample, 1, Verdict.QUERIED, "Late thought", version=2)
    with pytest.raises(StaleRecord):
        services.sign(sample, second, "", version=1, by=second.actor, now=NOW)
    with pytest.raises(NotYet, match="somebody other"):
        services.sign(sample, dee, "", version=2, by=dee.actor, now=NOW)
    assert services.sign(sample, second, "", version=2, by=second.actor, now=NOW).kind == "second_look"
    with pytest.raises(NotYet, match="signed already"):
        services.sign(sample, second, "", version=3, by=second.actor, now=NOW)
    assert list(Mark.objects.values_list("verdict", flat=True)) == ["in_order", "queried", "settled"]


def test_the_pages_go_from_entry_to_entry_to_the_signature(dee: User, client: Client) -> None:
    make_sample(signed_in(2))
    assert [row.left for row in client.get("/data-protection/samples/").context["page"].listing.rows] == [2]
    address = "/data-protection/samples/2026-10/"
    page = client.get(address).context["page"]
    assert (page.left, page.next, page.may_sign) == (2, 1, False)
    wrong = client.post(f"{address}1/", {"version": 1, "verdict": "queried"})
    assert (wrong.status_code, "Say why in a sentence" in wrong.content.decode()) == (422, True)
    done = client.post(f"{address}1/", {"version": 1, "verdict": "in_order"})
    assert done["Location"] == f"{address}2/"
    stale = client.post(f"{address}1/", {"version": 1, "verdict": "in_order"})
    assert (stale.status_code, "Somebody else saved" in stale.content.decode()) == (422, True)
    early = client.post(f"{address}sign/", {"version": 1})
    assert (early.status_code, "1 left" in early.content.decode()) == (422, True)
    client.post(f"{address}2/", {"version": 1, "verdict": "queried", "words": "Who was it?"})
    offered = client.get(f"{address}2/").context["form"].fields["verdict"].choices
    assert [key for key, _ in offered] == ["settled", "queried"]
    last = client.post(f"{address}2/", {"version": 2, "verdict": "settled", "words": "The duty officer"})
    assert last["Location"] == address
    assert client.post(f"{address}sign/", {"version": 1, "words": "Nothing to tell"}).status_code == 302
    shown = client.get(address)
    assert "Nothing to tell" in shown.content.decode()
    assert "This sample is signed" in client.get(f"{address}1/").content.decode()


def test_what_may_not_be_read_is_withheld_in_page_entry_and_report(dee: User, client: Client) -> None:
    make_sample([opened_case(dee, "Case of Sorrel", reason="A secret reason")])
    address = "/data-protection/samples/2026-10/"
    for path in ("", "1/", "as/csv/", "as/docx/"):
        content = client.get(f"{address}{path}").content
        assert b"Sorrel" not in content
        assert b"secret reason" not in content
    page = client.get(address).context["page"]
    [(_, _, (row,))] = page.groups
    assert (row.who, row.what, row.about) == (
        "Dee Data",
        "Child-level or restricted record opened",
        "About a record that you may not open",
    )


def test_the_report_tells_how_it_was_drawn_what_was_found_and_who_signed(dee: User, client: Client) -> None:
    sample = make_sample(signed_in(1))
    said(sample, 1, Verdict.QUERIED, "Who was it?")
    said(sample, 1, Verdict.SETTLED, "The duty officer", version=2)
    services.sign(sample, dee, "Fit", version=1, by=dee.actor, now=NOW)
    text = client.get("/data-protection/samples/2026-10/as/csv/").content.decode("utf-8-sig")
    assert "Queried (Sightline): Who was it?" in text
    assert "Queried, and settled (Sightline): The duty officer" in text
    for format in ("docx", "pdf"):
        answer = client.get(f"/data-protection/samples/2026-10/as/{format}/")
        assert (answer.status_code, len(answer.content) > 2_000) == (200, True)
    assert Entry.objects.filter(type="oversight.sample_printed").count() == 3
    for path in ("2026-10/as/exe/", "2026-11/", "nonsense/", "2026-10/9/"):
        assert client.get(f"/data-protection/samples/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "1/", "as/csv/"])
def test_queries_do_not_grow(dee: User, client: Client, path: str) -> None:
    asked = []
    for month, size in ((7, 1), (8, 3), (9, 50)):
        make_sample(signed_in(size), dt.date(2026, month, 1))
        address = f"/data-protection/samples/2026-{month:02}/{path}"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append([q for q in queries.captured_queries if "SAVEPOINT" not in q["sql"]])
    assert len({len(found) for found in asked}) == 1
    assert len(asked[0]) <= MOST_QUERIES


def test_personal_values_are_removed_by_data_protection_with_a_reason(dee: User, client: Client) -> None:
    entry = record(AccessEntry.SIGN_IN_FAILED, by=SYSTEM, personal={"email": "sorrel@wealdshire.example"})
    asks = client.get(f"/journal/{entry.pk}/").content.decode()
    assert f"/journal/{entry.pk}/shred/" in asks
    assert "sorrel@wealdshire.example" in client.get(f"/journal/{entry.pk}/shred/").content.decode()
    assert client.post(f"/journal/{entry.pk}/shred/", {"reason": ""}).status_code == 422
    assert client.post(f"/journal/{entry.pk}/shred/", {"reason": "Its time is over"}).status_code == 302
    assert not PersonalValue.objects.filter(entry=entry).exists()
    told = Entry.objects.get(type="events.personal_shredded")
    assert (told.reason, told.actor_label) == ("Its time is over", "Dee Data")
    assert f"/journal/{entry.pk}/shred/" not in client.get(f"/journal/{entry.pk}/").content.decode()
    client.post(f"/journal/{entry.pk}/shred/", {"reason": "Again"})
    assert Entry.objects.filter(type="events.personal_shredded").count() == 1
    assert verify().broken == []


def test_the_unit_reads_the_entry_and_removes_nothing(dee: User) -> None:
    entry = record(AccessEntry.SIGN_IN_FAILED, by=SYSTEM, personal={"email": "sorrel@wealdshire.example"})
    unit = Client()
    unit.force_login(member("Una Unit", "unit"))
    assert "/shred/" not in unit.get(f"/journal/{entry.pk}/").content.decode()
    assert unit.post(f"/journal/{entry.pk}/shred/", {"reason": "I say so"}).status_code == 403
    assert PersonalValue.objects.filter(entry=entry).exists()


def test_restricted_entries_are_removed_by_nobody_who_may_not_read_them(dee: User, client: Client) -> None:
    entry = opened_case(dee)
    assert client.post(f"/journal/{entry.pk}/shred/", {"reason": "I say so"}).status_code == 404


def test_reading_what_would_be_removed_is_journalled(dee: User, client: Client) -> None:
    entry = record(AccessEntry.SIGN_IN_FAILED, by=SYSTEM, personal={"email": "sorrel@wealdshire.example"})
    client.get(f"/journal/{entry.pk}/shred/")
    told = Entry.objects.get(type="events.entry_read")
    assert (told.subject_id, told.actor_user_id) == (str(entry.pk), dee.pk)


def test_nobody_removes_what_tells_of_themselves(dee: User, client: Client) -> None:
    own = record(AccessEntry.SIGN_IN_FAILED, by=dee.actor, personal={"email": dee.email})
    about = record(OversightEntry.ALERT_RAISED, by=SYSTEM, subject=make_alert(dee), tier=Tier.T2)
    others = record(OversightEntry.ALERT_RAISED, by=SYSTEM, subject=make_alert(person("Ola")), tier=Tier.T2)
    for entry, removes in ((own, False), (about, False), (others, True)):
        shown = client.get(f"/journal/{entry.pk}/").content.decode()
        assert ("/shred/" in shown, "somebody else removes" in shown) == (removes, not removes)
        sent = client.post(f"/journal/{entry.pk}/shred/", {"reason": "Its time is over"})
        assert sent.status_code == (302 if removes else 404)
        assert PersonalValue.objects.filter(entry=entry).exists() is not removes


def test_what_was_said_meanwhile_is_told_once_and_saving_again_works(dee: User, client: Client) -> None:
    sample = make_sample()
    services.mark(sample.drawn.get(), Verdict.QUERIED, "Who was it?", version=1, by=SYSTEM, now=NOW)
    address = f"/data-protection/samples/{sample.key}/1/"
    sent = {"verdict": "settled", "words": "It was Ann", "version": 1}
    stale = client.post(address, sent)
    assert "Somebody else saved" in stale.content.decode()
    assert (
        client.post(address, sent | {"version": stale.context["form"]["version"].value()}).status_code == 302
    )
    Sample.objects.update(version=5)
    stale = client.post(f"/data-protection/samples/{sample.key}/sign/", {"version": 1})
    assert stale.context["form"]["version"].value() == "5"


def test_reading_a_sample_is_as_confidential_as_samples_are(dee: User, client: Client) -> None:
    client.get(f"/data-protection/samples/{make_sample().key}/")
    assert Entry.objects.get(type="events.journal_read").tier == "T2"


def test_data_protection_finds_support_sessions(dee: User, client: Client) -> None:
    told = client.get("/access-reviews/").content.decode()
    assert ("/support/" in told, "/access-reviews/reviewers/" in told) == (True, False)
