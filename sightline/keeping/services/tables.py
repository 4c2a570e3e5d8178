"""What a database holds, asked in plain SQL: of a snapshot while it is backed up, and of what was put back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import FileField, Model

from sightline.keeping.rules import Head
from sightline.search.tables import INDEX

# One query, its rows.
Ask = Callable[[str], list[tuple[Any, ...]]]
LISTED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    "postgresql": "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND n.nspname = current_schema()",
}
# Made by a restore on PostgreSQL before it begins, and gone when it is whole. Its one row names where what was there
# stands meanwhile; no backup carries it.
MARKER = "sightline_restore_under_way"

# What migrating itself fills; at the end SQLite's own tables of the index of search, which is made of another table.
LEFT = {"django_migrations", "django_content_type", "auth_permission", INDEX} | {
    f"{INDEX}_{part}" for part in ("config", "data", "docsize", "idx")
}


@dataclass(frozen=True)
class Stored:
    """A stored file that a row names; `sha256` as the row has it, empty where it has none."""

    name: str
    sha256: str


def ask_django(query: str) -> list[tuple[Any, ...]]:
    """Ask the database that Django is connected to."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def names(ask: Ask, kind: str) -> list[str]:
    """Every table, by name."""
    return sorted(str(row[0]) for row in ask(LISTED[kind]) if row[0] != MARKER)


def counts(ask: Ask, kind: str) -> dict[str, int]:
    """The rows of every table."""
    return {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in names(ask, kind)}  # noqa: S608 - our own names


def is_fresh(ask: Ask, kind: str) -> bool:
    """Whether every table is one of Sightline's own, and none has rows but those that migrating itself leaves."""
    there = set(names(ask, kind))
    own = {*connection.introspection.django_table_names(), *LEFT}
    return there <= own and not any(ask(f'SELECT 1 FROM "{name}" LIMIT 1') for name in there - LEFT)  # noqa: S608 - our own names


def migrations(ask: Ask) -> list[tuple[str, str]]:
    """The migrations that were applied, in their order."""
    return [(app, name) for app, name in ask("SELECT app, name FROM django_migrations ORDER BY id")]


def head(ask: Ask) -> Head:
    """The journal's newest seal, and the number of its newest entry."""
    newest = int(ask("SELECT coalesce(max(id), 0) FROM events_entry")[0][0])
    rows = ask("SELECT sequence, mac, key_print FROM events_seal ORDER BY sequence DESC LIMIT 1")
    sequence, mac, printed = rows[0] if rows else (0, "", "")
    return Head(sequence, mac, printed, newest)


def stored_files(ask: Ask) -> list[Stored]:
    """Every stored file that a row of any model names, once, in the order of their names."""
    found: dict[str, str] = {}
    for table, column, digest in _file_columns():
        fingerprint = f'"{digest}"' if digest else "''"
        query = f'SELECT "{column}", {fingerprint} FROM "{table}" WHERE "{column}" <> \'\''  # noqa: S608 - our own names
        for name, sha256 in ask(query):
            found[name] = found.get(name) or sha256
    return [Stored(name, found[name]) for name in sorted(found)]


def _file_columns() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model._meta.db_table, str(field.column), _digest_column(model)


def _digest_column(model: type[Model]) -> str:
    fields = {field.name: str(field.column) for field in model._meta.concrete_fields}
    return fields.get("sha256", "")
