"""Background work of requests: e-mails that are due, rounds whose last day is past."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.requests import services


@every(hours=24)
@job(services.SEND_JOB, label="Send e-mails of rounds, and reminders of invitations")
def send(run: JobContext) -> None:
    """Close what is past, then ask and remind whoever may be written to."""
    services.close_past(now=timezone.now())
    services.send_due(now=timezone.now())


@every(hours=24)
@job("requests.forget", label="Clear rounds and invitations that closed long ago")
def forget(run: JobContext) -> int:
    """Whom a round asked is needed while it runs, and to compare it with the next ones."""
    return services.forget_old_rounds(now=timezone.now())


@every(hours=24)
@job("requests.owed", label="Lay out what is owed ahead, and put what did not come on agendas")
def owed(run: JobContext) -> None:
    """What is owed reaches as far as the forward plan, and ends with its groups; a gap goes on the next agenda."""
    services.end_with_groups(now=timezone.now())
    services.lay_out_ahead(now=timezone.now())
    services.take_gaps(now=timezone.now())
