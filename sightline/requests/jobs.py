"""Background work of requests: e-mails that are due, rounds whose last day is past."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.messages.rules.notices import is_quiet, numbers
from sightline.requests import services


@job(services.SEND_JOB, label="Send e-mails of rounds")
def send(run: JobContext) -> None:
    """Ask whoever may be written to, at once: somebody has just opened a round."""
    services.send_due(now=timezone.now())


@every(hours=1)
@job(
    "requests.remind",
    label="Close rounds that are past, and remind whoever has not answered, of invitations too",
)
def remind(run: JobContext) -> None:
    """Nobody is reminded in quiet hours: what is due goes out in the first hour after them."""
    services.close_past(now=timezone.now())
    if not is_quiet(timezone.localtime(), numbers()):
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
