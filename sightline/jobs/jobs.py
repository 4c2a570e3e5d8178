"""The queue's own background work."""

from __future__ import annotations

from django.utils import timezone

from sightline.events import services as journal
from sightline.events.choices import KeyNotChanged
from sightline.jobs import services
from sightline.jobs.choices import PermanentFailure
from sightline.jobs.registry import JobContext, every, job


@every(hours=24)
@job("jobs.clear_old", label="Clear finished background work")
def clear_old(run: JobContext) -> int:
    """Delete finished jobs that nobody looks for any more."""
    return services.clear_old(timezone.now())


# The journal stands below the queue, so the queue runs its sealing.
@every(minutes=1)
@job("jobs.seal_journal", label="Seal the journal", retries=0)
def seal_journal(run: JobContext) -> None:
    """Seal what was journalled since the last run. A seal tells of itself: an entry of it would need the next seal."""
    try:
        journal.seal(timezone.now())
    except KeyNotChanged as refused:
        raise PermanentFailure(str(refused)) from None
