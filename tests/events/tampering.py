"""Changing the journal behind the application's back, as somebody who owns the database could."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from sightline.events import triggers


@contextmanager
def without_triggers() -> Iterator[None]:
    """Take the triggers away, and put them back so that nothing looks touched."""
    triggers.remove(connection)
    yield
    triggers.install(connection)


def tamper(sql: str, params: Sequence[Any] = ()) -> None:
    """Run one statement with the triggers away."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(sql, params)
