"""When a job is tried again and how long it may be silent. Plain values only."""

from __future__ import annotations

from datetime import timedelta

# A worker renews its lease every few seconds; one that has not for this long is taken to have stopped.
LEASE = timedelta(seconds=90)
BEAT = timedelta(seconds=5)
# No sign of life for this long, and pages say that no worker is running.
SILENT_AFTER = timedelta(seconds=30)
# How long finished work is shown: what somebody asked for, and what the schedule asked for.
KEEP = timedelta(days=30)
KEEP_ROUTINE = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=1)
NO_WORKER = (
    "No worker is running, so background work waits. "
    "Whoever looks after the server starts one with: sightline work."
)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts: 30 seconds, then four times longer each, an hour at most."""
    return min(timedelta(seconds=30 * 4 ** min(attempts - 1, 5)), LONGEST_WAIT)


def wait_in_words(wait: timedelta) -> str:
    """A span as a person says it, in the largest unit that tells it wholly: "30 seconds", "90 minutes", "1 hour"."""
    seconds = int(wait.total_seconds())
    sizes = ((3600, "hour"), (60, "minute"), (1, "second"))
    number, unit = next((seconds // size, unit) for size, unit in sizes if seconds % size == 0)
    return f"{number} {unit}{'' if number == 1 else 's'}"
