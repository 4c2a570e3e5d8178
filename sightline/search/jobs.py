"""The index's background work."""

from __future__ import annotations

from sightline.jobs.registry import JobContext, every, job
from sightline.search import services


@every(hours=24)
@job("search.mend", label="Put into search what is missing")
def mend(run: JobContext) -> int:
    """Services keep the index; this finds what was there before the index was, and what came in by other ways."""
    return services.mend()
