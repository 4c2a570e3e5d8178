"""Migrations make the very tables that the models describe: the tests' own database is made of models alone."""

import re
from typing import Any

from django.core.management import call_command
from django.db import connection

from tests.conftest import ON_POSTGRES
from tests.keeping.conftest import Own

COLUMNS = """
    SELECT table_name, column_name, udt_name, character_maximum_length, is_nullable, is_identity, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = (
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal"
)
# Django's own migration counts its rows by a narrower number than its model; the table is empty.
NOT_OURS = "auth_group_permissions"
MADE = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


def shape() -> set[Any]:
    """Every column, constraint, index and trigger that the database holds, in no order."""
    with connection.cursor() as cursor:
        if not ON_POSTGRES:
            cursor.execute(MADE)
            return {
                (kind, name, each) for kind, name, sql in cursor.fetchall() for each in parts_of(kind, sql)
            }
        found: set[Any] = set()
        for asked in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS):
            cursor.execute(asked)
            found |= {row for row in cursor.fetchall() if row[0] != NOT_OURS}
        return found


def parts_of(kind: str, sql: str | None) -> list[str]:
    """What stands between the commas of a table's definition; of anything else, the whole of it.

    A column that was added later stands last in its table, and means no other table.
    """
    if kind != "table" or sql is None or sql.startswith("CREATE VIRTUAL"):
        return [sql or ""]
    inner, depth, parts = sql.partition("(")[2].rpartition(")")[0], 0, [""]
    for piece in re.split(r"([(),])", inner):
        depth += (piece == "(") - (piece == ")")
        if piece == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]


def test_migrations_make_the_tables_of_the_models(own: Own, transactional_db: None) -> None:
    of_models = shape()
    own.wipe(files=False)
    # The tests' own models have no migrations.
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    assert len(of_models) > 500
    assert sorted(map(str, shape() ^ of_models)) == []


def test_a_comma_within_parentheses_parts_nothing() -> None:
    assert parts_of("table", 'CREATE TABLE "a" ("b" varchar(2) CHECK ("b" IN (1, 2)), "c" int)') == [
        '"b" varchar(2) CHECK ("b" IN (1, 2))',
        '"c" int',
    ]
