"""The background work of keeping: saying on screen what `sightline check` says on the server."""

from __future__ import annotations

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.keeping import services


@every(hours=24)
@job("keeping.look_at_backups", label="Look whether the last backup is young enough")
def look_at_backups(run: JobContext) -> None:
    """Ask the unit where a backup is missing, and stop asking once there is one again."""
    run.progress(1, 1, services.tell_of_backups(now=timezone.now()))
