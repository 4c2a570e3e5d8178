"""Background work of the yearly rhythm: the daily look at what is owed soon."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.rhythm.services import forget_ended_calendars, refresh_work


@every(hours=24)
@job("rhythm.refresh", label="Look over what groups owe, and who is asked for it")
def refresh(run: JobContext) -> None:
    """What is due soon is asked of the chair; of the unit where a group has none."""
    refresh_work(now=timezone.now())


@every(hours=24)
@job("rhythm.forget", label="Clear addresses of calendars that ended long ago")
def forget(run: JobContext) -> int:
    """A digest of an ended address is needed by nobody."""
    return forget_ended_calendars(now=timezone.now())
