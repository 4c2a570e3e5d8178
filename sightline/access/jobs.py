"""The background work of access."""

from __future__ import annotations

from django.utils import timezone

from sightline.access import services
from sightline.access.services.links import SEND_LINK
from sightline.jobs.registry import JobContext, every, job


@job(SEND_LINK, label="Send a link for a new password")
def send_link(run: JobContext, account: int) -> None:
    """Send a link to the account of this number; 0 is nobody's."""
    services.send_link_asked_for(account, by=services.AT_THE_DOOR, now=timezone.now())


@every(hours=24)
@job("access.forget_failures", label="Clear old sign-in failures")
def forget_failures(run: JobContext) -> int:
    """Delete failures that no throttle reads any more."""
    return services.forget_old_failures(timezone.now())


@every(hours=24)
@job("access.close_left_accounts", label="Close accounts whose last role has ended")
def close_left_accounts(run: JobContext) -> None:
    """An account ends with its last membership."""
    services.close_left_accounts(timezone.localdate())


@every(hours=24)
@job("access.forget_links", label="Clear links that set a password")
def forget_links(run: JobContext) -> int:
    """Delete links that nobody can use any more."""
    return services.forget_old_links(timezone.now())


@every(hours=24)
@job("access.forget_tokens", label="Clear personal tokens that ended a year ago")
def forget_tokens(run: JobContext) -> int:
    """Delete tokens that have opened nothing for a year; their entries in the journal stay."""
    return services.forget_old_tokens(timezone.now())


@every(hours=24)
@job("access.clear_sessions", label="Clear sessions that are over")
def clear_sessions(run: JobContext) -> int:
    """Delete sessions that nobody can use any more."""
    return services.clear_sessions(timezone.now())


@every(hours=24)
@job("access.forget_returns", label="Clear links of returns whose time is over")
def forget_returns(run: JobContext) -> int:
    """Delete codes of yesterday, and links a year after their end."""
    return services.forget_old_returns(timezone.now())
