"""What the first page and the dashboards read."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q

from sightline.access.choices import Permission
from sightline.access.models import User
from sightline.jobs.choices import JobState
from sightline.jobs.models import Job
from sightline.jobs.selectors import worker_is_running
from sightline.knowing.selectors import without_own_and_conflicted
from sightline.messages.choices import MailState
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.selectors import work_items
from sightline.partners import selectors as partners
from sightline.partners.models import Group
from sightline.plans.choices import WORK_STATES, Figure, ImportState, ReportState
from sightline.plans.models import Action, ExceptionReport
from sightline.plans.rules.standings import MONTHS_COUNTED
from sightline.plans.selectors.across import actions_across
from sightline.plans.selectors.gathering import gathering
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.parties import OWNERS
from sightline.plans.selectors.reports import last_issued
from sightline.plans.selectors.standings import (
    Part,
    Place,
    counted_days,
    figures_over,
    over_time,
    parts_now,
    parts_on,
)
from sightline.plans.selectors.visible import plans_visible_to, reports_visible_to

__all__ = ["over_time"]
MOST = 100


def needs_of(user: User) -> list[WorkItem]:
    """What needs this person, soonest due first: at most one more than the page shows. One query."""
    items = without_own_and_conflicted(work_items(user.scope.work_keys), user.pk)
    return list(items[: MOST + 1])


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


@dataclass(frozen=True)
class PlaceStanding:
    """How a place stands, part by part. `on`: the counted day it is as at; None for this moment."""

    parts: list[Part]
    on: date | None


def days() -> list[date]:
    """The days that were counted, newest first."""
    return [counted.on for counted in counted_days()]


def standing_of(user: User, place: Place, on: date | None, counted: Sequence[date]) -> PlaceStanding:
    """How the place stands now, or stood on a counted day; the last count where it is too large to count for a page."""
    if on is None:
        now = parts_now(user, place)
        if now is not None or not counted:
            return PlaceStanding(now or [], None)
        on = counted[0]
    return PlaceStanding(parts_on(user, place, on), on)


def month_ends(counted: Sequence[date], before: date | None) -> list[date]:
    """The counted ends of months before the day, oldest first, a year of them at most."""
    ends = sorted(
        on for on in counted if (on + timedelta(days=1)).day == 1 and (before is None or on < before)
    )
    return ends[-MONTHS_COUNTED:]


def other_boards(user: User) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Key and name of the plans and groups whose dashboards this person may open."""
    plans = plans_visible_to(user).filter(state__in=WORK_STATES).order_by("name", "pk")
    groups = partners.groups(user).values_list("key", "name")
    return list(plans.values_list("key", "name")), list(groups)


def groups_named(user: User, keys: Iterable[str]) -> list[Group]:
    """The groups of these keys, in the order of their names."""
    return list(partners.groups(user).filter(key__in=list(keys)))


def actions_counted(user: User, figure: Figure, most: int) -> list[Action]:
    """The first actions that a figure counts, what is due first in front."""
    rows = actions_across(user, {"figure": figure}).order_by(F("current_due_on").asc(nulls_last=True), "pk")
    return list(rows[:most])


def owns_anything(user: User) -> bool:
    """Whether the person answers for actions of an agency, or of a group that they do not chair."""
    acts = user.scope.groups_with(Permission.ACTION_UPDATE)
    return bool(user.scope.agency_keys or acts - user.scope.groups_with(Permission.ACTION_RATE_IMPACT))


def own_actions(user: User, today: date, most: int) -> tuple[Counter[Figure], list[Action]]:
    """Figures over the actions that are this person's, and the open ones that are due next; two queries."""
    own = actions_across(user, {"figure": Figure.OPEN, "mine": "yes"})
    ahead = own.filter(Q(current_due_on__gte=today) | Q(current_due_on=None))
    # Whoever may update one is known from its owners.
    rows = gathering(ahead, OWNERS).order_by(F("current_due_on").asc(nulls_last=True), "pk")
    return figures_over(actions_across(user, {"figure": Figure.ALL, "mine": "yes"})), list(rows[:most])


@dataclass(frozen=True)
class Reporting:
    """For the unit: drafts that wait, the last report issued for the partnership, and what is new since it."""

    drafts: int
    last: ExceptionReport | None
    new: int


def reporting(user: User) -> Reporting | None:
    """How reports stand, for whoever issues them; None for everybody else. Three queries."""
    if not user.scope.holds_anywhere(Permission.REPORT_ISSUE):
        return None
    drafts = reports_visible_to(user).filter(state=ReportState.DRAFT).count()
    last = last_issued(None, None)
    new = actions_across(user, {"exception": "any", "since": str(last.pk)}).count() if last else 0
    return Reporting(drafts, last, new)
