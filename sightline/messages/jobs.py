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


@every(hours=24)
@job("outbox.clear_work", label="Clear away work items that have ended")
def clear_work(run: JobContext) -> None:
    """Delete the items that ask nothing of anybody any more."""
    services.clear_ended_items()


@every(minutes=10)
@job("outbox.tell", label="Tell people what needs them")
def tell(run: JobContext) -> None:
    """Put what is new into everybody's list, and write to those whose time has come."""
    now = timezone.now()
    services.make_notices(now)
    services.send_digests(now)


@every(hours=24)
@job("outbox.clear_news", label="Clear away news that everybody was told of")
def clear_news(run: JobContext) -> None:
    """Delete what stands in people's lists already."""
    services.clear_told_news(timezone.now())
