"""A new key for the journal: what the old one sealed still verifies, and the old one is good for nothing new."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from sightline.access.services import create_user
from sightline.cli.main import sightline
from sightline.events.canonical import ENTRY_COLUMNS, entry_digest, key_print, seal_mac
from sightline.events.choices import SYSTEM
from sightline.events.models import Checkpoint, Entry, Seal
from sightline.events.services import make_checkpoint, record, seal, verify
from sightline.events.services.checkpoints import _mac
from tests.events.kinds import Kind
from tests.events.tampering import tamper

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
    assert verify().is_sound
    write()
    assert verify().is_sound
    seal(NOW)
    assert prints() == [key_print(key.encode()) for key in (OLD, OLD, NEW)]
    result = verify()
    assert (result.broken, result.unsealed) == ([], 0)
    told = Entry.objects.get(type="events.key_changed")
    assert told.after_values == {"key": key_print(NEW.encode())}
    write()
    seal(NOW)
    assert Entry.objects.filter(type="events.key_changed").count() == 1
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
    seal(NOW)
    assert prints() == [key_print(key.encode()) for key in (OLD, OLD, NEW, NEWEST)]
    assert found() == []


def changed_over(keyed: Callable[..., None]) -> None:
    write()
    seal(NOW)
    keyed(NEW, OLD)
    write()
    seal(NOW)
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
    from sightline.events.models import SealedEntry

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
    sightline.main(["journal", "rotate-key"], standalone_mode=False)
    assert "is sealed with the new key" in capsys.readouterr().out
    assert Checkpoint.objects.get().key_print == key_print(NEW.encode())
    assert found() == []
