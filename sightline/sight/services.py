"""That somebody took a thread, the loose threads or a comparison away is journalled."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Model

from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.sight.entries import SightEntry


@deed
def note_taken(
    entry: SightEntry, subject: Model | None, told: Mapping[str, Any], tier: Tier, *, by: Actor
) -> None:
    """Journal what was taken away: about which record, in which format, how much of it."""
    record(entry, by=by, subject=subject, after=dict(told), tier=tier)
