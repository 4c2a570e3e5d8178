"""A new key for the journal: what the old one sealed still verifies, and the old one is good for nothing new."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from sightline.access.models import User
from sightline.access.services import create_user
from sightline.cli.main import sightline
from sightline.events.canonical import ENTRY_COLUMNS, account_mac, entry_digest, key_print, seal_mac
from sightline.events.choices import SYSTEM, KeyNotChanged
from sightline.events.models import Checkpoint, Entry, PersonalValue, RowAccount, RowChange, Seal, SealedEntry
from sightline.events.services import make_checkpoint, record, remove_old, rotate_key, seal, verify
from sightline.events.services.checkpoints import _mac
from sightline.events.services.netting import COLUMNS, told_of_older_keys
from sightline.events.services.sealing import change_key
from sightline.jobs.choices import PermanentFailure
from sightline.jobs.jobs import seal_journal
from tests.events.kinds import Kind
from tests.events.tampering import tamper, without_triggers

pytestmark = pytest.mark.django_db
NOW = dt.datetime.now(dt.UTC)
OLD, NEW, NEWEST = (f"{word} key of the journal, which is long enough" for word in ("old", "new", "newest"))


@pytest.fixture
def keyed(settings: Any) -> Callable[..., None]:
    """Put keys into the settings: today's, then those of before."""

    def put(*keys: str) -> None:
        settings.JOURNAL_KEY, settings.JOURNAL_OLD_KEYS = keys[0], list(keys[1:])

    put(OLD)
    return put


def write(number: int = 2) -> None:
    for _ in range(number):
        record(Kind.ABOUT_PEOPLE, by=SYSTEM, after={"name": "Bea"}, reason="why")


def found() -> list[tuple[str, int | None, int | None]]:
    return [(str(item.kind), item.seal, item.entry) for item in verify().broken]


def prints() -> list[str]:
    return list(Seal.objects.order_by("sequence").values_list("key_print", flat=True))


def test_what_the_old_key_wrote_is_sealed_with_it_and_all_of_it_verifies(keyed: Callable[..., None]) -> None:
    write()
    create_user("ada@example.org", name="Ada", password="x" * 14, by=SYSTEM)
    seal(NOW)
    write(3)
    create_user("ben@example.org", name="Ben", password="x" * 14, by=SYSTEM)
    keyed(NEW, OLD)
    write()
    # Until somebody says so, entries wait.
    with pytest.raises(KeyNotChanged, match="rotate-key"):
        seal(NOW)
    with pytest.raises(PermanentFailure, match="rotate-key"):
        seal_journal(SimpleNamespace())
    assert found() == [("key not changed", None, None)]
    assert rotate_key(by=SYSTEM, now=NOW)
    assert prints() == [key_print(key.encode()) for key in (OLD, OLD, NEW)]
    result = verify()
    # The checkpoint's own entry.
    assert (result.broken, result.unsealed) == ([], 1)
    told = Entry.objects.get(type="events.key_changed")
    changes = {key_print(OLD.encode()): RowChange.objects.latest("pk").pk}
    assert told.after_values == {"key": key_print(NEW.encode()), "changes": changes}
    write()
    seal(NOW)
    assert verify().is_sound
    keyed(NEW)
    assert {kind for kind, _, _ in found()} >= {"wrong key"}


def test_a_key_may_be_changed_twice_before_anything_is_sealed(keyed: Callable[..., None]) -> None:
    write()
    seal(NOW)
    write()
    keyed(NEW, OLD)
    write()
    keyed(NEWEST, NEW, OLD)
    write()
    rotate_key(by=SYSTEM, now=NOW)
    assert prints() == [key_print(key.encode()) for key in (OLD, OLD, NEW, NEWEST)]
    assert found() == []


def changed_over(keyed: Callable[..., None]) -> None:
    write()
    seal(NOW)
    keyed(NEW, OLD)
    write()
    rotate_key(by=SYSTEM, now=NOW)
    assert found() == []


def test_what_the_old_key_wrote_anew_is_not_taken_over(keyed: Callable[..., None]) -> None:
    changed_over(keyed)
    with without_triggers():
        Checkpoint.objects.all().delete()
        SealedEntry.objects.filter(seal__key_print=key_print(NEW.encode())).delete()
        Seal.objects.filter(key_print=key_print(NEW.encode())).delete()
        PersonalValue.objects.filter(entry__sealed=None).delete()
        Entry.objects.filter(sealed=None).delete()
    keyed(OLD)
    write()
    seal(NOW)
    keyed(NEW, OLD)
    write()
    for sign in (seal, lambda now: make_checkpoint(by=SYSTEM, now=now)):
        with pytest.raises(KeyNotChanged):
            sign(NOW)
    assert found() == [("key not changed", None, None)]


def account(key: str, change: RowChange, entry: int, digest: str) -> None:
    values = RowChange.objects.values_list(*COLUMNS).get(pk=change.pk)
    mac = account_mac(key.encode(), values, entry, digest)
    RowAccount.objects.create(change=change, entry_id=entry, digest=digest, mac=mac)


def test_whoever_has_the_old_key_can_account_for_no_change(keyed: Callable[..., None]) -> None:
    user = create_user("ada@example.org", name="Ada", password="x" * 14, by=SYSTEM)
    changed_over(keyed)
    before = RowChange.objects.latest("pk")
    User.objects.filter(pk=user.pk).update(is_active=False)
    entry = Entry.objects.earliest("pk")
    account(OLD, RowChange.objects.latest("pk"), entry.pk, entry.digest)
    assert found() == [("row changed without an entry", None, None)]
    # Nor for one of before, by an entry that there never was.
    tamper("DELETE FROM events_rowaccount")
    account(OLD, before, -1, "")
    assert len(found()) == 2


def test_until_when_an_older_key_counted_outlives_its_entry(keyed: Callable[..., None]) -> None:
    create_user("ada@example.org", name="Ada", password="x" * 14, by=SYSTEM)
    seal(NOW)
    keyed(NEW, OLD)
    rotate_key(by=SYSTEM, now=NOW - dt.timedelta(days=365 * 8))
    told = told_of_older_keys()
    assert told == {key_print(OLD.encode()): RowChange.objects.latest("pk").pk}
    remove_old(by=SYSTEM, reason="Seven years", today=NOW.date())
    assert not Entry.objects.filter(type="events.key_changed").exists()
    assert told_of_older_keys() == told
    assert found() == []


def test_whoever_has_the_old_key_can_seal_nothing_after_the_change(keyed: Callable[..., None]) -> None:
    changed_over(keyed)
    write()
    keyed(OLD)
    seal(NOW)
    keyed(NEW, OLD)
    newest = Seal.objects.latest("sequence").sequence
    assert ("older key", newest, None) in found()


def test_whoever_has_the_old_key_can_write_no_entry_after_the_change(keyed: Callable[..., None]) -> None:
    changed_over(keyed)
    keyed(OLD)
    write(1)
    keyed(NEW, OLD)
    entry = Entry.objects.latest("pk").pk
    assert found() == [("unsealed entry not ours", None, entry)]
    seal(NOW)
    assert found() == [("entry changed", Seal.objects.latest("sequence").sequence, entry)]


def test_whoever_has_the_old_key_cannot_write_the_past_anew(keyed: Callable[..., None]) -> None:
    changed_over(keyed)
    first, entry = Seal.objects.get(sequence=1), Entry.objects.earliest("pk")
    tamper("UPDATE events_entry SET reason = 'another' WHERE id = %s", [entry.pk])
    entry.refresh_from_db()
    digest = entry_digest(OLD.encode(), [getattr(entry, column) for column in ENTRY_COLUMNS])
    tamper("UPDATE events_entry SET digest = %s WHERE id = %s", [digest, entry.pk])
    tamper("UPDATE events_sealedentry SET digest = %s WHERE entry_id = %s", [digest, entry.pk])
    from sightline.events.canonical import batch_digest

    members = list(SealedEntry.objects.filter(seal=1).order_by("position").values_list("entry_id", "digest"))
    batch = batch_digest(members)
    mac = seal_mac(
        OLD.encode(), sequence=1, moment=first.moment.astimezone(dt.UTC), previous="", count=first.count,
        digest=batch, last_entry=first.last_entry,
    )  # fmt: skip
    tamper("UPDATE events_seal SET digest = %s, mac = %s WHERE sequence = 1", [batch, mac])
    # The seal after it, of the old or of the new key, holds the MAC that stood there.
    assert ("seal changed", 2, None) in found()


def test_whoever_has_the_old_key_can_sign_no_checkpoint(keyed: Callable[..., None]) -> None:
    write()
    assert make_checkpoint(by=SYSTEM, now=NOW)
    changed_over(keyed)
    assert make_checkpoint(by=SYSTEM, now=NOW)
    assert found() == []
    last = Checkpoint.objects.latest("number")
    newest = Seal.objects.latest("sequence")
    forged = Checkpoint(
        number=last.number + 1, day=NOW.date(), seal=newest.sequence + 5, seal_mac="f" * 64, count=99,
        may_go_on=NOW.date(), previous=last.mac, key_print=key_print(OLD.encode()),
    )  # fmt: skip
    forged.mac = _mac(OLD.encode(), forged)
    forged.save(force_insert=True)
    assert [item.kind for item in verify().broken] == ["checkpoint not ours"]


def test_the_command_signs_the_old_with_the_new(keyed: Callable[..., None], capsys: Any) -> None:
    write()
    with pytest.raises(Exception, match="nothing to change"):
        sightline.main(["journal", "rotate-key"], standalone_mode=False)
    seal(NOW)
    keyed(NEW)
    with pytest.raises(Exception, match="SIGHTLINE_JOURNAL_OLD_KEYS"):
        sightline.main(["journal", "rotate-key"], standalone_mode=False)
    keyed(NEW, OLD)
    # Stopped before it was signed: the command signs what it finds changed.
    change_key(by=SYSTEM, now=NOW)
    assert not Checkpoint.objects.exists()
    sightline.main(["journal", "rotate-key"], standalone_mode=False)
    assert "is sealed with the new key" in capsys.readouterr().out
    assert Checkpoint.objects.get().key_print == key_print(NEW.encode())
    assert found() == []
    with pytest.raises(Exception, match="nothing to change"):
        sightline.main(["journal", "rotate-key"], standalone_mode=False)
