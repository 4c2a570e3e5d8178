"""Reference numbers: ours, stable, printed in exports, never given twice."""

from __future__ import annotations

import re

from django.db import connection

from sightline.events.services import deed
from sightline.plans.models import ReferenceSequence

_NAME = "action"
_SHAPE = re.compile(r"SL-(\d{5,})")


def reference(number: int) -> str:
    """SL-00001."""
    return f"SL-{number:05d}"


def number_in(text: str) -> int | None:
    """The number of one of our references, None for anything else."""
    found = _SHAPE.fullmatch(text)
    return int(found[1]) if found else None


@deed
def next_references(count: int = 1) -> list[str]:
    """The next references, held by this transaction: the row stays locked until it ends. Returns `count` of them.

    One statement, the same on both databases.
    """
    table = connection.ops.quote_name(ReferenceSequence._meta.db_table)
    statement = (
        f'INSERT INTO {table} ("name", "last") VALUES (%s, %s) '  # noqa: S608 - our own name
        f'ON CONFLICT ("name") DO UPDATE SET "last" = {table}."last" + excluded."last" RETURNING "last"'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_NAME, count])
        ((last,),) = cursor.fetchall()
    return [reference(number) for number in range(last - count + 1, last + 1)]


@deed
def keep_reference(text: str) -> None:
    """A reference brought back by a file is not given out again. Raises ValueError for a text of another shape."""
    number = number_in(text)
    if number is None:
        raise ValueError(f"“{text}” is no reference of Sightline.")
    ReferenceSequence.objects.get_or_create(name=_NAME)
    ReferenceSequence.objects.filter(name=_NAME, last__lt=number).update(last=number)
