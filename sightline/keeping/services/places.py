"""Where a restored database comes to stand. Until it is whole, what was there serves, or nothing does.

SQLite: it is made in a file beside, which takes the old one's place in one step. PostgreSQL: what was there is moved
into a schema of its own, in one step with a marker that keeps everything but a restore from starting; the marker goes
in the transaction that makes the restored database whole.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from django.db import connection, transaction

from sightline.keeping.choices import Refused
from sightline.keeping.services import programs
from sightline.keeping.services.snapshots import ASIDE
from sightline.keeping.services.tables import MARKER, ask_django, head, is_fresh, names

IN_USE = "Something is still connected to the database: stop the web processes, the worker and other commands first."
HALF = (
    "A restore of this database was stopped in the middle: run `sightline restore` again, which first puts back what "
    "was there before. Until then nothing is served."
)


class Place(Protocol):
    """A database that a backup is put into."""

    def holds_anything(self) -> str:
        """The head of the journal that stands there ("none" where there is no seal); empty where nothing does."""

    def bring_in(self, part: Path) -> None:
        """Put the copy in; afterwards Django is connected to it."""

    def conclude(self) -> None:
        """In the transaction that makes it whole."""

    def finish(self) -> str:
        """After that; where what was there before now stands, empty where that was a database without records."""

    def put_back(self) -> None:
        """It came to nothing: what was there stands again."""


def place(now: datetime) -> Place:
    """The place of the database in the settings."""
    return _Schema(now) if connection.vendor == "postgresql" else _File(now)


def half_restored() -> bool:
    """Whether a restore was stopped in the middle, so that nothing but a restore may use the database."""
    return connection.vendor == "postgresql" and bool(_marked())


def _head_of_what_stands() -> str:
    if is_fresh(ask_django, connection.vendor):
        return ""
    sealed = "events_seal" in names(ask_django, connection.vendor)
    return (head(ask_django).printed if sealed else "") or "none"


class _File:
    """SQLite."""

    def __init__(self, now: datetime) -> None:
        self._path = Path(str(connection.settings_dict["NAME"]))
        self._staged = self._path.with_name(f"{self._path.name}.restoring")
        self._aside = self._path.with_name(f"{self._path.name}.before-restore-{now:%Y%m%d-%H%M%S}")
        self._held = False

    def holds_anything(self) -> str:
        if not self._path.exists():
            return ""
        found = _head_of_what_stands()
        self._held = bool(found)
        self._let_go()
        return found

    def _let_go(self) -> None:
        """Nobody else is connected, and nothing of the old database stands in a log that the new one could take up."""
        connection.close()
        try:
            with closing(sqlite3.connect(self._path, timeout=1)) as held:
                held.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise Refused(IN_USE) from None

    def bring_in(self, part: Path) -> None:
        self._forget()
        # By a copy: the data folder and the database may lie on two disks.
        with closing(sqlite3.connect(part)) as source, closing(sqlite3.connect(self._staged)) as copy:
            self._staged.chmod(0o600)
            source.backup(copy)
        self._connect(self._staged)

    def conclude(self) -> None:
        pass

    def finish(self) -> str:
        connection.close()
        with closing(sqlite3.connect(self._staged)) as whole:
            whole.execute("PRAGMA journal_mode=DELETE")
        if self._path.exists():
            self._connect(self._path)
            # Once more: somebody may have written into it meanwhile.
            self.holds_anything()
            os.link(self._path, self._aside)
        os.replace(self._staged, self._path)
        self._connect(self._path)
        if self._held:
            return f"the file {self._aside}"
        self._aside.unlink(missing_ok=True)
        return ""

    def put_back(self) -> None:
        self._connect(self._path)
        self._forget()

    def _forget(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self._staged}{ending}").unlink(missing_ok=True)

    def _connect(self, path: Path) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(path)


def _marked() -> list[tuple[Any, ...]]:
    if not ask_django(f"SELECT 1 WHERE to_regclass('{MARKER}') IS NOT NULL"):
        return []
    return ask_django(f"SELECT aside FROM {MARKER}")  # noqa: S608 - our own names


class _Schema:
    """PostgreSQL."""

    def __init__(self, now: datetime) -> None:
        self._aside = f"{ASIDE}{now:%Y%m%d_%H%M%S}"
        self._held = False

    def holds_anything(self) -> str:
        programs.check_fits("pg_restore")
        if ask_django(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend' LIMIT 1"
        ):
            raise Refused(IN_USE)
        self.put_back()
        found = _head_of_what_stands() or ("none" if any(map(_is_strange, _objects(_here()))) else "")
        self._held = bool(found)
        return found

    def bring_in(self, part: Path) -> None:
        # Once more: files were put back meanwhile, which may have taken hours.
        self.holds_anything()
        with transaction.atomic():
            self._run(f'CREATE SCHEMA "{self._aside}"')
            _move(_here(), self._aside)
            self._run(f"CREATE TABLE {MARKER} (aside text NOT NULL)")
            self._run(f"INSERT INTO {MARKER} VALUES ('{self._aside}')")  # noqa: S608 - our own names
        connection.close()
        whole = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", str(part)]
        programs.run("pg_restore", whole)

    def conclude(self) -> None:
        self._run(f"DROP TABLE {MARKER}")
        if not self._held:
            self._run(f'DROP SCHEMA "{self._aside}" CASCADE')

    def finish(self) -> str:
        return f"the schema {self._aside}" if self._held else ""

    def put_back(self) -> None:
        for (aside,) in _marked():
            with transaction.atomic():
                for kind, name in _objects(_here()):
                    self._run(f"DROP {kind} IF EXISTS {name} CASCADE")
                _move(aside, _here())
                self._run(f'DROP SCHEMA "{aside}"')

    def _run(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _here() -> str:
    return str(ask_django("SELECT current_schema()")[0][0])


def _objects(schema: str) -> list[tuple[str, str]]:
    """Tables, views, sequences that no column owns, and functions of a schema: (kind, quoted name)."""
    kinds = "CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END"
    owned = "SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')"
    of_extension = "SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e'"
    relations = (
        f"SELECT {kinds}, format('%I.%I', n.nspname, c.relname) FROM pg_class c "  # noqa: S608 - our own names
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{schema}' "
        f"AND c.relkind IN ('r', 'p', 'v', 'S') AND NOT (c.relkind = 'S' AND EXISTS ({owned}))"
    )
    functions = (
        "SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p "  # noqa: S608 - our own names
        f"JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = '{schema}' "
        f"AND NOT EXISTS ({of_extension})"
    )
    return [*ask_django(relations), *ask_django(functions)]


def _is_strange(found: tuple[str, str]) -> bool:
    """Whether it is neither a table nor a function of Sightline's triggers: Sightline makes no such thing."""
    kind, name = found
    return kind in {"VIEW", "SEQUENCE"} or (kind == "FUNCTION" and not name.startswith("sightline_"))


def _move(schema: str, to: str) -> None:
    """Move everything of a schema into another; indexes, sequences of columns and triggers go along."""
    for kind, name in _objects(schema):
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER {kind} {name} SET SCHEMA "{to}"')
