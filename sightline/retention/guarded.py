"""Who may read what the journal tells of retention, and which of its tables are never changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from sightline.events.guards import Guard
from sightline.retention.models import Certificate, Disposal, Hold, RetentionVersion
from sightline.retention.permissions import can_keep


def _visible(model: type[Model]) -> Any:
    def visible(reader: Any) -> QuerySet[Any] | None:
        return model._default_manager.all() if can_keep(reader) else None

    return visible


offered = [
    Guard(
        "retention", RetentionVersion, _visible(RetentionVersion), lambda found: reverse("retention:rules")
    ),
    Guard("retention", Hold, _visible(Hold), lambda found: reverse("retention:hold", args=[found.pk])),
    Guard(
        "retention",
        Disposal,
        _visible(Disposal),
        lambda found: reverse("retention:disposal", args=[found.pk]),
    ),
    Guard(
        "retention",
        Certificate,
        _visible(Certificate),
        lambda found: reverse("retention:certificate", args=[found.number]),
    ),
]
# Insert-only: what they say must stand as it was said.
AS_WRITTEN = ("retention_retentionversion", "retention_certificate", "retention_keptlonger")
