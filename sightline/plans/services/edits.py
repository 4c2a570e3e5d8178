"""Keeping what stood before an edit, so that a plan can be read as it stood on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from sightline.events.choices import Actor
from sightline.plans.models import Action, Edit, Import, Outcome, Plan, Priority
from sightline.plans.services.keeping import stamp

KEPT: dict[type[Model], str] = {
    Action: "action",
    Priority: "priority",
    Outcome: "outcome",
    Plan: "plan",
}


def keep_edit(
    row: Model,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
    import_of: Import | None = None,
) -> None:
    """Keep the values of a plan, priority, outcome or action as they were until this edit.

    For services, inside their transaction and beside their journal entry; other records keep no such history.
    """
    kind = KEPT.get(type(row))
    if kind and after:
        values = {kind: row, "before": dict(before), "after": dict(after), "reason": reason}
        Edit.objects.create(**values, **stamp(by, now, import_of))
