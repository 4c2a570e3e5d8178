"""The pages of the journal: what shows, to whom, how it is narrowed, leafed through and taken away."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from sightline.access.models import User
from sightline.access.scope import NOBODY, Scope
from sightline.access.services import grant, let_sign_in
from sightline.events import guards, selectors
from sightline.events.choices import SYSTEM, Actor, Subject, Tier
from sightline.events.entries import EventEntry, stored_name
from sightline.events.models import Entry, PersonalValue
from sightline.events.pages import rows_of
from sightline.events.services import record, seal, shred
from sightline.partners.models import Partnership
from sightline.plans.models import Source
from tests.access.people import LONG_AGO, member
from tests.events.kinds import Kind
from tests.knowing.making import listed
from tests.restricted.models import CaseNote

pytestmark = pytest.mark.django_db
LEDGER = Subject("shop", "ledger", "12", "The ledger")
READ = stored_name("events", EventEntry.JOURNAL_READ)
MOST_QUERIES = 12


@pytest.fixture
def unit(client: Client) -> User:
    Partnership.objects.create(pk=1, name="Wealdshire", short_name="WSCP", brand_colour="#0b5351")
    user = member("Una Unit", "unit")
    client.force_login(user)
    return user


@pytest.fixture
def reader(client: Client, unit: User) -> User:
    """Somebody who reads the journal and, by another role, restricted records whose list they stand on."""
    reading = member("Rea Reader", "unit")
    grant(reading, "case_review_officer", "partnership", "", LONG_AGO, by=SYSTEM)
    client.force_login(reading)
    return reading


def plain(reason: str, **more: Any) -> Entry:
    return record(Kind.PLAIN, by=more.pop("by", SYSTEM), reason=reason, **more)


def reasons(client: Client, address: str = "/journal/") -> list[str]:
    """The reasons of the rows that a page shows."""
    rows = client.get(address).context["page"].listing.rows
    return [row.reason for row in rows if row.reason]


def test_the_newest_entry_stands_first_with_who_what_and_why(client: Client, unit: User) -> None:
    plain("first")
    plain("second", by=unit.actor, subject=LEDGER, before={"rating": "amber"}, after={"rating": "green"})
    page = client.get("/journal/").context["page"]
    row = page.listing.rows[0]
    assert (row.who, row.role, row.what) == ("Una Unit", "Business manager", "Something plain")
    assert (row.told, row.about, row.reason) == ("Rating: amber → green", "The ledger", "second")
    assert [one.reason for one in page.listing.rows[:2]] == ["second", "first"]
    assert row.of == "/journal/?record=shop.ledger.12"


def test_that_it_was_read_is_written_down_with_every_page(client: Client, unit: User) -> None:
    for _ in range(60):
        plain("one of many")
    response = client.get("/journal/?words=many")
    client.get("/journal/" + response.context["page"].listing.next)
    first, second = Entry.objects.filter(type=READ).order_by("pk")
    assert [first.actor_user_id, second.actor_user_id] == [unit.pk, unit.pk]
    for told in (first, second):
        assert selectors.personal_values(told) == {"after.asked": "words=many"}


def test_what_was_asked_is_told_whole_whatever_stands_around_it(client: Client, unit: User) -> None:
    words = "é" * 200
    client.get(
        "/journal/", {"padding": "x" * 2_000, "words": words, "record": "shop.ledger.12", "kind": "wrong"}
    )
    told = selectors.personal_values(Entry.objects.get(type=READ))["after.asked"]
    assert parse_qs(told) == {"words": [words], "record": ["shop.ledger.12"]}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["b", "a", "c d"]),
        ("who=una", ["a"]),
        ("who=una.unit@wealdshire.example", ["a"]),
        ("who=sightline", ["b", "c d"]),
        ("who=nobody", []),
        ("kind=journal_test.plain", ["a", "c d"]),
        ("tier=T2", ["c d"]),
        ("words=C+D", ["c d"]),
        ("words=ledger", ["a"]),
        ("record=shop.ledger.12", ["a"]),
        ("record=shop.ledger.13", []),
        ("kind=journal_test.plain&words=a", ["a"]),
        ("first-day=1&first-month=1&first-year=2100", []),
        ("last-day=1&last-month=1&last-year=2000", []),
        (
            "first-day=1&first-month=1&first-year=2000&last-day=1&last-month=1&last-year=2100",
            ["b", "a", "c d"],
        ),
    ],
)
def test_each_answer_of_the_filter_narrows(client: Client, unit: User, asked: str, shown: list[str]) -> None:
    plain("c d", tier=Tier.T2)
    plain("a", by=unit.actor, subject=LEDGER)
    record(Kind.ABOUT_PEOPLE, by=SYSTEM, reason="b")
    assert reasons(client, f"/journal/?{asked}") == shown


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("record=nonsense", "The address names no record that can be read."),
        ("first-day=32&first-month=1&first-year=2026", "The first day must be a real date"),
        (
            "first-day=2&first-month=1&first-year=2026&last-day=1&last-month=1&last-year=2026",
            "The last day must not be before the first.",
        ),
        ("kind=nothing", "What was done: choose one of the answers offered"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_and_not_applied(
    client: Client, unit: User, asked: str, sentence: str
) -> None:
    plain("a")
    response = client.get(f"/journal/?{asked}")
    assert response.status_code == 200
    assert reasons(client, f"/journal/?{asked}") == ["a"]
    errors = [
        str(error) for found in response.context["page"].listing.form.errors.values() for error in found
    ]
    assert errors == [sentence]


def test_leafing_meets_every_entry_once_and_back_again(client: Client, unit: User) -> None:
    for number in range(120):
        plain(f"number {number}")
    met, leaves, address = [], [], "?kind=journal_test.plain"
    while address:
        listing = client.get(f"/journal/{address}").context["page"].listing
        leaves.append([row.reason for row in listing.rows])
        met, address = met + leaves[-1], listing.next
    assert met == [f"number {number}" for number in reversed(range(120))]
    back = client.get(f"/journal/{listing.previous}").context["page"].listing
    assert [row.reason for row in back.rows] == leaves[-2]
    newest = client.get(f"/journal/{back.previous}").context["page"].listing
    assert [row.reason for row in newest.rows] == leaves[0]


def test_what_no_index_finds_is_looked_for_a_part_at_a_time(
    client: Client, unit: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "LOOKED_THROUGH", 10)
    plain("the needle")
    for _ in range(25):
        plain("hay")
    address, steps = "?words=needle", 0
    while not reasons(client, f"/journal/{address}"):
        response = client.get(f"/journal/{address}")
        assert b"Look further back" in response.content
        address, steps = response.context["page"].listing.next, steps + 1
    assert steps == 2
    assert reasons(client, f"/journal/{address}") == ["the needle"]


def test_one_entry_shows_both_sides_its_personal_values_and_its_seal(client: Client, unit: User) -> None:
    entry = record(
        Kind.ABOUT_PEOPLE,
        by=unit.actor,
        subject=LEDGER,
        before={"post": "Lead", "due": "2026-03-31"},
        after={"post": "Head", "due": None, "name": "Bea"},
        reason="Left",
    )
    page = client.get(f"/journal/{entry.pk}/").context["page"]
    assert [(c.field, c.before, c.after) for c in page.changes] == [
        ("Due", "31 March 2026", "nothing"),
        ("Post", "Lead", "Head"),
    ]
    assert [(row.key, row.value) for row in page.personal] == [("Name (after)", "Bea")]
    assert page.row.about == "The ledger"
    assert page.seal[0].value.startswith("Not yet")
    made = seal(dt.datetime.now(dt.UTC))
    assert made is not None
    shred(entry, by=SYSTEM, reason="Their time is over")
    page = client.get(f"/journal/{entry.pk}/").context["page"]
    assert "Removed for good" in page.personal[0].value
    assert page.seal[1].value == made.head
    told = Entry.objects.filter(type=stored_name("events", EventEntry.ENTRY_READ), subject_id=str(entry.pk))
    assert told.count() == 2


def test_an_entry_without_values_and_one_that_is_not_there(client: Client, unit: User) -> None:
    entry = plain("why")
    assert b"No field was kept with it" in client.get(f"/journal/{entry.pk}/").content
    assert client.get("/journal/999999/").status_code == 404
    assert client.get("/journal/as/xml/").status_code == 404


def test_a_record_tells_everything_about_it_and_its_parts(client: Client, unit: User) -> None:
    other = member("Ola Owner", "unit")
    let_sign_in(other, False, version=1, reason="", by=unit.actor)
    response = client.get(f"/journal/of/access/user/{other.pk}/")
    rows = response.context["page"].listing.rows
    assert [row.what for row in rows] == ["Account changed", "Membership given", "Account created"]
    assert rows[0].about == "Ola Owner"
    assert b"Ola Owner" in response.content
    read = Entry.objects.get(type=READ)
    assert (read.subject_model, read.subject_id) == ("user", str(other.pk))
    again = client.get(f"/journal/of/access/user/{other.pk}/?kind=access.user_created").context["page"]
    assert [row.what for row in again.listing.rows] == ["Account created"]


@pytest.mark.parametrize("address", ["shop/ledger/12", "access/user/999999", "partners/alias/1"])
def test_there_is_no_time_line_of_what_is_not_there(client: Client, unit: User, address: str) -> None:
    assert client.get(f"/journal/of/{address}/").status_code == 404


def taken(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_the_time_line_of_what_is_gone_leads_to_the_entries_that_are_left(client: Client, unit: User) -> None:
    """And of what one may not know of, it is as if there had never been any."""
    gone, hidden = (
        Source.objects.create(title="Gone source", key="gone"),
        CaseNote.objects.create(reference="CR-9", title="Hidden"),
    )
    record(Kind.PLAIN, by=SYSTEM, subject=gone, reason="went")
    record(Kind.PLAIN, by=SYSTEM, subject=hidden, reason="stays", tier=Tier.T4)
    left = f"/journal/?record=plans.source.{gone.pk}"
    address = f"/journal/of/plans/source/{gone.pk}/"
    assert client.get(address).status_code == 200
    Source.objects.filter(pk=gone.pk).delete()
    assert client.get(address)["Location"] == left
    assert "went" in reasons(client, left)
    assert client.get(f"/journal/of/restricted/casenote/{hidden.pk}/").status_code == 404
    CaseNote.objects.all().delete()
    assert client.get(f"/journal/of/restricted/casenote/{hidden.pk}/").status_code == 404


def test_csv_holds_what_was_narrowed_and_runs_no_formula(client: Client, unit: User) -> None:
    plain("=HYPERLINK(1)", by=unit.actor, subject=LEDGER, after={"a": 1})
    record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Bea"})
    seal(dt.datetime.now(dt.UTC))
    rows = list(csv.DictReader(io.StringIO(taken(client, "/journal/as/csv/?kind=journal_test.plain"))))
    assert [(row["Reason"], row["After"], row["Seal"]) for row in rows] == [
        ("'=HYPERLINK(1)", '{"a":1}', "1")
    ]
    told = Entry.objects.get(type=stored_name("events", EventEntry.JOURNAL_EXPORTED))
    assert told.after_values == {"format": "csv"}
    assert selectors.personal_values(told) == {"after.asked": "kind=journal_test.plain"}


def test_json_lines_hold_every_entry_with_digest_and_seal_and_no_personal_value(
    client: Client, unit: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "AT_ONCE", 2)
    for number in range(5):
        record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Bea", "number": number})
    text = taken(client, "/journal/as/jsonl/?kind=journal_test.about_people")
    objects = [json.loads(line) for line in text.splitlines()]
    assert [one["after"] for one in objects] == [{"number": number} for number in reversed(range(5))]
    assert {(one["seal"], one["actor"]["label"]) for one in objects} == {(None, "Sightline")}
    assert objects[0]["digest"] == Entry.objects.get(pk=objects[0]["number"]).digest
    assert "Bea" not in text


def secret_case() -> CaseNote:
    """A case, with entries of its own tier and one that was told at too low a tier."""
    case = CaseNote.objects.create(title="Marzipan case")
    plain("marzipan at its tier", subject=case, tier=Tier.T4, after={"word": "marzipan"})
    plain("marzipan told too low", subject=case)
    return case


WAYS = ("/journal/", "/journal/?words=marzipan", "/journal/?tier=T4", "/journal/?kind=journal_test.plain",
        "/journal/?record=restricted.casenote.{pk}")  # fmt: skip


def test_restricted_entries_show_in_no_list_count_filter_or_file(client: Client, unit: User) -> None:
    case = secret_case()
    for way in WAYS:
        response = client.get(way.format(pk=case.pk))
        assert b"marzipan at" not in response.content
        assert b"marzipan told" not in response.content
        assert b"Marzipan case" not in response.content
    counted = client.get(f"/journal/?record=restricted.casenote.{case.pk}").context["page"].listing.count
    assert counted.number == 0
    for format in ("csv", "jsonl"):
        assert "marzipan" not in taken(client, f"/journal/as/{format}/?kind=journal_test.plain")
    for entry in Entry.objects.filter(subject_app="restricted"):
        assert client.get(f"/journal/{entry.pk}/").status_code == 404
    assert client.get(f"/journal/of/restricted/casenote/{case.pk}/").status_code == 404


def test_whoever_is_on_the_case_list_reads_them(client: Client, reader: User) -> None:
    case = secret_case()
    listed(case, reader)
    assert reasons(client, "/journal/?words=marzipan") == ["marzipan told too low", "marzipan at its tier"]
    assert len(reasons(client, f"/journal/of/restricted/casenote/{case.pk}/")) == 2
    assert taken(client, "/journal/as/csv/?tier=T4").count("Marzipan case") == 1


def test_restricted_entries_without_a_guard_or_a_record_show_to_nobody(client: Client, reader: User) -> None:
    case, offered = secret_case(), guards.guards()["restricted", "casenote"]
    guards.forget("restricted")
    try:
        assert reasons(client, "/journal/?words=marzipan") == ["marzipan told too low"]
    finally:
        guards.offer("restricted", [offered])
    listed(case, reader)
    case.delete()
    plain("of a record that is gone", subject=Subject("restricted", "casenote", "7", ""), tier=Tier.T3)
    plain("of no record at all", tier=Tier.T4)
    assert reasons(client, "/journal/?tier=T4") == []
    assert reasons(client, "/journal/?tier=T3") == []


def test_a_record_of_another_kind_with_the_same_number_opens_nothing(client: Client, reader: User) -> None:
    case = secret_case()
    listed(case, reader)
    plain("of another record", subject=Subject("shop", "ledger", str(case.pk), ""), tier=Tier.T4)
    plain("of words for a number", subject=Subject("restricted", "casenote", "x; y", ""), tier=Tier.T4)
    assert reasons(client, "/journal/?tier=T4") == ["marzipan at its tier"]


def test_nobody_reads_without_the_permission() -> None:
    plain("a")
    for scope in (NOBODY, Scope(1), member("Cy Chair", "chair", "group", "g").scope):
        assert list(selectors.readable(scope)) == []


def test_an_entry_that_somebody_wrote_rubbish_into_is_shown_as_it_stands(client: Client, unit: User) -> None:
    from tests.events.tampering import tamper

    entry = record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Bea"})
    tamper("UPDATE events_entry SET after = 'rubbish', personal = '[' WHERE id = %s", [entry.pk])
    assert client.get("/journal/").status_code == 200
    page = client.get(f"/journal/{entry.pk}/").context["page"]
    assert [(change.field, change.after) for change in page.changes] == [("Unreadable", "rubbish")]
    assert page.personal == []
    tamper("UPDATE events_entry SET tier = 'T9' WHERE id = %s", [entry.pk])
    assert client.get(f"/journal/{entry.pk}/").status_code == 404


@pytest.mark.parametrize("size", [1, 3, 300])
@pytest.mark.parametrize("of", ["", "?words=one&tier=T1&who=una&first-day=1&first-month=1&first-year=2020"])
def test_queries_do_not_grow(client: Client, unit: User, size: int, of: str) -> None:
    for number in range(size):
        record(
            Kind.ABOUT_PEOPLE, by=unit.actor, subject=LEDGER, after={"name": f"one {number}"}, reason="one"
        )
    client.get("/journal/")
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"/journal/{of}")
    assert len(response.context["page"].listing.rows) >= size if size < 50 else True
    assert len(asked) <= MOST_QUERIES, [query["sql"][:150] for query in asked]


def test_the_way_to_it_stands_on_a_record_for_those_who_read_the_journal(client: Client, unit: User) -> None:
    from tests.plans.making import make_action, make_plan

    action = make_action(make_plan())
    way = f"/journal/of/plans/action/{action.pk}/"
    page = client.get(f"/actions/{action.reference}/")
    assert way.encode() in page.content
    told = client.get(way).context["page"]
    assert [row.what for row in told.listing.rows][-1] == "Action added"
    assert told.back == f"/actions/{action.reference}/"
    client.force_login(member("Ed Executive", "executive"))
    assert way.encode() not in client.get(f"/actions/{action.reference}/").content
    assert client.get(way).status_code == 403


@pytest.mark.parametrize("size", [1, 40])
def test_titles_kept_as_personal_values_are_read_together(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    found = [record(Kind.ABOUT_PEOPLE, by=SYSTEM, subject=LEDGER) for _ in range(size)]
    with django_assert_num_queries(1):
        assert {row.about for row in rows_of(found)} == {"The ledger"}
    PersonalValue.objects.all().delete()
    assert {row.about for row in rows_of(found)} == {""}


def test_the_links_of_a_leaf_keep_what_was_asked(client: Client, unit: User) -> None:
    for _ in range(60):
        plain("many")
    listing = (
        client.get("/journal/?words=many&first-day=1&first-month=1&first-year=2020").context["page"].listing
    )
    kept = parse_qs(urlsplit(listing.next).query)
    assert kept["words"] == ["many"]
    assert [kept[f"first-{part}"] for part in ("day", "month", "year")] == [["1"], ["1"], ["2020"]]
    assert {export.label for export in listing.exports} == {"CSV", "JSON lines"}
    assert all("words=many" in export.href for export in listing.exports)


def test_whoever_it_names_is_found_under_each_account_of_that_name(client: Client, unit: User) -> None:
    other = member("Una Other", "scrutineer")
    plain("of one", by=unit.actor)
    plain("of the other", by=other.actor)
    plain("of none", by=Actor("link", "x", "Una of a link"))
    assert reasons(client, "/journal/?who=una") == ["of none", "of the other", "of one"]
