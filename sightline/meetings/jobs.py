"""Background work of meetings: published tables read, packs made, a daily look at whom actions wait for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sightline.jobs.registry import JobContext, every, job
from sightline.meetings.services import refresh_work
from sightline.meetings.services.asking import ask_how_passed
from sightline.meetings.services.counted import keep_counted
from sightline.meetings.services.invitations import INVITE_JOB, look_over_invitations, send_invitations
from sightline.meetings.services.packs import PACK_JOB, make_pack, pack_given_up
from sightline.meetings.services.public import PUBLIC_JOB, public_given_up
from sightline.meetings.services.public_making import make_public
from sightline.meetings.services.published import READ_JOB
from sightline.meetings.services.published import read_published as read
from sightline.meetings.services.settling import settle_all
from sightline.meetings.services.upkeep import refresh_upkeep


@job(READ_JOB, label="Read a published table of attendance")
def read_published(run: JobContext, number: int) -> None:
    """Read one published table in a child process, so that its preview can be shown."""
    read(number, by=run.by)


def _again(attempts: int) -> timedelta:
    """Somebody waits for it: it is tried again soon, or not at all."""
    return timedelta(seconds=5)


@job(PACK_JOB, label="Make the pack of a meeting", retries=1, backoff=_again, gave_up=pack_given_up)
def pack(run: JobContext, number: int) -> None:
    """Put the papers of a meeting together as one PDF."""
    make_pack(number, progress=run.progress, by=run.by, now=timezone.now())


@job(
    PUBLIC_JOB, label="Write the draft of public minutes", retries=1, backoff=_again, gave_up=public_given_up
)
def public(run: JobContext, number: int) -> None:
    """Write the draft of a public version that somebody asked for."""
    make_public(number, by=run.by, now=timezone.now())


@every(hours=24)
@job("meetings.refresh", label="Look over what waits for whom after meetings, and who is still invited")
def refresh(run: JobContext) -> None:
    """Roles end and people leave: what waits for them waits for the business unit then, and
    they are invited no more.
    """
    settle_all(now=timezone.now())
    refresh_work(now=timezone.now())
    look_over_invitations(now=timezone.now())
    ask_how_passed(now=timezone.now())


@every(hours=1)
@job("meetings.count", label="Count attendance of groups where something changed")
def count(run: JobContext) -> None:
    """Keep the figures of years, so that pages need not count them. What is shown is right before it ran, too."""
    keep_counted()


@every(hours=1)
@job("meetings.upkeep", label="Look over what meetings that took place wait for")
def upkeep(run: JobContext) -> None:
    """Days pass, and what was missing is entered: nobody is asked for it longer than an hour then."""
    refresh_upkeep(now=timezone.now())


@job(INVITE_JOB, label="Write to members about a meeting")
def invite(run: JobContext, number: int, new: bool) -> None:
    """Send calendar invitations, changes and cancellations that members do not know of yet."""
    send_invitations(number, new=new, by=run.by, now=timezone.now())
