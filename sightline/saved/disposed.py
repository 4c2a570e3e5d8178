"""What of saved views is disposed of once it was kept long enough: those that were shared stay with who uses them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from sightline.access.selectors import closed_accounts
from sightline.events.choices import Way
from sightline.events.disposing import Kind
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.saved.services import dispose_of_views


def _past(day: date) -> QuerySet[SavedView]:
    closed: Any = closed_accounts(day)
    own = SavedView.objects.filter(sharing=Sharing.ONE, owner__in=closed.values("pk"))
    return own.annotate(since=Subquery(closed.filter(pk=OuterRef("owner_id")).values("since")[:1]))


offered = [Kind("saved_views", SavedView, _past, {Way.DELETE: dispose_of_views}, "Saved view")]
