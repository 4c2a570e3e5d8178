"""What actions wait for, through any number of others: one recursive query, the same on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.expressions import RawSQL

from sightline.plans.models import Dependency

# UNION without ALL: a step is followed once, so that even a circle comes to an end.
_STEPS = (
    "WITH RECURSIVE steps(action_id, needs_id) AS ("
    "SELECT action_id, needs_id FROM {table} WHERE ended_on IS NULL AND action_id IN ({marks}) "
    "UNION SELECT d.action_id, d.needs_id FROM {table} d JOIN steps ON d.action_id = steps.needs_id "
    "WHERE d.ended_on IS NULL) "
)


def steps_of_waiting(actions: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Every step (an action, one it waits for) from these actions on."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_begun(len(actions))}SELECT action_id, needs_id FROM steps", list(actions))  # noqa: S608 - our own words
        steps: list[tuple[int, int]] = cursor.fetchall()
    return steps


def everything_needed(action: int) -> RawSQL:
    """What an action waits for, directly or through others, as a condition for a query."""
    return RawSQL(f"{_begun(1)}SELECT needs_id FROM steps", [action])  # noqa: S608, S611 - our own names


def _begun(number: int) -> str:
    table = connection.ops.quote_name(Dependency._meta.db_table)
    return _STEPS.format(table=table, marks=", ".join(["%s"] * number))
