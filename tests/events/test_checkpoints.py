"""Signed checkpoints, and the one delete that the database permits."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from sightline.events.choices import SYSTEM
from sightline.events.entries import EventEntry, stored_name
from sightline.events.models import Checkpoint, Entry, PersonalValue, Seal, SealedEntry
from sightline.events.rules import years_later
from sightline.events.services import (
    NothingToRemove,
    UnreadableHead,
    make_checkpoint,
    record,
    remove_old,
    seal,
    verify,
)
from tests.events.kinds import Kind
from tests.events.tampering import tamper

pytestmark = pytest.mark.django_db
NOW = dt.datetime.now(dt.UTC)
LONG_AGO = NOW - dt.timedelta(days=365 * 8)
TODAY = NOW.date()


def write(reason: str, number: int = 2) -> None:
    for _ in range(number):
        record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Bea"}, reason=reason)


def kinds() -> list[tuple[str, str]]:
    return [(found.kind.value, found.detail or str(found.seal)) for found in verify().broken]


def old_and_new() -> Checkpoint:
    """Two old entries under a checkpoint of eight years ago, and two of today."""
    write("old")
    made = make_checkpoint(by=SYSTEM, now=LONG_AGO)
    write("new")
    seal(NOW)
    assert made is not None
    return made


def test_a_checkpoint_signs_day_head_and_count_once() -> None:
    write("a")
    made = make_checkpoint(by=SYSTEM, now=NOW)
    assert made is not None
    assert (made.number, made.day, made.count, made.seal_mac) == (1, TODAY, 2, Seal.objects.get().mac)
    assert made.may_go_on == years_later(TODAY, 7)
    told = Entry.objects.get(type=stored_name("events", EventEntry.CHECKPOINT_MADE))
    assert told.after_values == {"number": 1, "seal": 1, "count": 2}
    # Its own entry is sealed by the next; with nothing but that to sign there is a second.
    second = make_checkpoint(by=SYSTEM, now=NOW)
    assert second is not None
    assert (second.number, second.count, second.previous) == (2, 3, made.mac)
    assert verify().is_sound


def test_nothing_to_sign_gives_no_checkpoint() -> None:
    assert make_checkpoint(by=SYSTEM, now=NOW) is None


def test_what_is_older_than_its_time_is_removed_and_verifying_begins_behind_it(settings) -> None:
    made = old_and_new()
    head = Seal.objects.get(sequence=made.seal).head
    assert remove_old(by=SYSTEM, reason="Seven years", today=TODAY) == 2
    assert set(Entry.objects.values_list("reason", flat=True)) == {"", "new", "Seven years"}
    assert PersonalValue.objects.count() == 2
    assert list(Seal.objects.values_list("sequence", flat=True)) == [2]
    assert SealedEntry.objects.count() == 3
    result = verify(head=head)
    assert (result.is_sound, result.removed, result.sealed) == (True, 2, 3)
    with pytest.raises(NothingToRemove):
        remove_old(by=SYSTEM, reason="again", today=TODAY)
    seal(NOW)
    assert verify().is_sound


def test_the_chain_goes_on_where_all_of_it_was_removed() -> None:
    write("old")
    made = make_checkpoint(by=SYSTEM, now=LONG_AGO)
    assert made is not None
    remove_old(by=SYSTEM, reason="Seven years", today=TODAY)
    assert Seal.objects.count() == 0
    newest = seal(NOW)
    assert newest is not None
    assert (newest.sequence, newest.previous) == (made.seal + 1, made.seal_mac)
    assert verify(head=newest.head).is_sound


def test_a_head_of_what_was_removed_is_told_as_such() -> None:
    write("older")
    first = seal(LONG_AGO)
    old_and_new()
    assert first is not None
    remove_old(by=SYSTEM, reason="Seven years", today=TODAY)
    with pytest.raises(UnreadableHead, match="seal 2 or later"):
        verify(head=first.head)


def test_before_its_day_nothing_can_be_removed() -> None:
    write("a")
    make_checkpoint(by=SYSTEM, now=NOW)
    with pytest.raises(NothingToRemove, match="Nothing was removed"):
        remove_old(by=SYSTEM, reason="too soon", today=TODAY)
    # Nor by whoever says that it is another day: the database asks its own calendar.
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        remove_old(by=SYSTEM, reason="too soon", today=years_later(TODAY, 8))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events_entry WHERE reason = 'new'",
        "DELETE FROM events_sealedentry WHERE seal_id = 1",
        "DELETE FROM events_seal WHERE sequence = 1",
        "DELETE FROM events_seal WHERE sequence = 2",
        "DELETE FROM events_sealedentry WHERE seal_id = 2",
        "DELETE FROM events_checkpoint",
        "UPDATE events_checkpoint SET may_go_on = '2000-01-01'",
        "UPDATE events_entry SET reason = 'x' WHERE reason = 'old'",
    ],
)
def test_the_database_permits_exactly_that_delete(statement: str) -> None:
    old_and_new()
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("count", "9"),
        ("day", "'2001-01-01'"),
        ("may_go_on", "'2001-01-01'"),
        ("seal_mac", "'x'"),
        ("mac", "'x'"),
    ],
)
def test_a_forged_checkpoint_is_found_and_removes_nothing(column: str, value: str) -> None:
    old_and_new()
    tamper(f'UPDATE events_checkpoint SET "{column}" = {value}')  # noqa: S608 - our own words
    assert kinds() == [("checkpoint not ours", "1")]
    with pytest.raises(NothingToRemove, match="not signed by Sightline"):
        remove_old(by=SYSTEM, reason="x", today=TODAY)


def test_another_key_is_told_as_such(settings) -> None:
    old_and_new()
    settings.JOURNAL_KEY = "1e" * 32
    assert ("wrong key", "1") in kinds()


def test_a_checkpoint_taken_away_is_found() -> None:
    old_and_new()
    write("x")
    make_checkpoint(by=SYSTEM, now=NOW)
    tamper("DELETE FROM events_checkpoint WHERE number = 2")
    assert kinds() == [("checkpoint gone", "2")]
    tamper("UPDATE events_checkpoint SET number = 2")
    assert ("checkpoint gone", "1") in kinds()


def test_entries_removed_without_a_word_are_found() -> None:
    old_and_new()
    tamper(
        "DELETE FROM events_personalvalue WHERE entry_id IN (SELECT entry_id FROM events_sealedentry WHERE seal_id = 1)"
    )
    tamper("DELETE FROM events_entry WHERE reason = 'old'")
    tamper("DELETE FROM events_sealedentry WHERE seal_id = 1")
    tamper("DELETE FROM events_seal WHERE sequence = 1")
    assert kinds() == [("removed without an entry", "1")]


def test_a_leap_day_is_followed_by_march() -> None:
    assert years_later(dt.date(2024, 2, 29), 7) == dt.date(2031, 3, 1)
    assert years_later(dt.date(2024, 2, 29), 4) == dt.date(2028, 2, 29)
