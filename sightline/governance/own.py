"""What governance holds about a person: everything they entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value

from sightline.events.held import five
from sightline.governance.models import MemberList


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Membership lists they uploaded."""
    lists = MemberList.objects.filter(entered_by_id=user.pk).order_by()
    yield five(lists, "Membership list", Value(""), F("as_at"), F("recorded_at"), F("document__name"))
