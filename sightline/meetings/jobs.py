"""Background work of meetings: published tables of attendance are read while nobody waits for the page."""

from __future__ import annotations

from sightline.jobs.registry import JobContext, job
from sightline.meetings.services.published import READ_JOB
from sightline.meetings.services.published import read_published as read


@job(READ_JOB, label="Read a published table of attendance")
def read_published(run: JobContext, number: int) -> None:
    """Read one published table in a child process, so that its preview can be shown."""
    read(number, by=run.by)
