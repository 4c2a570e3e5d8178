"""What of conflicts of interest is disposed of once it was kept long enough; whose names stand beside case lists."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Kind, end_of
from sightline.events.services.forgetting import forget_in
from sightline.knowing.models import Conflict
from sightline.knowing.selectors import conflicts_over
from sightline.knowing.services.disposing import dispose_of_conflicts


def _past(day: date) -> QuerySet[Conflict]:
    return conflicts_over().filter(ended_at__lt=end_of(day)).annotate(since=F("ended_at"))


offered = [Kind("conflicts", Conflict, _past, {Way.DELETE: dispose_of_conflicts}, "Conflict of interest")]


def forget(user_id: int, name: str) -> int:
    """Take a person's name from beside whom they let read a record."""
    return forget_in(apps.get_app_config("knowing").get_models(), user_id, name)
