"""Putting a backup back: nothing is touched until every byte is checked, and what was there is kept beside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sightline.access.services import end_every_session
from sightline.events import triggers
from sightline.events.choices import Actor, KeyNotChanged
from sightline.events.keys import key_ring
from sightline.events.services import Verification, deed, record, seal, verify
from sightline.keeping.choices import KINDS, Refused
from sightline.keeping.entries import KeepingEntry
from sightline.keeping.rules import Manifest
from sightline.keeping.services import stores, tables
from sightline.keeping.services.places import Place, place
from sightline.keeping.services.unpacking import unpack
from sightline.keeping.services.working import working

Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """What is put back, by whom, why, and what they allow."""

    path: Path
    identities: Sequence[Any]
    by: Actor
    reason: str
    replace: bool = False
    key_lost: bool = False


@dataclass(frozen=True)
class Restored:
    """What a restore did."""

    manifest: Manifest
    verification: Verification
    sessions: int
    head_before: str
    asides: Sequence[str]


def restore(wanted: Wanted, *, now: datetime, say: Say) -> Restored:
    """Put a backup into an empty database and an empty store, or, where that is allowed, in place of what is there.

    Raises Refused, and then nothing has changed.
    """
    with working() as folder:
        say("Reading the backup and checking every part …")
        manifest = unpack(wanted.path, wanted.identities, folder)
        _check_fits(manifest, key_lost=wanted.key_lost)
        to = place(now)
        head_before = to.holds_anything()
        others = stores.strangers(manifest.files)
        _check_free(head_before, others, replace=wanted.replace)
        stood = list(stores.names())
        aside = stores.lay_aside(stood, now) if others else None
        try:
            say("Putting the files back …")
            stores.put(manifest.files, folder, say)
            found, sessions = _database(wanted, manifest, to, folder, head_before, now, say)
            asides = [kept for kept in (to.finish(), f"the folder {aside}" if aside else "") if kept]
        except BaseException:
            try:
                to.put_back()
            finally:
                stores.put_back(manifest.files, stood, aside, say)
            raise
        stores.take_away(name for name in others if f"files/{name}" not in _named(manifest))
    return Restored(manifest, found, sessions, head_before, asides)


def _named(manifest: Manifest) -> set[str]:
    return {part.name for part in manifest.files}


def _check_fits(manifest: Manifest, *, key_lost: bool) -> None:
    """Refuse what this installation cannot hold: another database, a newer version, another journal key."""
    if manifest.kind != connection.vendor:
        raise Refused(
            f"The backup is of {KINDS[manifest.kind]} and the database in the settings is "
            f"{KINDS[connection.vendor]}: it goes back into the same kind only."
        )
    known = set(MigrationLoader(None).disk_migrations)
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise Refused(
            f"The backup was made by another version of Sightline ({manifest.version}), which knows "
            f"{newer[0]}: install that version or a newer one."
        )
    if manifest.head.sequence and manifest.head.key_print not in key_ring() and not key_lost:
        raise Refused(
            "The journal in the backup was sealed with another key than those in the settings: set the key of that "
            "time (SIGHTLINE_JOURNAL_KEY or SIGHTLINE_JOURNAL_OLD_KEYS), or say --journal-key-lost."
        )


def _check_free(head: str, others: Sequence[str], *, replace: bool) -> None:
    if replace:
        return
    if head:
        raise Refused("The database is not empty. With --replace what is there is kept beside it.")
    if others:
        raise Refused(
            f"The store of files is not empty: “{others[0]}” is not of the backup. With --replace what is there is "
            "kept beside it."
        )


def _database(
    wanted: Wanted, manifest: Manifest, to: Place, folder: Path, head_before: str, now: datetime, say: Say
) -> tuple[Verification, int]:
    """The database, whole: rows counted, brought up to this version, its journal verified."""
    say("Putting the database back …")
    to.bring_in(folder / manifest.database)
    if (standing := tables.counts(tables.ask_django, manifest.kind)) != manifest.tables:
        wrong = sorted(dict(standing.items() ^ manifest.tables.items()))
        raise Refused(f"The rows of {wrong[0]} are not as many as were backed up.")
    call_command("migrate", interactive=False, verbosity=0)
    triggers.install(connection)
    say("Verifying the journal …")
    found = verify(manifest.head.printed or None, lambda done: say(f"{done:,} entries …"))
    if found.rolled_back:
        raise Refused("The journal in the backup has not the head that the backup tells of.")
    # Of before the last change of the key: verifying says what is to be done.
    with suppress(KeyNotChanged):
        seal(now)
    return found, _conclude(wanted, manifest, found, to, head_before)


@deed
def _conclude(wanted: Wanted, manifest: Manifest, found: Verification, to: Place, head_before: str) -> int:
    """What makes it whole: nobody is signed in, and the journal tells that this was done."""
    ended = end_every_session(f"Restored from a backup: {wanted.reason}", by=wanted.by)
    record(
        KeepingEntry.RESTORED,
        by=wanted.by,
        before={"head": head_before},
        after={
            "backup": wanted.path.name,
            "made": manifest.made_at,
            "head": manifest.head.printed,
            "broken": len(found.broken),
            "files": len(manifest.files),
            "sessions": ended,
        },
        reason=wanted.reason,
    )
    to.conclude()
    return ended
