"""Unusual access that was looked into long ago is deleted with its answers."""

from __future__ import annotations

from collections.abc import Sequence

from sightline.events.choices import Subject
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.events.services.forgetting import shred_about
from sightline.messages.services import drop_work_items
from sightline.oversight.choices import AlertState
from sightline.oversight.entries import OversightEntry
from sightline.oversight.models import Alert, Answer


@deed
def dispose_of_alerts(numbers: Sequence[int], doing: Doing) -> int:
    """Delete what was noticed and explained, with what was said about it, beside the journal too: once the row has
    gone, nothing tells whom its entries name. Returns how many.
    """
    explained = Alert.objects.filter(pk__in=numbers, current_state=AlertState.EXPLAINED)
    held = list(explained.select_for_update().order_by("pk"))
    shred_about(Alert.objects.filter(pk__in=[alert.pk for alert in held]), doing)
    for alert in held:
        about = Subject("oversight", "alert", str(alert.pk), "")
        record(OversightEntry.ALERT_DISPOSED, by=doing.by, subject=about, reason=doing.reason)
        drop_work_items(alert)
    Answer.objects.filter(alert__in=held).delete()
    Alert.objects.filter(pk__in=[alert.pk for alert in held]).delete()
    return len(held)
