"""Reading unusual access."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.oversight.models import Alert, Answer, LookedAt
from sightline.oversight.permissions import can_look_after

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who


def alerts(user: Who) -> QuerySet[Alert]:
    """All unusual access, the newest first, with whose it is; nothing for those who do not look after it."""
    found = Alert.objects.select_related("account").order_by("-day", "-pk")
    return found if can_look_after(user) else found.none()


def answers_of(alert: Alert) -> QuerySet[Answer]:
    """What was answered, the newest first."""
    return alert.answers.order_by("-pk")


def last_day_looked_at() -> date | None:
    """The last day that was looked at; None before the first."""
    return LookedAt.objects.order_by("-day").values_list("day", flat=True).first()
