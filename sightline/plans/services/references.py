"""Reference numbers: ours, stable, printed in exports, never given twice."""

from __future__ import annotations

import re

from django.db import connection

from sightline.events.services import deed
from sightline.plans.models import Action, Plan, ReferenceSequence

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
    with connection.cursor() as cursor:
        cursor.execute(_statement(), [_NAME, count])
        ((last,),) = cursor.fetchall()
    return [reference(number) for number in range(last - count + 1, last + 1)]


@deed
def next_place(plan: Plan) -> tuple[str, int]:
    """The next reference and, read with it, the place behind the last of the plan's own actions."""
    quote = connection.ops.quote_name
    last = f"(SELECT MAX({quote('order')}) FROM {quote(Action._meta.db_table)} WHERE plan_id = %s)"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{_statement()}, {last}", [_NAME, 1, plan.pk])
        ((number, order),) = cursor.fetchall()
    return reference(number), 0 if order is None else order + 1


def _statement() -> str:
    """Move the sequence on; it stays locked until the transaction ends."""
    table = connection.ops.quote_name(ReferenceSequence._meta.db_table)
    return (
        f'INSERT INTO {table} ("name", "last") VALUES (%s, %s) '  # noqa: S608 - our own name
        f'ON CONFLICT ("name") DO UPDATE SET "last" = {table}."last" + excluded."last" RETURNING "last"'
    )


@deed
def keep_reference(text: str) -> None:
    """A reference brought back by a file is not given out again. Raises ValueError for a text of another shape."""
    number = number_in(text)
    if number is None:
        raise ValueError(f"“{text}” is no reference of Sightline.")
    ReferenceSequence.objects.get_or_create(name=_NAME)
    ReferenceSequence.objects.filter(name=_NAME, last__lt=number).update(last=number)
