"""Making a backup: the database first, then the files that its rows name, encrypted, moved into place when whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tarfile import TarFile
from typing import Any, BinaryIO

from django.core.files.storage import default_storage
from django.db import connection

from sightline import __version__
from sightline.events.choices import Actor, KeyNotChanged
from sightline.events.services import deed, record, seal
from sightline.jobs.working import give_name
from sightline.keeping.choices import FILES, HOW_TO_OPEN, MANIFEST, README, SUMS, Refused
from sightline.keeping.entries import KeepingEntry
from sightline.keeping.rules import Manifest, Part, name_for, sums, surplus
from sightline.keeping.services import archive, tables
from sightline.keeping.services.snapshots import Snapshot, snapshot
from sightline.keeping.services.telling import tell_of_backups
from sightline.keeping.services.working import working

Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A backup that was made, and what it says of itself."""

    path: Path
    size: int
    manifest: Manifest


def back_up(to: Path, *, recipients: Sequence[str], by: Actor, now: datetime, say: Say) -> Made:
    """Make one backup: the file `to`, or in the folder `to` a file named by the moment.

    Encrypted to the recipients; open to whoever has the file where there are none, which the caller must have been
    told to do. Raises Refused; nothing that looks like a backup is then left.
    """
    keys = archive.recipients_of(recipients)
    path = to / name_for(now, encrypted=bool(keys)) if to.is_dir() else to
    with working() as folder, _unfinished(path) as (unfinished, out):
        # What is sealed is in the head that the manifest tells; while the key is being changed, the rest waits.
        with suppress(KeyNotChanged):
            seal(now)
        say("Copying the database …")
        with snapshot(folder) as taken, archive.writing(out, keys) as tar:
            manifest = _write(tar, taken, now, say)
        out.flush()
        os.fsync(out.fileno())
        try:
            give_name(unfinished, path)
        except FileExistsError:
            raise _stands(path) from None
    made = Made(path, path.stat().st_size, manifest)
    _note(made, encrypted=bool(keys), by=by)
    # A deed of its own: it reads the entry of the one before.
    tell_of_backups(now=now)
    return made


@contextmanager
def _unfinished(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file beside the one that is to be, under a name that no backup has; gone at the end."""
    if os.path.lexists(path):
        raise _stands(path)
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    beside = path.with_name(f".{path.name}.unfinished")
    beside.unlink(missing_ok=True)
    try:
        with open(beside, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
            yield beside, out
    except OSError as fault:
        raise Refused(f"The backup could not be written: {fault.strerror or fault}.") from fault
    finally:
        beside.unlink(missing_ok=True)


def _stands(path: Path) -> Refused:
    return Refused(f"There is a file {path} already; it was left as it is.")


def _write(tar: TarFile, taken: Snapshot, now: datetime, say: Say) -> Manifest:
    moment = now.timestamp()
    parts = [archive.add_text(tar, README, HOW_TO_OPEN, moment)]
    with taken.file.open("rb") as database:
        parts.append(archive.add(tar, taken.file.name, database, taken.file.stat().st_size, moment))
    files, missing, changed = _files(tar, taken, moment, say)
    manifest = Manifest(
        made_at=now.isoformat(),
        version=__version__,
        kind=connection.vendor,
        server=taken.server,
        migrations=tables.migrations(taken.ask),
        tables=tables.counts(taken.ask, connection.vendor),
        head=tables.head(taken.ask),
        parts=[*parts, *files],
        missing=missing,
        changed=changed,
    )
    told = archive.add_text(tar, MANIFEST, manifest.as_json(), moment)
    archive.add_text(tar, SUMS, sums([*manifest.parts, told]), moment)
    return manifest


def _files(tar: TarFile, taken: Snapshot, moment: float, say: Say) -> tuple[list[Part], list[str], list[str]]:
    """Every file that the snapshot's rows name; which are missing, and which are not what was stored."""
    parts: list[Part] = []
    missing: list[str] = []
    changed: list[str] = []
    wanted = tables.stored_files(taken.ask)
    for number, stored in enumerate(wanted, 1):
        part = _file(tar, stored.name, moment)
        if part is None:
            missing.append(stored.name)
            continue
        parts.append(part)
        if stored.sha256 and part.sha256 != stored.sha256:
            changed.append(stored.name)
        if number % 100 == 0 or number == len(wanted):
            say(f"{number:,} of {len(wanted):,} files …")
    return parts, missing, changed


def _file(tar: TarFile, name: str, moment: float) -> Part | None:
    try:
        size = default_storage.size(name)
        opened: Any = default_storage.open(name, "rb")
    except FileNotFoundError:
        return None
    with opened:
        return archive.add(tar, f"{FILES}{name}", opened, size, moment)


@deed
def _note(made: Made, *, encrypted: bool, by: Actor) -> None:
    """The journal tells of every backup: where the newest stands, and when it was made."""
    manifest = made.manifest
    record(
        KeepingEntry.BACKUP_MADE,
        by=by,
        after={
            "name": made.path.name,
            "bytes": made.size,
            "files": len(manifest.files),
            "missing": len(manifest.missing),
            "changed": len(manifest.changed),
            "head": manifest.head.printed,
            "encrypted": encrypted,
        },
    )


def keep_newest(folder: Path, keep: int) -> list[str]:
    """Take away all but the newest backups that were made by turns into this folder. Returns their names."""
    gone = surplus((path.name for path in folder.iterdir() if path.is_file()), keep)
    for name in gone:
        (folder / name).unlink()
    return gone
