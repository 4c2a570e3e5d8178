"""What meetings tell on the page of a record that an item was about, and that it can be put on an agenda there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.urls import reverse

from sightline.access.beside import Beside, Told
from sightline.access.tabling import HIGHEST, kinds, tabled
from sightline.meetings.permissions import keeps_any
from sightline.meetings.selectors.items import said_about


def tells(record: Model) -> bool:
    """Whether an item can be about it."""
    return any(kind.model is type(record) for kind in kinds())


def of(user: Any, record: Model) -> Iterator[Told]:
    """Every item about the record that somebody may read, with what was decided."""
    meta = record._meta
    for item, decisions in said_about(user, meta.app_label, meta.model_name or "", record.pk):
        href = f"/meetings/{item.meeting_id}/#item-{item.pk}"
        draft = "Draft minutes: " if item.meeting.is_draft else ""
        yield Told(
            f"{item.meeting.group}: {item.title}",
            tuple(f"{draft}{each}" for each in decisions),
            item.meeting.held_on,
            href,
        )


def doing(user: Any, record: Model) -> tuple[str, str] | None:
    """Whoever keeps the meetings of any group puts it on an agenda of theirs."""
    found = tabled(record) if keeps_any(user) else None
    if found is None or found.tier > HIGHEST:
        return None
    return "Put it on an agenda", reverse("meetings:raise", args=[found.app, found.model, found.id])


offered = Beside("At meetings", tells, of, doing)
