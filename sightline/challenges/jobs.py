"""Background work of challenges: the daily look at whose turn it is."""

from __future__ import annotations

from django.utils import timezone

from sightline.challenges.services import refresh_work
from sightline.jobs.registry import JobContext, every, job


@every(hours=24)
@job("challenges.refresh", label="Look over whom challenges and reviews of risks wait for")
def refresh(run: JobContext) -> None:
    """Roles end and people leave: what waits for them waits for the business unit then."""
    refresh_work(now=timezone.now())
