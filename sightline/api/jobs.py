"""The background work of the API."""

from __future__ import annotations

from django.utils import timezone

from sightline.api import services
from sightline.jobs.registry import JobContext, every, job


@every(hours=1)
@job("api.forget_answers", label="Clear answers that are kept for requests sent again")
def forget_answers(run: JobContext) -> int:
    """Delete what was kept a day."""
    return services.forget_answers(timezone.now())
