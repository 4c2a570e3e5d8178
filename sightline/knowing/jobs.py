"""The background work of case lists and break-glass."""

from __future__ import annotations

from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.jobs.registry import JobContext, every, job
from sightline.knowing import services
from sightline.knowing.services.glass import ALERT


@job(ALERT, label="Tell who reviews break-glass that it was used")
def alert(run: JobContext, use: int) -> None:
    """Send the mails; asked twice, each is sent once."""
    services.alert(use, by=SYSTEM)


@every(hours=24)
@job("knowing.forget_wrong_references", label="Clear old tries of break-glass")
def forget_wrong_references(run: JobContext) -> int:
    """Delete what no throttle counts any more."""
    return services.forget_wrong_references(timezone.now())


@every(hours=24)
@job("knowing.tell_of_endings", label="Tell people that their place on a case list ends soon")
def tell_of_endings(run: JobContext) -> None:
    """Tell each once."""
    services.tell_of_endings(timezone.now())
