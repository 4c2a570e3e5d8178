"""What of conflicts of interest is disposed of once it was kept long enough; whose names stand beside case lists."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind, end_of
from sightline.events.services.forgetting import forget_in, shred_about
from sightline.knowing.models import Conflict, Glass, Listed
from sightline.knowing.selectors import conflicts_over
from sightline.knowing.services.disposing import dispose_of_conflicts

# Where entries of the journal have the person.
NAMES = ("subject", "before.person", "after.person")


def _past(day: date) -> QuerySet[Conflict]:
    return conflicts_over().filter(ended_at__lt=end_of(day)).annotate(since=F("ended_at"))


offered = [Kind("conflicts", Conflict, _past, {Way.DELETE: dispose_of_conflicts}, "Conflict of interest")]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside whom they let read a record, and from what the journal says of their own place,
    conflict or use: why it was so stays for as long as the record's rule says.
    """
    for model in (Listed, Conflict, Glass):
        shred_about(model._base_manager.filter(user=user_id), doing, NAMES)
    return forget_in(apps.get_app_config("knowing").get_models(), user_id, name)
