"""The background work of oversight."""

from __future__ import annotations

from django.utils import timezone

from sightline.events.choices import KeyNotChanged
from sightline.jobs.choices import PermanentFailure
from sightline.jobs.registry import JobContext, every, job
from sightline.oversight import services
from sightline.oversight.services import support


@every(hours=24)
@job("oversight.look_at_days", label="Look for unusual access")
def look_at_days(run: JobContext) -> None:
    """Look at the days that are over."""
    services.look_at_days(timezone.now())


@every(minutes=1)
@job("oversight.end_support", label="End support sessions whose time is over", retries=0)
def end_support(run: JobContext) -> None:
    """Note sessions as ended; they let nobody in from the moment their time is over."""
    support.end_what_is_over(timezone.now())


@every(hours=24)
@job("oversight.keep_reviews", label="Open, remind of and close reviews of access")
def keep_reviews(run: JobContext) -> None:
    """Do what today asks of reviews of access."""
    services.keep_reviews(timezone.now())


@every(hours=24)
@job("oversight.draw_sample", label="Draw the month's sample of the journal")
def draw_sample(run: JobContext) -> None:
    """Draw the sample of the month that is over, once. Never of entries that nobody can seal yet."""
    try:
        services.draw_sample(timezone.now())
    except KeyNotChanged as refused:
        raise PermanentFailure(str(refused)) from None
