"""The background work of access."""

from __future__ import annotations

from django.utils import timezone

from sightline.access import services
from sightline.access.sessions import SessionStore
from sightline.jobs.registry import JobContext, every, job


@every(hours=24)
@job("access.forget_failures", label="Clear old sign-in failures")
def forget_failures(run: JobContext) -> None:
    """Delete failures that no throttle reads any more."""
    services.forget_old_failures(timezone.now())


@every(hours=24)
@job("access.close_left_accounts", label="Close accounts whose last role has ended")
def close_left_accounts(run: JobContext) -> None:
    """An account ends with its last membership."""
    services.close_left_accounts(timezone.localdate())


@every(hours=24)
@job("access.forget_links", label="Clear links that set a password")
def forget_links(run: JobContext) -> None:
    """Delete links that nobody can use any more."""
    services.forget_old_links(timezone.now())


@every(hours=24)
@job("access.clear_sessions", label="Clear sessions that are over")
def clear_sessions(run: JobContext) -> None:
    """Delete sessions that nobody can use any more."""
    SessionStore.clear_expired()
