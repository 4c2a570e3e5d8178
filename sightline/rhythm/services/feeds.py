"""The secret address of a person's calendar: made, and ended. Reading it writes nothing."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.utils import timezone

from sightline.access.models import User
from sightline.events.choices import Actor
from sightline.events.disposing import end_of
from sightline.events.services import deed, record
from sightline.retention.rules.definitions import over_by
from sightline.rhythm.entries import RhythmEntry
from sightline.rhythm.models import CalendarFeed


@deed
def make_calendar(user: User, *, by: Actor, now: datetime) -> str:
    """Make the address anew: the secret, which is told this once. The one before stops working."""
    CalendarFeed.objects.filter(user=user, ended_at=None).update(ended_at=now)
    secret = secrets.token_urlsafe(32)
    made = CalendarFeed.objects.create(user=user, digest=digest_of(secret), made_at=now)
    record(RhythmEntry.CALENDAR_MADE, by=by, subject=made)
    return secret


@deed
def end_calendar(user: User, *, by: Actor, now: datetime) -> bool:
    """End the address. Returns whether one worked."""
    found = CalendarFeed.objects.filter(user=user, ended_at=None).first()
    if found is None:
        return False
    found.ended_at = now
    found.save(update_fields=["ended_at"])
    record(RhythmEntry.CALENDAR_ENDED, by=by, subject=found)
    return True


@deed
def forget_ended_calendars(*, now: datetime) -> int:
    """Delete digests of ended addresses that are kept no longer (`definitions/retention.yaml`). Returns how many."""
    over = end_of(over_by("calendars", timezone.localdate(now)))
    return CalendarFeed.objects.filter(ended_at__lt=over).delete()[0]


def calendar_of(secret: str) -> CalendarFeed | None:
    """The address of this secret, where it works and its person may sign in; reads and nothing else."""
    found = CalendarFeed.objects.filter(digest=digest_of(secret), ended_at=None, user__is_active=True)
    return found.select_related("user").first()


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
