"""One moment of the database: its copy in a file, and what stood in it at that very moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.sqlite3._functions import register  # type: ignore[import-untyped]  # the stubs leave it out

from sightline.keeping.choices import DATABASES, Refused
from sightline.keeping.services import programs
from sightline.keeping.services.tables import MARKER, Ask

# What a restore moved aside (services.schemas) is no part of what a backup keeps.
ASIDE = "before_restore_"


@dataclass(frozen=True)
class Snapshot:
    """The database at one moment: its copy, and how to ask what stands in it."""

    file: Path
    server: str
    ask: Ask


@contextmanager
def snapshot(folder: Path) -> Iterator[Snapshot]:
    """Copy the database into a folder; people go on working meanwhile. Raises Refused."""
    file = folder / DATABASES[connection.vendor]
    copied = _postgresql if connection.vendor == "postgresql" else _sqlite
    with copied(file) as taken:
        yield taken


@contextmanager
def _sqlite(file: Path) -> Iterator[Snapshot]:
    with (
        closing(sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(file)) as copy,
    ):
        # All at once, of one moment: writers go on beside it, into the log.
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        # Some constraints are written with functions that Django gives its own connections.
        register(copy)
        if (said := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise Refused(f"The database itself is damaged, so that no backup was made: {said}.")
        yield Snapshot(file, sqlite3.sqlite_version, lambda query: list(copy.execute(query).fetchall()))


@contextmanager
def _postgresql(file: Path) -> Iterator[Snapshot]:
    programs.check_fits("pg_dump")
    held = connection.copy()
    try:
        with held.cursor() as cursor:

            def ask(query: str) -> list[tuple[object, ...]]:
                cursor.execute(query)
                return list(cursor.fetchall())

            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            named = ask("SELECT pg_export_snapshot()")[0][0]
            options = ["--format=custom", f"--snapshot={named}", f"--file={file}", "--no-owner"]
            without = [f"--exclude-schema={ASIDE}*", f"--exclude-table={MARKER}", "--no-privileges"]
            programs.run("pg_dump", [*options, *without])
            yield Snapshot(file, str(ask("SHOW server_version")[0][0]), ask)
    finally:
        held.close()
