"""Database triggers that refuse any change to the journal, for SQLite and PostgreSQL.

They stop accidents and the application itself; whoever owns the database can remove them, which is why entries
are sealed too (`services.verify`).
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# The table and the operations refused on it. Personal values may be deleted: that is what shredding does.
GUARDED: dict[str, tuple[str, ...]] = {
    "events_entry": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_seal": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_sealedentry": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_personalvalue": ("UPDATE", "TRUNCATE"),
}
REFUSAL = "The journal is insert-only"
FUNCTION = "sightline_refuse_journal_change"


def trigger_name(table: str, operation: str) -> str:
    """The trigger's name in the database."""
    return f"{table}_no_{operation.lower()}"


def expected(vendor: str) -> list[tuple[str, str]]:
    """The (table, operation) pairs that must be refused; SQLite knows no TRUNCATE."""
    pairs = [(table, operation) for table, operations in GUARDED.items() for operation in operations]
    return [pair for pair in pairs if vendor == "postgresql" or pair[1] != "TRUNCATE"]


def statements(vendor: str) -> list[str]:
    """The SQL that installs every trigger anew; it can be run again at any time."""
    made: list[str] = []
    if vendor == "postgresql":
        made.append(
            f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table, operation in expected(vendor):
        name = trigger_name(table, operation)
        if vendor == "postgresql":
            level = "STATEMENT" if operation == "TRUNCATE" else "ROW"
            made.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            made.append(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} FOR EACH {level} EXECUTE FUNCTION {FUNCTION}()"
            )
        else:
            made.append(f"DROP TRIGGER IF EXISTS {name}")
            made.append(
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Install every trigger; harmless where they stand already."""
    _run(connection, statements(connection.vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away. For the tests' own clearing-up only; nothing in the application calls it."""
    on = " ON {table}" if connection.vendor == "postgresql" else ""
    _run(
        connection,
        [
            f"DROP TRIGGER IF EXISTS {trigger_name(table, operation)}{on.format(table=table)}"
            for table, operation in expected(connection.vendor)
        ],
    )


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should stand in the database and do not, or stand disabled."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {row[0] for row in cursor.fetchall()}
    wanted = [trigger_name(table, operation) for table, operation in expected(connection.vendor)]
    return [name for name in wanted if name not in standing]


def install_after_migrate(sender: object, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of post_migrate: install where the journal's tables stand (not when migrated back to zero)."""
    connection = connections[using]
    if set(GUARDED) <= set(connection.introspection.table_names()):
        install(connection)


def _run(connection: BaseDatabaseWrapper, sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)
