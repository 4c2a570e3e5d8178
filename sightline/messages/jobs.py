"""The outbox's background work."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.messages import services


@every(minutes=1)
@job("outbox.deliver", label="Send waiting mail", retries=0)
def deliver(run: JobContext) -> None:
    """Send what is due."""
    services.deliver_due(timezone.now())
