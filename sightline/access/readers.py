"""Who may be told what: everybody with an open account and a current role, and what their roles reach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sightline.access.models import SCOPE_COLUMNS, Membership, is_current
from sightline.access.scope import scope_of_rows
from sightline.messages.readers import Reader


def readers(on: date) -> Iterator[Reader]:
    """One query, however many accounts there are."""
    held = Membership.objects.filter(is_current(on), user__is_active=True).order_by("user_id", "id")
    rows = held.values_list("user_id", "user__name", "user__email", *SCOPE_COLUMNS)
    for (user_id, name, email), theirs in groupby(rows.iterator(), key=lambda row: row[:3]):
        scope = scope_of_rows(user_id, [row[3:] for row in theirs])
        yield Reader(user_id, name, email, frozenset(scope.work_keys), scope.hears)
