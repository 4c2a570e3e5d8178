"""What of oversight is disposed of once it was kept long enough."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Kind
from sightline.events.services.forgetting import forget_in
from sightline.oversight.models import Alert
from sightline.oversight.services.disposing import dispose_of_alerts


def _past(day: date) -> QuerySet[Alert]:
    return Alert.objects.filter(day__lte=day).annotate(since=F("day"))


offered = [Kind("alerts", Alert, _past, {Way.DELETE: dispose_of_alerts}, "Unusual access")]


def forget(user_id: int, name: str) -> int:
    """Take a person's name from beside what they looked at."""
    return forget_in(apps.get_app_config("oversight").get_models(), user_id, name)
