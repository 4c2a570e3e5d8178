"""Words of background work."""

from __future__ import annotations

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


STATE_LABELS: dict[JobState, str] = {
    JobState.WAITING: "Waiting",
    JobState.RUNNING: "Running",
    JobState.DONE: "Done",
    JobState.FAILED: "Failed",
}


class UnknownJob(Exception):
    """A job was named that no app has registered."""


class PermanentFailure(Exception):
    """Raised by a job that would fail every time; it is not tried again. The message is fit to show."""


class LostLease(Exception):
    """The job was taken over by another worker; what this one would still write is refused."""
