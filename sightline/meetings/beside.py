"""What meetings tell on the page of a record that an item was about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from sightline.access.beside import Beside, Told
from sightline.meetings.selectors.items import said_about


def of(user: Any, record: Model) -> Iterator[Told]:
    """Every item about the record that somebody may read, with what was decided."""
    meta = record._meta
    for item, decisions in said_about(user, meta.app_label, meta.model_name or "", record.pk):
        href = f"/meetings/{item.meeting_id}/#item-{item.pk}"
        yield Told(f"{item.meeting.group}: {item.title}", tuple(decisions), item.meeting.held_on, href)


offered = Beside(
    "At meetings",
    frozenset(
        {
            "plans.action",
            "plans.plan",
            "plans.source",
            "plans.recommendation",
            "plans.exceptionreport",
            "challenges.challenge",
        }
    ),
    of,
)
