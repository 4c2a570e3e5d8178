"""The net: what happens to the rows of a few tables, noted by the database itself, whoever does it and by whatever way.

Services journal what they do, and the journal's own triggers keep that from being changed. The net lies under tables
where a change behind the application's back would open doors: accounts and memberships. Each change is a row; each that
a deed told of is accounted for by the deed's entry, with a MAC. What is left is a change without an entry, and
verifying tells of it. Passwords, and the words of personal values, never stand in the net.
"""

from __future__ import annotations

import itertools
import os
import secrets
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

# PostgreSQL numbers its transactions. SQLite asks the connection which deed is under way; a program that is not
# Sightline has no such function, and cannot write to these tables at all.
SQLITE_FUNCTION = "sightline_deed"
TRANSACTION = {"postgresql": "pg_current_xact_id()::text", "sqlite": f"{SQLITE_FUNCTION}()"}
NOW = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')"}
OBJECT = {"postgresql": "json_build_object({})::text", "sqlite": "json_object({})"}
DIFFERS = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}
OPERATIONS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Covered:
    """A table with the net under it. `shown`: columns whose values are noted; of `named` only that they changed."""

    app: str
    model: str
    table: str
    shown: tuple[str, ...]
    named: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose changes are noted."""
        return (*self.named, *self.shown)


_covered: dict[str, Covered] = {}
_under_way: ContextVar[str] = ContextVar("deed that the net may account for", default="")
_number = itertools.count(1)
_process = secrets.token_hex(8)


def cover(tables: list[Covered]) -> None:
    """Lay the net under tables of an app. A second call for the same table replaces the first."""
    _covered.update({one.table: one for one in tables})


def covered() -> dict[str, Covered]:
    """The tables with the net under them, by name."""
    return dict(_covered)


def begin() -> Callable[[], None]:
    """A deed begins: its changes bear its mark, which no other deed has. Returns what ends it."""
    token = _under_way.set(f"{_process}-{os.getpid()}-{next(_number)}")
    return lambda: _under_way.reset(token)


def mark() -> str:
    """The mark of the deed under way; empty where there is none."""
    return _under_way.get()


def on_connection(sender: object, connection: Any, **more: Any) -> None:
    """Receiver of connection_created: SQLite's triggers ask this connection for the mark of the deed under way."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 0, mark)


def triggers(vendor: str) -> Iterator[tuple[str, str, str]]:
    """(name, table, statement) of every trigger of the net in a database of this kind."""
    for one in _covered.values():
        if vendor == "postgresql":
            row = f"sightline_net_{one.table}"
            name = f"{one.table}_net"
            each = f"FOR EACH ROW EXECUTE FUNCTION {row}()"
            yield (
                name,
                one.table,
                f"CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE ON {one.table} {each}",
            )
            name = f"{one.table}_net_truncate"
            each = f"FOR EACH STATEMENT EXECUTE FUNCTION {row}()"
            yield name, one.table, f"CREATE TRIGGER {name} AFTER TRUNCATE ON {one.table} {each}"
        else:
            for operation in OPERATIONS:
                name = f"{one.table}_net_{operation.lower()}"
                when = f" WHEN {_differs(vendor, one)}" if operation == "UPDATE" else ""
                then = f"BEGIN {_note(vendor, one, operation)}; END"
                yield name, one.table, f"CREATE TRIGGER {name} AFTER {operation} ON {one.table}{when} {then}"


def functions() -> Iterator[str]:
    """The functions that PostgreSQL's triggers of the net call."""
    for one in _covered.values():
        parts = [
            f"IF TG_OP = 'INSERT' THEN {_note('postgresql', one, 'INSERT')};",
            f"ELSIF TG_OP = 'DELETE' THEN {_note('postgresql', one, 'DELETE')};",
            f"ELSIF TG_OP = 'TRUNCATE' THEN {_note('postgresql', one, 'TRUNCATE')};",
            f"ELSIF {_differs('postgresql', one)} THEN {_note('postgresql', one, 'UPDATE')};",
        ]
        yield (
            f"CREATE OR REPLACE FUNCTION sightline_net_{one.table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {' '.join(parts)} END IF; RETURN NULL; END $$"
        )


def _differs(vendor: str, one: Covered) -> str:
    """SQL: whether an update changed one of the columns."""
    return " OR ".join(f'OLD."{column}" {DIFFERS[vendor]} NEW."{column}"' for column in one.columns)


def _note(vendor: str, one: Covered, operation: str) -> str:
    """SQL: the row that notes one change."""
    row = {"INSERT": "NEW.id", "UPDATE": "OLD.id", "DELETE": "OLD.id"}.get(operation)
    values = [
        NOW[vendor],
        f"'{one.table}'",
        f"CAST({row} AS text)" if row else "''",
        f"'{operation.lower()}'",
        _named(vendor, one) if operation == "UPDATE" else "''",
        _values(vendor, one, "OLD") if operation in {"UPDATE", "DELETE"} else "''",
        _values(vendor, one, "NEW") if operation in {"UPDATE", "INSERT"} else "''",
        TRANSACTION[vendor],
    ]
    columns = 'moment, "table", "row", operation, named, before, after, "transaction"'
    return f"INSERT INTO events_rowchange ({columns}) VALUES ({', '.join(values)})"  # noqa: S608 - our own names


def _named(vendor: str, one: Covered) -> str:
    """SQL: the names of columns that changed and whose values are not noted."""
    each = [
        f"CASE WHEN OLD.\"{column}\" {DIFFERS[vendor]} NEW.\"{column}\" THEN '{column} ' ELSE '' END"
        for column in one.named
    ]
    return " || ".join(each) or "''"


def _values(vendor: str, one: Covered, side: str) -> str:
    """SQL: the values of a row that may be noted, as JSON."""
    return OBJECT[vendor].format(", ".join(f"'{column}', {side}.\"{column}\"" for column in one.shown))
