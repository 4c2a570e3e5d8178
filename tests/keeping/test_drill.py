"""The drill: back up, lose everything, put it back. The same rows, the same files, a journal that verifies."""

import hashlib
import json
import sqlite3
import subprocess
import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from sightline.access.models import Session
from sightline.access.services import create_user
from sightline.documents.models import Document
from sightline.events import triggers
from sightline.events.models import Entry
from sightline.events.services import seal, verify
from sightline.jobs.models import Worker
from sightline.keeping.choices import DATABASES
from sightline.keeping.selectors import backup_sentence
from sightline.keeping.services import places, stores, tables, tell_of_backups
from sightline.messages.models import WorkItem
from tests.keeping.conftest import BY, Keys, Own, Said, new_keys

Run = Callable[..., Said]
PLACES = {"postgresql": "_Schema", "sqlite": "_File"}
# What a restore itself writes.
WRITTEN = {"events_entry", "events_seal", "events_sealedentry", "events_personalvalue", "access_session"}


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    names = tables.names(tables.ask_django, connection.vendor)
    return {
        name: sorted(tuple(map(repr, row)) for row in tables.ask_django(f'SELECT * FROM "{name}"'))  # noqa: S608
        for name in names
    }


def contents(own: Own) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in own.files()}


def back_up(sightline: Run, to: Path, keys: Keys) -> Said:
    return sightline("backup", to, "--recipient", keys.public)


def put_back(sightline: Run, path: Path, keys: Keys, *more: str) -> Said:
    return sightline("restore", path, "--key", keys.file, "--reason", "The disk broke", *more)


@pytest.mark.django_db
def test_without_backups_nothing_is_said_of_them() -> None:
    """Marked, so that the tests' database is made, of which the other tests take copies."""
    assert backup_sentence(timezone.now()) == ""


def test_once_a_backup_is_made_nobody_is_asked_for_it(
    own: Own, sightline: Run, keys: Keys, tmp_path: Path, settings: Any
) -> None:
    settings.BACKUP_RECIPIENTS = [keys.public]
    tell_of_backups(now=timezone.now())
    assert WorkItem.objects.count() == 1
    assert back_up(sightline, tmp_path / "safe.tar.age", keys).status == 0
    assert not WorkItem.objects.exists()


def signed_in() -> None:
    Session.objects.create(
        session_key="a" * 32,
        session_data="x",
        user=create_user("ada@example.org", name="Ada", password="x" * 14, by=BY),
        expire_date=timezone.now() + timedelta(hours=1),
    )


def test_what_was_backed_up_comes_back(filled: Own, sightline: Run, keys: Keys, tmp_path: Path) -> None:
    signed_in()
    made = back_up(sightline, tmp_path / "safe.tar.age", keys)
    assert made.status == 0, made.err
    before, files = rows(), contents(filled)
    assert len(files) == 2
    filled.wipe()
    assert filled.files() == []
    done = put_back(sightline, tmp_path / "safe.tar.age", keys)
    assert done.status == 0, done.err
    after = rows()
    assert {name: after[name] for name in after if name not in WRITTEN} == {
        name: before[name] for name in before if name not in WRITTEN
    }
    assert contents(filled) == files
    found = verify()
    assert found.is_sound
    # The backup's own entry was written after its moment; the restore wrote two: sessions ended, restored.
    assert found.sealed + found.unsealed == len(before["events_entry"]) - 1 + 2
    assert not Session.objects.exists()
    told = Entry.objects.get(type="keeping.restored")
    assert (told.reason, told.actor_label) == ("The disk broke", "command line")
    assert json.loads(told.before) == {"head": ""}
    assert json.loads(told.after)["files"] == 2
    assert json.loads(told.after)["head"] in made.out
    assert triggers.missing(connection) == []
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["files", "keeping.lock"]
    assert sightline("check").out.endswith("The database is up to date.\n")


def test_it_can_be_opened_without_sightline(filled: Own, sightline: Run, tmp_path: Path) -> None:
    assert sightline("backup", tmp_path / "open.tar", "--not-encrypted").status == 0
    out = tmp_path / "out"
    with tarfile.open(tmp_path / "open.tar") as tar:
        tar.extractall(out, filter="data")
    done = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=out, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    document = Document.objects.get(name="Audit.pdf")
    assert hashlib.sha256((out / "files" / document.file.name).read_bytes()).hexdigest() == document.sha256
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["tables"]["documents_document"] == 2
    assert manifest["missing"] == []


def test_a_backup_holds_no_key(filled: Own, sightline: Run, tmp_path: Path, settings: Any) -> None:
    assert sightline("backup", tmp_path / "open.tar", "--not-encrypted").status == 0
    data = (tmp_path / "open.tar").read_bytes()
    assert settings.JOURNAL_KEY.encode() not in data
    assert settings.SECRET_KEY.encode() not in data


def test_what_is_there_is_not_overwritten_but_kept_beside(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "safe.tar.age"
    assert back_up(sightline, path, keys).status == 0
    later = filled.folder / "data" / "files" / "documents" / "later.txt"
    later.write_text("Put there after the backup.")
    create_user("ben@example.org", name="Ben", password="x" * 14, by=BY)
    before, files = rows(), contents(filled)
    refused = put_back(sightline, path, keys)
    assert (refused.status, rows(), contents(filled)) == (1, before, files)
    assert "The database is not empty." in refused.err
    done = put_back(sightline, path, keys, "--replace")
    assert done.status == 0, done.err
    assert done.out.count("What was there before stands in") == 2
    assert set(contents(filled)) == set(files) - {"later.txt"}
    (aside,) = (tmp_path / "data").glob("files.before-restore-*")
    assert {path.name: path.read_bytes() for path in aside.rglob("*") if path.is_file()} == files
    assert len(rows()["access_user"]) == len(before["access_user"]) - 1
    # A second backup takes nothing of what stands aside.
    assert back_up(sightline, tmp_path / "second.tar.age", keys).status == 0


def test_a_database_of_freshly_made_tables_is_empty(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "safe.tar.age"
    assert back_up(sightline, path, keys).status == 0
    filled.wipe()
    filled.begin()
    done = put_back(sightline, path, keys)
    assert done.status == 0, done.err
    assert "What was there before" not in done.out


@pytest.mark.parametrize("row", ["", "INSERT INTO parish_register VALUES ('Anna')"])
def test_what_another_application_keeps_is_not_thrown_away(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, row: str
) -> None:
    path = tmp_path / "safe.tar.age"
    assert back_up(sightline, path, keys).status == 0
    filled.wipe()
    with connection.cursor() as cursor:
        for statement in filter(None, ("CREATE TABLE parish_register (name text)", row)):
            cursor.execute(statement)
    refused = put_back(sightline, path, keys)
    assert "The database is not empty." in refused.err
    assert len(tables.ask_django("SELECT * FROM parish_register")) == bool(row)
    done = put_back(sightline, path, keys, "--replace")
    assert done.status == 0, done.err
    assert done.out.count("What was there before stands in") == 1


def test_a_function_of_another_application_is_not_thrown_away(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps no functions")
    path = tmp_path / "safe.tar.age"
    assert back_up(sightline, path, keys).status == 0
    filled.wipe()
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION parish() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert "The database is not empty." in put_back(sightline, path, keys).err
    assert tables.ask_django("SELECT parish()") == [(1,)]


def test_rows_without_a_journal_are_something(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path
) -> None:
    path = tmp_path / "safe.tar.age"
    assert back_up(sightline, path, keys).status == 0
    filled.begin()
    Worker.objects.create(name="one", started_at=timezone.now(), seen_at=timezone.now())
    assert "The database is not empty." in put_back(sightline, path, keys).err


def broken(path: Path, how: str) -> Path:
    data = bytearray(path.read_bytes())
    if how == "cut off":
        data = data[: len(data) // 2]
    elif how == "last bytes gone":
        data = data[:-7]
    else:
        data[len(data) * 2 // 3] ^= 1
    other = path.with_name(f"broken-{path.name}")
    other.write_bytes(data)
    return other


@pytest.mark.parametrize("how", ["cut off", "last bytes gone", "a byte flipped"])
@pytest.mark.parametrize("encrypted", [True, False])
def test_a_damaged_backup_is_refused_and_nothing_is_touched(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, how: str, encrypted: bool
) -> None:
    path = tmp_path / "safe.tar"
    said = sightline("backup", path, *(("--recipient", keys.public) if encrypted else ("--not-encrypted",)))
    assert said.status == 0, said.err
    if how == "last bytes gone" and not encrypted:
        # The end of a tar is filled with nothing; cut into what comes before it.
        path.write_bytes(path.read_bytes().rstrip(b"\0"))
    bad = broken(path, how)
    before = rows()
    checked = sightline("backup", "--verify", bad, "--key", keys.file)
    assert checked.status == 1
    assert "damaged or cut off" in checked.err
    refused = put_back(sightline, bad, keys, "--replace")
    assert refused.status == 1
    assert "Nothing was changed." in refused.err
    assert rows() == before
    assert list((tmp_path / "data").glob("*restore*")) == []


def test_a_whole_backup_is_told_to_be_whole(filled: Own, sightline: Run, keys: Keys, tmp_path: Path) -> None:
    back_up(sightline, tmp_path / "safe.tar.age", keys)
    said = sightline("backup", "--verify", tmp_path / "safe.tar.age", "--key", keys.file)
    assert said.status == 0, said.err
    assert said.out.startswith("Whole: every part is what was written.")
    assert "2 files" in said.out


def test_only_the_private_key_opens_it(filled: Own, sightline: Run, keys: Keys, tmp_path: Path) -> None:
    path = tmp_path / "safe.tar.age"
    back_up(sightline, path, keys)
    assert b"Audit" not in path.read_bytes()
    assert (path.stat().st_mode & 0o777) == 0o600
    other = new_keys(tmp_path / "other.txt")
    assert "This key does not open the backup" in put_back(sightline, path, other).err
    assert "give the file that holds the private key" in sightline("backup", "--verify", path).err
    (tmp_path / "none.txt").write_text("nothing here")
    said = sightline("backup", "--verify", path, "--key", tmp_path / "none.txt")
    assert "holds no private key" in said.err
    own_key = sightline("backup", tmp_path / "x.age", "--recipient", keys.file.read_text().split()[-1])
    assert "it is a private one" in own_key.err
    assert not (tmp_path / "x.age").exists()


def with_manifest(path: Path, **changed: Any) -> Path:
    """The same open backup, whose manifest says something else, with sums that fit."""
    other = path.with_name("changed.tar")
    from sightline.keeping.services import archive

    with tarfile.open(path) as tar, other.open("wb") as out, archive.writing(out, []) as made:
        parts = []
        for member in tar.getmembers():
            data = tar.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "SHA256SUMS":
                continue
            if member.name == "manifest.json":
                data = (json.dumps({**json.loads(data), **changed}, indent=1) + "\n").encode()
            parts.append(
                archive.add_text(made, member.name, "", 0) if not data else _add(made, member.name, data)
            )
        sums = "".join(f"{part.sha256}  {part.name}\n" for part in parts)
        archive.add_text(made, "SHA256SUMS", sums, 0)
    return other


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> Any:
    import io

    from sightline.keeping.services import archive

    return archive.add(tar, name, io.BytesIO(data), len(data), 0)


def test_what_does_not_fit_this_installation_is_refused(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, settings: Any
) -> None:
    path = tmp_path / "open.tar"
    assert sightline("backup", path, "--not-encrypted").status == 0
    filled.wipe()
    newer = with_manifest(path, migrations=[["plans", "9999_in_the_future"]])
    assert "made by another version of Sightline" in put_back(sightline, newer, keys).err
    fewer = with_manifest(path, tables={"access_user": 77})
    assert "are not as many as were backed up" in put_back(sightline, fewer, keys).err
    other = with_manifest(path, format="sightline-backup/2")
    assert "has a form that this version of Sightline does not know" in put_back(sightline, other, keys).err
    settings.JOURNAL_KEY = "another key, which is long enough as well"
    assert "sealed with another key" in put_back(sightline, path, keys).err
    assert not places.place(timezone.now()).holds_anything()
    lost = put_back(sightline, path, keys, "--journal-key-lost")
    assert lost.status == 1
    assert "was made with another key" in lost.err
    assert Entry.objects.filter(type="keeping.restored").exists()


def test_while_the_key_is_being_changed_backups_are_made_and_put_back(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, settings: Any
) -> None:
    path = tmp_path / "safe.tar.age"
    seal(timezone.now())
    settings.JOURNAL_OLD_KEYS = [settings.JOURNAL_KEY]
    settings.JOURNAL_KEY = "another key, which is long enough as well"
    assert back_up(sightline, path, keys).status == 0
    filled.wipe()
    done = put_back(sightline, path, keys)
    assert done.out.startswith("Restored.")
    assert (done.status, "journal rotate-key" in done.err) == (1, True)
    assert sightline("journal", "rotate-key").status == 0
    assert verify().is_sound


def test_another_kind_of_database_is_refused(filled: Own, sightline: Run, keys: Keys, tmp_path: Path) -> None:
    path = tmp_path / "open.tar"
    assert sightline("backup", path, "--not-encrypted").status == 0
    (other,) = {"sqlite", "postgresql"} - {connection.vendor}
    file = with_manifest(path, kind=other)
    said = put_back(sightline, file, keys, "--replace")
    assert said.status == 1
    assert "does not fit together" in said.err or "goes back into the same kind only" in said.err
    assert DATABASES[other] not in said.err


def test_a_missing_or_changed_file_is_told_of_and_the_backup_is_kept(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path
) -> None:
    audit, voices = (Document.objects.get(name=name) for name in ("Audit.pdf", "voices.txt"))
    Path(audit.file.path).unlink()
    Path(voices.file.path).write_text("Nobody said so.")
    folder = tmp_path / "backups"
    folder.mkdir()
    older = folder / "sightline-20250101-010000Z.tar.age"
    older.write_text("A whole one.")
    said = sightline("backup", folder, "--recipient", keys.public, "--keep", "1")
    entry = Entry.objects.get(type="keeping.backup_made")
    assert (json.loads(entry.after)["missing"], json.loads(entry.after)["changed"]) == (1, 1)
    # What lacks files pushes none out that has them.
    assert older.exists()
    (path,) = set(folder.iterdir()) - {older}
    checked = sightline("backup", "--verify", path, "--key", keys.file)
    filled.wipe()
    done = put_back(sightline, path, keys)
    for each in (said, checked, done):
        assert each.status == 1
        assert f"MISSING: the database names the file {audit.file.name}" in each.err
        assert f"CHANGED: the file {voices.file.name}" in each.err
    assert done.out.startswith("Restored.")


def test_nothing_is_written_unless_it_is_encrypted_or_that_is_said(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, settings: Any
) -> None:
    there = tmp_path / "there.tar.age"
    there.write_text("Somebody's.")
    assert "Name a public key" in sightline("backup", tmp_path / "x.tar").err
    assert sightline("backup", tmp_path / "x.tar", "--not-encrypted", "--recipient", keys.public).status == 2
    assert "left as it is" in back_up(sightline, there, keys).err
    assert there.read_text() == "Somebody's."
    assert "There is no folder" in back_up(sightline, tmp_path / "no" / "x.age", keys).err
    assert "begins with age1" in sightline("backup", tmp_path / "x.age", "--recipient", "age1nonsense").err
    assert sorted(path.name for path in tmp_path.glob("*.age")) == ["there.tar.age"]
    settings.BACKUP_RECIPIENTS = [keys.public]
    assert sightline("backup", tmp_path / "x.tar.age").status == 0


def test_a_folder_keeps_the_newest_and_what_is_not_ours(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, settings: Any
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for name in ("sightline-20250101-010000Z.tar.age", "sightline-20250102-010000Z.tar.age", "letter.txt"):
        (folder / name).write_text("x")
    said = sightline("backup", folder, "--recipient", keys.public, "--keep", "2")
    assert said.status == 0, said.err
    assert "Taken away, older than the newest 2: sightline-20250101-010000Z.tar.age" in said.out
    names = sorted(path.name for path in folder.iterdir())
    assert names[0] == "letter.txt"
    assert names[1] == "sightline-20250102-010000Z.tar.age"
    assert len(names) == 3
    settings.BACKUP_RECIPIENTS = [keys.public]
    assert "last whole backup" not in sightline("check").err
    settings.BACKUP_DAYS = -1
    assert "The last whole backup is of" in sightline("check").err


def test_a_restore_that_fails_leaves_what_was_there(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "safe.tar.age"
    back_up(sightline, path, keys)
    create_user("ben@example.org", name="Ben", password="x" * 14, by=BY)
    first, second = filled.files()
    first.unlink()
    second.write_text("Another file since.")
    before, files = rows(), contents(filled)

    def breaks(*given: Any, **more: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as patch:
        patch.setattr("sightline.keeping.services.restoring.record", breaks)
        said = put_back(sightline, path, keys, "--replace")
    assert said.status == 1
    assert "have a second name in the folder" in said.err
    assert (rows(), contents(filled)) == (before, files)
    assert triggers.missing(connection) == []


def connected() -> Any:
    """Somebody else who works with the database."""
    given = connection.settings_dict
    if connection.vendor == "postgresql":
        return psycopg.connect(host=given["HOST"], user=given["USER"], dbname=given["NAME"])
    other = sqlite3.connect(given["NAME"], isolation_level=None)
    for statement in ("PRAGMA journal_mode=WAL", "BEGIN", "SELECT count(*) FROM events_entry"):
        other.execute(statement).fetchall()
    return other


def test_a_restore_that_cannot_end_leaves_what_was_there(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "safe.tar.age"
    back_up(sightline, path, keys)
    filled.files()[0].write_text("Another file since.")
    files, put = contents(filled), stores.put

    others: list[Any] = []

    def somebody_connects(*given: Any) -> None:
        put(*given)
        others.append(connected())

    with monkeypatch.context() as patch:
        patch.setattr(stores, "put", somebody_connects)
        said = put_back(sightline, path, keys, "--replace")
    others[0].close()
    assert "Something is still connected" in said.err
    assert contents(filled) == files
    assert Entry.objects.filter(type="keeping.backup_made").exists()


def test_a_killed_restore_serves_nothing_and_can_be_done_again(
    filled: Own, sightline: Run, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "safe.tar.age"
    back_up(sightline, path, keys)
    create_user("ben@example.org", name="Ben", password="x" * 14, by=BY)
    before = rows()

    def killed(*given: Any, **more: Any) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("sightline.keeping.services.restoring.verify", killed)
        # A killed process puts nothing back.
        patch.setattr(
            f"sightline.keeping.services.places.{PLACES[connection.vendor]}.put_back", lambda self: None
        )
        assert put_back(sightline, path, keys, "--replace").status == 1
    if connection.vendor == "postgresql":
        assert places.half_restored()
        assert "stopped in the middle" in sightline("check").out
        assert "stopped in the middle" in sightline("journal", "verify").err
    else:
        connection.close()
        connection.settings_dict["NAME"] = str(filled.folder / "own.sqlite3")
        assert rows() == before
    done = put_back(sightline, path, keys, "--replace")
    assert done.status == 0, done.err
    assert not places.half_restored()
    assert verify().is_sound
