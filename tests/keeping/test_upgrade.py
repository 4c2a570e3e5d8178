"""A database that an earlier version made, Wealdshire in it, is brought up to this one: nothing is lost or altered.

The databases in earlier/ were made by that version's own code (tools/keep_database.py), once on each kind.
"""

import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from sightline.events import triggers
from sightline.events.services import verify
from sightline.keeping.services import tables
from tests.conftest import ON_POSTGRES
from tests.keeping.conftest import Own, Said

EARLIER = sorted(Path(__file__).with_name("earlier").glob("*.sql.xz" if ON_POSTGRES else "*.sqlite3.xz"))
# What says of itself which version the database is of, and what is made of other tables and may be made anew.
OF_THE_VERSION = {"django_migrations", "django_content_type", "auth_permission"}

Rows = dict[str, list[dict[str, Any]]]


@pytest.mark.django_db
def test_one_was_kept() -> None:
    """Marked, so that the tests' database is made, in whose place the earlier ones come."""
    assert EARLIER


def all_rows() -> Rows:
    """Every row of every table, by column."""
    found: Rows = {}
    for name in tables.names(tables.ask_django, connection.vendor):
        if name not in OF_THE_VERSION:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608  # a table's own name
                columns = [column[0] for column in cursor.description]
                found[name] = [dict(zip(columns, map(repr, row), strict=True)) for row in cursor.fetchall()]
    return found


# Columns whose values became rows of another table: of which table, and in which columns the row and the value stand.
MOVED = {"rhythm_return": {"owed_id": ("rhythm_owedanswer", "of_id", "owed_id")}}


def as_they_were(rows: list[dict[str, Any]], columns: set[str]) -> list[list[str]]:
    """These columns of the rows, in an order that depends on nothing else."""
    return sorted([row[column] for column in sorted(columns)] for row in rows)


@pytest.mark.parametrize("path", EARLIER, ids=lambda path: path.name.split(".")[0])
def test_an_earlier_database_is_brought_up(path: Path, own: Own, sightline: Callable[..., Said]) -> None:
    own.become(lzma.decompress(path.read_bytes()))
    before = all_rows()
    assert len(before["plans_action"]) > 50
    call_command("migrate", interactive=False, verbosity=0)
    after = all_rows()
    for name, rows in before.items():
        kept = (set(rows[0]) if rows else set()) - set(MOVED.get(name, {}))
        for column, (table, own, there) in MOVED.get(name, {}).items():
            held = {(row["id"], row[column]) for row in rows if row.get(column, "None") != "None"}
            assert held == {(row[own], row[there]) for row in after[table]}, column
        assert all(kept <= set(row) for row in after[name]), f"{name} has lost a column"
        assert as_they_were(after[name], kept) == as_they_were(rows, kept), name
    assert verify().is_sound
    assert triggers.missing(connection) == []
    assert "The database is up to date." in sightline("check").out
