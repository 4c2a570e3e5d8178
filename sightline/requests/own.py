"""What requests hold about a person: the rounds that asked them, and those they opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value

from sightline.events.held import five
from sightline.requests.models import Asked, Cycle, Round


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Rounds that asked them at an address, and rounds they opened."""
    nothing, never = Value(""), Value(None)
    asked = Asked.objects.filter(person__user_id=user.pk).order_by()
    yield five(asked, "Asked in a round", F("round__title"), never, F("round__recorded_at"), F("email"))
    opened = Round.objects.filter(entered_by_id=user.pk).order_by()
    yield five(opened, "Round opened", nothing, never, F("recorded_at"), F("title"))
    cycles = Cycle.objects.filter(entered_by_id=user.pk).order_by()
    yield five(cycles, "Something owed to a group", nothing, never, F("recorded_at"), F("title"))
