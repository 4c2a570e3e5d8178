"""Database triggers, for SQLite and PostgreSQL, made by one generator: those that refuse any change to the journal, and
the net under tables whose rows nobody should change but the application (`net`).

They stop accidents and the application itself; whoever owns the database can remove them, which is why entries
are sealed too (`services.verify`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sightline.events import net

# The table and the operations refused on it. Personal values may be deleted: that is what shredding does.
GUARDED: dict[str, tuple[str, ...]] = {
    "events_entry": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_seal": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_sealedentry": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_personalvalue": ("UPDATE", "TRUNCATE"),
    "events_checkpoint": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_rowchange": ("UPDATE", "DELETE", "TRUNCATE"),
    "events_rowaccount": ("UPDATE", "DELETE", "TRUNCATE"),
}
# The one delete that is permitted: below a signed checkpoint whose day has come; entries, then places, then seals.
DUE = "SELECT 1 FROM events_checkpoint c WHERE c.may_go_on <= {today} AND c.seal >= "
PERMITTED: dict[str, str] = {
    "events_entry": "EXISTS (SELECT 1 FROM events_sealedentry s WHERE s.entry_id = OLD.id "
    "AND EXISTS ({due} s.seal_id))",
    "events_sealedentry": "EXISTS ({due} OLD.seal_id) "
    "AND NOT EXISTS (SELECT 1 FROM events_entry e WHERE e.id = OLD.entry_id)",
    "events_seal": "EXISTS ({due} OLD.sequence) "
    "AND NOT EXISTS (SELECT 1 FROM events_sealedentry s WHERE s.seal_id = OLD.sequence)",
}
TODAY = {"postgresql": "CURRENT_DATE", "sqlite": "date('now')"}
REFUSAL = "The journal is insert-only"
# Tables of other apps whose rows stand as they were written, by their names.
_as_written: set[str] = set()
NEVER = ("UPDATE", "DELETE", "TRUNCATE")
FUNCTION = "sightline_refuse_journal_change"


@dataclass(frozen=True)
class Trigger:
    """One trigger that should stand: its name, its table, and the statement that makes it."""

    name: str
    table: str
    made_by: str


def keep_as_written(tables: Iterable[str]) -> None:
    """Let the database refuse any change to rows of these tables, as it does to the journal's."""
    _as_written.update(tables)


def trigger_name(table: str, operation: str) -> str:
    """The name of the trigger that refuses an operation."""
    return f"{table}_no_{operation.lower()}"


def expected(vendor: str) -> list[tuple[str, str]]:
    """The (table, operation) pairs that must be refused; SQLite knows no TRUNCATE."""
    guarded = {**GUARDED, **dict.fromkeys(sorted(_as_written), NEVER)}
    pairs = [(table, operation) for table, operations in guarded.items() for operation in operations]
    return [pair for pair in pairs if vendor == "postgresql" or pair[1] != "TRUNCATE"]


def triggers(vendor: str) -> list[Trigger]:
    """Every trigger that should stand in a database of this kind."""
    refusing = [_refusing(vendor, table, operation) for table, operation in expected(vendor)]
    return [*refusing, *(Trigger(*made) for made in net.triggers(vendor))]


def functions(vendor: str) -> Iterator[str]:
    """The statements that make the functions which PostgreSQL's triggers call; SQLite needs none."""
    if vendor != "postgresql":
        return
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    yield _function(FUNCTION, f"{refuse};")
    for table in PERMITTED:
        permitted = _permitted(vendor, table)
        yield _function(_deleting(table), f"IF {permitted} THEN RETURN OLD; END IF; {refuse};")
    yield from net.functions()


def statements(vendor: str) -> list[str]:
    """The SQL that installs every trigger anew; it can be run again at any time."""
    made = list(functions(vendor))
    for trigger in triggers(vendor):
        made += [_drop(vendor, trigger), trigger.made_by]
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Install every trigger; harmless where they stand already."""
    _run(connection, statements(connection.vendor))


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away. For the tests' own clearing-up only; nothing in the application calls it."""
    _run(connection, [_drop(connection.vendor, trigger) for trigger in triggers(connection.vendor)])


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
    return [trigger.name for trigger in triggers(connection.vendor) if trigger.name not in standing]


def tables() -> set[str]:
    """The tables that have triggers."""
    return {*GUARDED, *_as_written, *net.covered()}


def install_after_migrate(sender: object, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receiver of post_migrate: install where the tables stand (not when migrated back to zero)."""
    connection = connections[using]
    if tables() <= set(connection.introspection.table_names()):
        install(connection)


def _refusing(vendor: str, table: str, operation: str) -> Trigger:
    name = trigger_name(table, operation)
    permitted = operation == "DELETE" and table in PERMITTED
    if vendor == "postgresql":
        level = "STATEMENT" if operation == "TRUNCATE" else "ROW"
        function = _deleting(table) if permitted else FUNCTION
        then = f"FOR EACH {level} EXECUTE FUNCTION {function}()"
    else:
        unless = f" WHERE NOT ({_permitted(vendor, table)})" if permitted else ""
        then = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'){unless}; END"
    return Trigger(name, table, f"CREATE TRIGGER {name} BEFORE {operation} ON {table} {then}")


def _permitted(vendor: str, table: str) -> str:
    """SQL: whether the row may be deleted."""
    return PERMITTED[table].format(due=DUE.format(today=TODAY[vendor]))


def _deleting(table: str) -> str:
    return f"sightline_refuse_delete_{table}"


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _drop(vendor: str, trigger: Trigger) -> str:
    on = f" ON {trigger.table}" if vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {trigger.name}{on}"


def _run(connection: BaseDatabaseWrapper, sql: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)
