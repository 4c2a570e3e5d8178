"""What the first page reads: one table of work items, and for the unit a few counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.jobs.choices import JobState
from sightline.jobs.models import Job
from sightline.jobs.selectors import worker_is_running
from sightline.messages.choices import MailState
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.selectors import work_items
from sightline.plans.choices import ImportState
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.visible import plans_visible_to

MOST = 100


def needs_of(user: User) -> list[WorkItem]:
    """What needs this person, soonest due first: at most one more than the page shows. One query."""
    return list(work_items(user.scope.work_keys)[: MOST + 1])


@dataclass(frozen=True)
class Standing:
    """How the machinery stands, for the business unit."""

    imports_waiting: int
    jobs_waiting: int
    jobs_failed: int
    mails_failed: int
    worker_runs: bool


def standing(user: User, now: datetime) -> Standing | None:
    """The counts for whoever looks after the machinery; None for everybody else."""
    if not user.scope.holds_anywhere(Permission.JOBS_VIEW):
        return None
    jobs = Job.objects.filter(state__in=(JobState.WAITING, JobState.FAILED)).aggregate(
        waiting=Count("pk", filter=Q(state=JobState.WAITING)),
        failed=Count("pk", filter=Q(state=JobState.FAILED)),
    )
    return Standing(
        imports_waiting=imports_visible_to(user).filter(state=ImportState.PREVIEW).count(),
        jobs_waiting=jobs["waiting"],
        jobs_failed=jobs["failed"],
        mails_failed=OutgoingMail.objects.filter(state=MailState.FAILED).count(),
        worker_runs=worker_is_running(now),
    )


def any_plan(user: User) -> bool:
    """Whether there is any plan this person reads."""
    return plans_visible_to(user).exists()
