"""What the journal records about background work."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class JobEntry(StrEnum):
    """Entry types of jobs. Scheduled runs that go well and write nothing have none: they would drown what is done."""

    JOB_ASKED = "job_asked"
    JOB_DONE = "job_done"
    JOB_FAILED = "job_failed"
    JOB_RETRIED = "job_retried"


declare(
    "jobs",
    JobEntry,
    {
        JobEntry.JOB_ASKED: "Background work asked for",
        JobEntry.JOB_DONE: "Background work done",
        JobEntry.JOB_FAILED: "Background work failed",
        JobEntry.JOB_RETRIED: "Background work to be tried again",
    },
)
