"""Counting rows without reading them, never beyond ten thousand: a count costs the same however many there are."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

MOST_COUNTED = 10_000


def count_up_to(rows: QuerySet[Any], most: int = MOST_COUNTED) -> int:
    """How many rows there are, of `most` and one: a larger number only says that there are more.

    Counts bare keys: what would be read or gathered with each row is not worked out for ten thousand of them. Groups
    are counted as they are.
    """
    plain = rows.order_by()
    if plain.query.group_by is None and not plain.query.distinct and not plain.query.combinator:
        plain = plain.values("pk")
    return plain[: most + 1].count()
