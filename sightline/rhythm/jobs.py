"""Background work of the yearly rhythm: the daily look at what is owed soon."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.rhythm.services import refresh_work


@every(hours=24)
@job("rhythm.refresh", label="Look over what groups owe, and who is asked for it")
def refresh(run: JobContext) -> None:
    """What is due soon is asked of the chair; of the unit where a group has none."""
    refresh_work(now=timezone.now())
