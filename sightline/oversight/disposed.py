"""What of oversight is disposed of once it was kept long enough."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind
from sightline.events.services.forgetting import forget_in, shred_about
from sightline.oversight.choices import AlertState
from sightline.oversight.models import Alert, NamedReviewer, ReviewedGrant, SupportSession
from sightline.oversight.services.disposing import dispose_of_alerts


def _past(day: date) -> QuerySet[Alert]:
    """What waits for an answer stays, however old it is."""
    explained = Alert.objects.filter(current_state=AlertState.EXPLAINED, day__lte=day)
    return explained.annotate(since=F("day"))


offered = [Kind("alerts", Alert, _past, {Way.DELETE: dispose_of_alerts}, "Unusual access")]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they looked at, and from what the journal says was looked at of theirs."""
    for model in (Alert, ReviewedGrant, NamedReviewer, SupportSession):
        shred_about(model._base_manager.filter(account=user_id), doing)
    return forget_in(apps.get_app_config("oversight").get_models(), user_id, name)
