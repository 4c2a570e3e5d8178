"""The background work of retention."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.retention import services
from sightline.retention.services.disposals import CARRY_OUT


@every(hours=24)
@job("retention.find_due", label="Find what is past its keeping time")
def find_due(run: JobContext) -> int:
    """Propose what is due, and clear what nobody decides about."""
    return services.find_due(now=timezone.now(), progress=run.progress)


@job(CARRY_OUT, label="Carry out a disposal")
def carry_out(run: JobContext, disposal: int) -> None:
    """Dispose of what two people let go, and certify it."""
    services.carry_out(disposal, by=run.by, now=timezone.now(), progress=run.progress)
