"""Sealing and verifying: whatever is done to the journal behind the application's back is found and located."""

import datetime as dt
import threading

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.db import connection, transaction

from sightline.events import selectors, triggers
from sightline.events.checks import check_triggers
from sightline.events.choices import SYSTEM
from sightline.events.models import Entry, PersonalValue, Seal, SealedEntry
from sightline.events.services import BreakKind, UnreadableHead, record, seal, shred, verify
from sightline.events.services import sealing as sealing_module
from tests.events.kinds import Kind
from tests.events.tampering import tamper, without_triggers

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def write(count: int = 3, kind: Kind = Kind.PLAIN) -> list[Entry]:
    with transaction.atomic():
        return [record(kind, by=SYSTEM, after={"n": n, "name": f"Bea {n}"}) for n in range(count)]


def found() -> list[tuple[str, int | None, int | None]]:
    return [(str(item.kind), item.seal, item.entry) for item in verify().broken]


@pytest.mark.django_db
def test_an_empty_journal_is_sound() -> None:
    assert seal(NOW) is None
    result = verify()
    assert (result.sealed, result.unsealed, result.broken, result.head) == (0, 0, [], "")
    assert result.is_sound
    assert selectors.head() == ""


@pytest.mark.django_db
def test_sealed_and_unsealed_are_counted_and_the_head_is_told() -> None:
    write(3)
    newest = seal(NOW)
    write(2)
    result = verify()
    assert (result.sealed, result.unsealed, result.broken) == (3, 2, [])
    assert result.head == newest.head == selectors.head() == f"1-{newest.mac[:20]}" == str(newest)
    assert seal(NOW).previous == newest.mac
    assert verify().sealed == 5
    assert str(SealedEntry.objects.earliest("pk")).endswith("at 0 of seal 1")


@pytest.mark.django_db
def test_batches_follow_each_other(monkeypatch) -> None:
    monkeypatch.setattr(sealing_module, "BATCH", 2)
    write(5)
    assert seal(NOW).sequence == 3
    assert list(Seal.objects.order_by("sequence").values_list("count", flat=True)) == [2, 2, 1]
    seen: list[int] = []
    assert verify(progress=seen.append).is_sound
    assert seen == [5]


@pytest.mark.django_db
def test_verifying_goes_in_groups(monkeypatch) -> None:
    from sightline.events.services import verification

    monkeypatch.setattr(sealing_module, "BATCH", 2)
    monkeypatch.setattr(verification, "GROUP", 4)
    write(8)
    seal(NOW)
    seen: list[int] = []
    assert verify(progress=seen.append).sealed == 8
    assert seen == [4, 8]


@pytest.mark.django_db
def test_an_entry_committed_late_is_sealed_later() -> None:
    """On PostgreSQL a slow transaction's entry has a lower number than entries sealed before it committed."""
    late, *others = write(3)
    with transaction.atomic():
        with without_triggers():
            Entry.objects.filter(pk=late.pk).delete()
        seal(NOW)
        late.save(force_insert=True)
    newest = seal(NOW + dt.timedelta(minutes=1))
    assert list(SealedEntry.objects.filter(seal=newest).values_list("entry_id", flat=True)) == [late.pk]
    assert newest.last_entry == others[-1].pk
    assert verify().is_sound


@pytest.mark.django_db
def test_what_was_sealed_a_day_ago_is_not_searched_again() -> None:
    write(2)
    seal(NOW - dt.timedelta(days=2))
    fresh = write(1)
    newest = seal(NOW)
    assert list(SealedEntry.objects.filter(seal=newest).values_list("entry_id", flat=True)) == [fresh[0].pk]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "quite another"),
        ("actor_label", "Nobody"),
        ("after", '{"n":9}'),
        ("tier", "T0"),
        ("moment", "2020-01-01 00:00:00"),
        ("actor_user_id", 1),
        ("type", "events.personal_shredded"),
    ],
)
def test_an_edited_entry_is_located(column: str, value: object) -> None:
    entries = write(3)
    seal(NOW)
    tamper(f"UPDATE events_entry SET {column} = %s WHERE id = %s", [value, entries[1].pk])  # noqa: S608
    assert found() == [("entry changed", 1, entries[1].pk)]
    assert verify().broken[0].sentence == f"Entry {entries[1].pk} is not what was sealed in seal 1."
    assert str(verify().broken[0]) == verify().broken[0].sentence


@pytest.mark.django_db
def test_an_edited_entry_with_a_digest_to_match_is_located() -> None:
    """Without the key nobody can make a digest that fits."""
    entries = write(2)
    seal(NOW)
    other = "0" * 64
    tamper("UPDATE events_entry SET reason = 'x', digest = %s WHERE id = %s", [other, entries[0].pk])
    tamper("UPDATE events_sealedentry SET digest = %s WHERE entry_id = %s", [other, entries[0].pk])
    assert ("entry changed", 1, entries[0].pk) in found()
    assert ("place in seal gone", 1, None) in found()


@pytest.mark.django_db
def test_a_moment_made_unreadable_is_located() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite takes rubbish for a moment")
    entries = write(2)
    seal(NOW)
    tamper("UPDATE events_entry SET moment = 'rubbish' WHERE id = %s", [entries[0].pk])
    try:
        assert found() == [("entry changed", 1, entries[0].pk)]
    finally:
        tamper("UPDATE events_entry SET moment = '2026-01-01 00:00:00' WHERE id = %s", [entries[0].pk])


@pytest.mark.django_db
def test_a_deleted_entry_is_located() -> None:
    entries = write(3)
    seal(NOW)
    tamper("DELETE FROM events_entry WHERE id = %s", [entries[1].pk])
    assert found() == [("entry gone", 1, entries[1].pk)]


@pytest.mark.django_db
def test_an_entry_deleted_with_its_place_is_located_by_the_place() -> None:
    entries = write(3)
    seal(NOW)
    tamper("DELETE FROM events_sealedentry WHERE entry_id = %s", [entries[1].pk])
    tamper("DELETE FROM events_entry WHERE id = %s", [entries[1].pk])
    [broken] = verify().broken
    assert (broken.kind, broken.seal) == (BreakKind.PLACE_GONE, 1)
    assert broken.sentence == "Seal 1 has lost an entry: place 2."


@pytest.mark.django_db
def test_swapped_places_are_found() -> None:
    first, second, _ = write(3)
    seal(NOW)
    tamper("UPDATE events_sealedentry SET position = 9 WHERE entry_id = %s", [first.pk])
    tamper("UPDATE events_sealedentry SET position = 0 WHERE entry_id = %s", [second.pk])
    tamper("UPDATE events_sealedentry SET position = 1 WHERE entry_id = %s", [first.pk])
    [broken] = verify().broken
    assert broken.sentence == "Seal 1 has lost an entry: its list was changed."


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["count", "digest", "previous", "mac", "moment", "last_entry"])
def test_a_changed_seal_is_located(column: str) -> None:
    write(1)
    seal(NOW)
    write(1)
    seal(NOW)
    write(1)
    seal(NOW)
    value = {"count": 2, "last_entry": 9_999, "moment": "2020-01-01 00:00:00"}.get(column, "f" * 64)
    tamper(f'UPDATE events_seal SET "{column}" = %s WHERE sequence = 2', [value])  # noqa: S608
    assert ("seal changed", 2, None) in found()


@pytest.mark.django_db
def test_another_key_is_told_as_such(settings) -> None:
    write(2)
    seal(NOW)
    settings.JOURNAL_KEY = "another key, but long enough to be one"
    assert found() == [("wrong key", 1, None)]


@pytest.mark.django_db
def test_a_seal_taken_out_of_the_middle_is_located() -> None:
    for _ in range(3):
        write(1)
        seal(NOW)
    tamper("DELETE FROM events_seal WHERE sequence = 2")
    assert found() == [("seal gone", 2, None)]


@pytest.mark.django_db
def test_seals_cut_off_the_end_are_found_by_their_places() -> None:
    for _ in range(2):
        write(1)
        seal(NOW)
    tamper("DELETE FROM events_seal WHERE sequence = 2")
    assert found() == [("seal gone", 2, None)]


@pytest.mark.django_db
def test_a_rollback_is_told_by_the_head_alone() -> None:
    write(1)
    early = seal(NOW).head
    entries = write(1)
    late = seal(NOW).head
    assert not verify(late).rolled_back
    tamper("DELETE FROM events_seal WHERE sequence = 2")
    tamper("DELETE FROM events_sealedentry WHERE seal_id = 2")
    tamper("DELETE FROM events_entry WHERE id = %s", [entries[0].pk])
    assert verify().is_sound
    assert not verify(early).rolled_back
    result = verify(late.upper())
    assert (result.rolled_back, result.is_sound, result.broken) == (True, False, [])
    write(1)
    seal(NOW)
    assert verify(late).rolled_back


@pytest.mark.parametrize("head", ["x", "12", "-abc", "1-xyz", "1-abc"])
def test_what_is_no_head_is_refused(head: str) -> None:
    with pytest.raises(UnreadableHead, match="A head looks like"):
        verify(head)


@pytest.mark.django_db
def test_an_entry_slipped_in_or_changed_before_sealing_is_found() -> None:
    entry, other = write(2)
    tamper("UPDATE events_entry SET reason = 'x' WHERE id = %s", [entry.pk])
    assert found() == [("unsealed entry not ours", None, entry.pk)]
    seal(NOW)
    assert found() == [("entry changed", 1, entry.pk)]
    assert other.pk != entry.pk


@pytest.mark.django_db
def test_personal_values_are_held_to_their_commitments() -> None:
    entries = write(3, Kind.ABOUT_PEOPLE)
    seal(NOW)
    assert verify().is_sound
    tamper("UPDATE events_personalvalue SET value = '\"Cy\"' WHERE entry_id = %s", [entries[0].pk])
    assert found() == [("personal value changed", None, entries[0].pk)]
    PersonalValue.objects.filter(entry=entries[1]).delete()
    assert ("personal value gone", None, entries[1].pk) in found()


@pytest.mark.django_db
def test_a_personal_value_slipped_in_is_found() -> None:
    [entry] = write(1)
    seal(NOW)
    PersonalValue.objects.create(entry=entry, field="after.name", salt="s", value='"Cy"')
    assert found() == [("personal value changed", None, entry.pk)]


@pytest.mark.django_db
def test_commitments_made_unreadable_are_found() -> None:
    entries = write(2, Kind.ABOUT_PEOPLE)
    seal(NOW)
    tamper("UPDATE events_entry SET personal = 'rubbish' WHERE id = %s", [entries[0].pk])
    tamper("UPDATE events_entry SET personal = '7' WHERE id = %s", [entries[1].pk])
    assert {item[0] for item in found()} == {"entry changed", "personal value changed"}


@pytest.mark.django_db
def test_shredding_deletes_value_and_salt_and_the_journal_stays_sound() -> None:
    entry, other = write(2, Kind.ABOUT_PEOPLE)
    seal(NOW)
    assert shred(entry, by=SYSTEM, reason="Asked for by the person") == ["after.name"]
    assert shred(entry, by=SYSTEM, reason="Again") == []
    seal(NOW)
    result = verify()
    assert (result.shredded, result.broken) == (1, [])
    assert selectors.personal_values(entry) == {}
    assert selectors.personal_values(other) == {"after.name": "Bea 1"}
    told = Entry.objects.get(type="events.personal_shredded")
    assert told.after_values == {"entry": entry.pk, "fields": ["after.name"]}
    assert told.reason == "Asked for by the person"


@pytest.mark.django_db
def test_a_forged_shredding_excuses_nothing_unreadable() -> None:
    entry, _ = write(2, Kind.ABOUT_PEOPLE)
    shred(entry, by=SYSTEM, reason="x")
    seal(NOW)
    told = Entry.objects.get(type="events.personal_shredded")
    tamper("UPDATE events_entry SET after = 'rubbish' WHERE id = %s", [told.pk])
    assert ("personal value gone", None, entry.pk) in found()
    assert ("entry changed", 1, told.pk) in found()


@pytest.mark.django_db
def test_a_ruined_journal_is_told_up_to_a_limit(monkeypatch) -> None:
    from sightline.events.services import findings

    monkeypatch.setattr(findings, "MOST_BREAKS", 2)
    write(5)
    seal(NOW)
    tamper("UPDATE events_entry SET reason = 'x'")
    assert len(verify().broken) == 2


@pytest.mark.django_db
def test_a_trigger_taken_away_is_told_by_the_check_and_put_back_by_migrating() -> None:
    assert check_triggers(databases=["default"]) == []
    assert check_triggers() == []
    with connection.cursor() as cursor:
        on = " ON events_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER events_entry_no_update{on}")
    [error] = check_triggers(databases=["default"])
    assert (type(error), error.id) == (Error, "events.E001")
    assert "events_entry_no_update" in error.msg
    triggers.install_after_migrate(sender=None)
    assert check_triggers(databases=["default"]) == []


@pytest.mark.django_db
def test_before_the_tables_stand_there_is_nothing_to_check(monkeypatch) -> None:
    monkeypatch.setattr(triggers, "GUARDED", {"not_there_yet": ("UPDATE",)})
    assert check_triggers(databases=["default"]) == []
    triggers.install_after_migrate(sender=None)
    assert triggers.missing(connection) == ["not_there_yet_no_update"]


@pytest.mark.django_db
def test_the_net_taken_away_is_told_by_the_check() -> None:
    name = next(trigger.name for trigger in triggers.triggers(connection.vendor) if "_net" in trigger.name)
    on = " ON access_user" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert [name in error.msg for error in check_triggers(databases=["default"])] == [True]


@pytest.mark.django_db(transaction=True)
def test_migrating_puts_the_triggers_back() -> None:
    triggers.remove(connection)
    assert triggers.missing(connection) != []
    call_command("migrate", "events", verbosity=0)
    assert triggers.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_seal_each_entry_once() -> None:
    write(30)
    start = threading.Barrier(2)

    def run() -> None:
        try:
            start.wait()
            seal(NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = verify()
    assert (result.sealed, result.unsealed, result.broken) == (30, 0, [])
    assert seal(NOW) is None


@pytest.mark.django_db
def test_a_sealer_that_finds_its_number_taken_leaves_the_entries_to_the_other(monkeypatch) -> None:
    write(1)
    first = seal(NOW)
    write(1)
    monkeypatch.setattr(Seal.objects, "order_by", lambda *fields: Seal.objects.none())
    assert seal(NOW) is None
    monkeypatch.undo()
    assert seal(NOW).previous == first.mac
    assert verify().is_sound


def test_each_database_gets_its_own_triggers() -> None:
    postgres, sqlite = triggers.statements("postgresql"), triggers.statements("sqlite")
    made = [sum("CREATE TRIGGER" in statement for statement in found) for found in (postgres, sqlite)]
    assert made == [len(triggers.triggers("postgresql")), len(triggers.triggers("sqlite"))]
    assert [len(triggers.expected(kind)) for kind in ("postgresql", "sqlite")] == [29, 19]
    assert "BEFORE TRUNCATE ON events_entry FOR EACH STATEMENT" in " ".join(postgres)
    assert "TRUNCATE" not in " ".join(sqlite)
