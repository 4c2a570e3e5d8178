"""Recording an entry: what stands where, and what is refused."""

import datetime as dt
import json
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sightline.access.services import create_user
from sightline.events import entries, selectors, triggers
from sightline.events.canonical import (
    ENTRY_COLUMNS,
    as_text,
    canonical_entry,
    canonical_json,
    commitment,
    entry_digest,
)
from sightline.events.choices import (
    COMMAND_LINE,
    SYSTEM,
    Actor,
    JournalKeyMissing,
    StaleRecord,
    Subject,
    Tier,
    UnknownEntryType,
)
from sightline.events.keys import journal_key
from sightline.events.models import Entry, PersonalValue
from sightline.events.services import NotInTransaction, make_checkpoint, record, subject_of
from sightline.partners.models import Partnership
from tests.events.kinds import Kind, Undeclared

ANN = Actor("user", "7", "Ann Ames", "Business unit", 7)
LEDGER = Subject("shop", "ledger", "12", "The ledger")


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_which_record_and_why() -> None:
    entry = record(
        Kind.PLAIN,
        by=ANN,
        subject=LEDGER,
        before={"b": 1},
        after={"b": 2, "a": None},
        reason="Typed wrong",
        tier=Tier.T2,
    )
    entry = Entry.objects.get(pk=entry.pk)
    assert entry.type == "journal_test.plain"
    assert entry.label == "Something plain"
    assert str(entry) == "Something plain: The ledger"
    assert (entry.actor_kind, entry.actor_id, entry.actor_label) == ("user", "7", "Ann Ames")
    assert (entry.actor_role, entry.actor_user_id) == ("Business unit", 7)
    assert (entry.subject_app, entry.subject_model, entry.subject_id) == ("shop", "ledger", "12")
    assert (entry.before, entry.after) == ('{"b":1}', '{"a":null,"b":2}')
    assert (entry.before_values, entry.after_values) == ({"b": 1}, {"b": 2, "a": None})
    assert (entry.reason, entry.tier, entry.personal) == ("Typed wrong", "T2", "")


@pytest.mark.django_db
def test_an_entry_may_stand_without_subject_and_values() -> None:
    entry = record(Kind.PREFIXED, by=SYSTEM)
    assert entry.type == "journal_test.prefixed"
    assert str(entry) == "Prefixed"
    assert (entry.before_values, entry.after_values) == ({}, {})


@pytest.mark.django_db
def test_personal_values_stand_beside_the_entry_with_a_salted_commitment() -> None:
    entry = record(
        Kind.ABOUT_PEOPLE,
        by=ANN,
        subject=LEDGER,
        after={"name": "Bea", "post": "Lead"},
        personal={"address": "::1"},
    )
    assert entry.subject_title == ""
    assert entry.after_values == {"post": "Lead"}
    assert selectors.personal_values(entry) == {
        "after.name": "Bea",
        "personal.address": "::1",
        "subject": "The ledger",
    }
    kept = {value.field: value for value in PersonalValue.objects.filter(entry=entry)}
    assert json.loads(entry.personal) == {
        field: commitment(value.salt, value.value) for field, value in kept.items()
    }
    assert len({value.salt for value in kept.values()}) == 3
    assert str(kept["subject"]) == f"subject of entry {entry.pk}"


@pytest.mark.django_db
def test_the_same_personal_value_gives_another_commitment_each_time() -> None:
    first, second = (record(Kind.ABOUT_PEOPLE, by=ANN, after={"name": "Bea"}) for _ in range(2))
    assert first.personal != second.personal


@pytest.mark.django_db
def test_a_record_is_known_by_its_title() -> None:
    partnership = Partnership(pk=1, name="Wealdshire")
    assert subject_of(partnership) == Subject("partners", "partnership", "1", "Wealdshire")
    assert subject_of(None) == Subject("", "", "", "")


@pytest.mark.django_db
def test_an_undeclared_type_is_refused() -> None:
    with pytest.raises(UnknownEntryType, match="Undeclared"):
        record(Undeclared.PLAIN, by=SYSTEM)
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(NotInTransaction):
        record(Kind.PLAIN, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_deed_and_entry_fall_together() -> None:
    with pytest.raises(UnknownEntryType), transaction.atomic():  # noqa: PT012 - the first must fall with the second
        record(Kind.PLAIN, by=SYSTEM)
        record(Undeclared.PLAIN, by=SYSTEM)
    assert Entry.objects.count() == 0


@pytest.mark.django_db
def test_a_value_without_an_agreed_text_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot stand in the journal"):
        record(Kind.PLAIN, by=SYSTEM, after={"x": object()})


@pytest.mark.django_db
@pytest.mark.parametrize("table", list(triggers.GUARDED))
def test_the_database_refuses_to_change_the_journal(table: str) -> None:
    record(Kind.ABOUT_PEOPLE, by=ANN, after={"name": "Bea"})
    create_user("una@wealdshire.example", "Una Unit", by=SYSTEM)
    make_checkpoint(by=SYSTEM, now=dt.datetime.now(dt.UTC))
    connection.check_constraints()  # PostgreSQL truncates no table whose constraints wait for the commit
    named = {
        "entry": "reason",
        "personalvalue": "value",
        "checkpoint": "mac",
        "rowchange": "named",
        "rowaccount": "mac",
    }
    column = named.get(table.removeprefix("events_"), "digest")
    statements = {"UPDATE": f"UPDATE {table} SET {column} = 'x'"}  # noqa: S608
    statements["DELETE"] = f"DELETE FROM {table}"  # noqa: S608
    statements["TRUNCATE"] = f"TRUNCATE {table} CASCADE"
    for operation in triggers.GUARDED[table]:
        if (table, operation) in triggers.expected(connection.vendor):
            with (
                pytest.raises(IntegrityError, match="insert-only"),
                transaction.atomic(),
                connection.cursor() as c,
            ):
                c.execute(statements[operation])


class Colour(StrEnum):
    RED = "red"


def test_values_have_one_text() -> None:
    moment = dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)
    assert as_text(moment) == "2026-03-29T01:30:00+00:00"
    assert as_text(dt.date(2026, 3, 29)) == "2026-03-29"
    assert as_text(dt.time(9, 5)) == "09:05:00"
    assert as_text(Decimal("1.50")) == "1.50"
    assert as_text(UUID(int=1)) == "00000000-0000-0000-0000-000000000001"
    assert as_text(Colour.RED) == "red"
    assert as_text({"b", "a"}) == ["a", "b"]
    assert canonical_json({"b": 1, "a": "Łucja"}) == '{"a":"Łucja","b":1}'


def test_no_two_entries_share_a_form() -> None:
    moment = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    blank = [""] * (len(ENTRY_COLUMNS) - 3)
    assert canonical_entry([moment, "ab", "c", *blank]) != canonical_entry([moment, "a", "bc", *blank])
    with pytest.raises(TypeError, match="moment"):
        canonical_entry(["2026-01-01", *blank])


def test_types_need_labels() -> None:
    with pytest.raises(ValueError, match="RED"):
        entries.declare("paint", Colour, {})


def test_a_type_whose_app_is_gone_keeps_its_name() -> None:
    assert entries.label_of("gone.thing") == "gone.thing"
    assert entries.declared_types()["journal_test.plain"].label == "Something plain"


def test_the_key_must_be_there_and_long_enough(settings, tmp_path) -> None:
    settings.JOURNAL_KEY = "short"
    with pytest.raises(JournalKeyMissing, match="32"):
        journal_key()
    settings.JOURNAL_KEY = ""
    settings.JOURNAL_KEY_FILE = tmp_path / "journal.key"
    with pytest.raises(JournalKeyMissing):
        journal_key()
    settings.JOURNAL_KEY_FILE.write_text("k" * 32 + "\n")
    assert journal_key() == b"k" * 32
    settings.JOURNAL_KEY = b"b" * 40
    assert journal_key() == b"b" * 40


def test_tiers_have_words_and_markings() -> None:
    assert [tier.marking for tier in Tier] == ["", "OFFICIAL"] + ["OFFICIAL-SENSITIVE"] * 3
    assert Tier.T3.label == "Child-level"
    assert COMMAND_LINE.label == "command line"
    assert "Somebody else saved" in StaleRecord().sentence


@pytest.mark.django_db
def test_a_timeline_holds_one_record_and_only_open_tiers() -> None:
    open_entry = record(Kind.PLAIN, by=ANN, subject=LEDGER)
    record(Kind.PLAIN, by=ANN, subject=LEDGER, tier=Tier.T3)
    record(Kind.PLAIN, by=ANN, subject=Subject("shop", "ledger", "13", "Another"))
    of_model = record(Kind.PLAIN, by=ANN, subject=Partnership(pk=1, name="W"))
    assert list(selectors.entries_about(LEDGER)) == [open_entry]
    assert selectors.entries_about(LEDGER, [Tier.T3]).count() == 1
    assert list(selectors.entries_about(Partnership(pk=1))) == [of_model]


@given(
    st.lists(st.text(), min_size=len(ENTRY_COLUMNS) - 1, max_size=len(ENTRY_COLUMNS) - 1),
    st.lists(st.text(), min_size=len(ENTRY_COLUMNS) - 1, max_size=len(ENTRY_COLUMNS) - 1),
)
def test_the_form_and_the_digest_tell_any_two_entries_apart(one: list[str], other: list[str]) -> None:
    moment, key = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), b"k" * 32
    same = one == other
    assert (canonical_entry([moment, *one]) == canonical_entry([moment, *other])) == same
    assert (entry_digest(key, [moment, *one]) == entry_digest(key, [moment, *other])) == same
    assert entry_digest(key, [moment, *one]) != entry_digest(b"l" * 32, [moment, *one])
