"""The background work of stored files."""

from __future__ import annotations

from django.utils import timezone

from sightline.documents import services
from sightline.jobs.registry import JobContext, every, job


@every(hours=24)
@job("documents.verify", label="Look whether every stored file still is what was handed over")
def verify(run: JobContext) -> None:
    """Read every file and hold it against its fingerprint."""
    services.verify_files(by=run.by, now=timezone.now(), progress=run.progress)


@every(hours=24)
@job("documents.clear_orphans", label="Clear away files that nothing keeps")
def clear_orphans(run: JobContext) -> None:
    """Take away what a crash left behind, and what no record keeps any more."""
    services.clear_orphans(by=run.by, now=timezone.now())
