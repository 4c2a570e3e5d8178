"""Counting how actions stood: at the ends of months and today, from all that is known now.

Made anew every night, so that what was typed or imported later about an earlier month is in its count. Only what
differs is written, a thousand actions at a time, so that nobody waits for the count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from sightline.events.services.keeping import today
from sightline.partners.models import Group
from sightline.plans.choices import GONE_STATES
from sightline.plans.models import Action, ActionOwner, CountedDay, Plan, Standing, Tally
from sightline.plans.rules.dates import slips
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Moment
from sightline.plans.rules.owners import listed
from sightline.plans.rules.standings import days_to_count, no_longer_counted
from sightline.plans.selectors.exceptions import ended_plans
from sightline.plans.selectors.history import CHUNK, facts_of_rows
from sightline.plans.selectors.standings import is_restricted, of_group, tallied

COLUMNS = (
    "state",
    "delivery",
    "impact",
    "embedding",
    "exceptions",
    "quarters",
    "slips",
    "failed_tests",
    "due_on",
    "update_on",
)


def count_standings(*, now: datetime, progress: Callable[[int, int], None] | None = None) -> int:
    """Count the last twelve month ends and today; returns how many days. May be called as often as wanted."""
    on = today(now)
    days = days_to_count(on)
    for place, day in enumerate(days):
        _count_day(day)
        _tally_day(day, now)
        if progress:
            progress(place + 1, len(days))
    _drop(no_longer_counted(CountedDay.objects.values_list("on", flat=True), on))
    return len(days)


def _count_day(on: date) -> None:
    """Make the standings of one day what they should be."""
    ended = set(ended_plans(Moment(on)))
    counting = Action.objects.filter(opened_on__lte=on).exclude(plan__in=ended).order_by("pk")
    # The last pass takes what lies behind every action counted: standings of actions that no longer count.
    last = 0
    while rows := list(counting.filter(pk__gt=last).values_list("pk", "opened_on", "reference")[:CHUNK]):
        facts = facts_of_rows(rows, on)
        wanted = [_standing(pk, found, on) for pk, found in facts.items() if found.state not in GONE_STATES]
        _write(on, Q(action__gt=last, action__lte=rows[-1][0]), wanted)
        last = rows[-1][0]
    _write(on, Q(action__gt=last), [])


def _standing(action_id: int, facts: ActionFacts, on: date) -> Standing:
    return Standing(
        action_id=action_id,
        on=on,
        state=facts.state,
        delivery=facts.delivery.value,
        impact=facts.impact.value,
        embedding=facts.embedding,
        exceptions=listed(reason.kind for reason in exceptions(facts, on)),
        quarters=listed(facts.quarters),
        slips=slips(facts),
        failed_tests=facts.failed_tests,
        due_on=facts.due_on,
        update_on=facts.last_update_on,
    )


@transaction.atomic(savepoint=False)
def _write(on: date, between: Q, wanted: Iterable[Standing]) -> None:
    """Write what differs among these actions, and take away what counts no longer."""
    standing = {row.action_id: row for row in Standing.objects.filter(between, on=on)}
    new, differing = [], []
    for row in wanted:
        old = standing.pop(row.action_id, None)
        if old is None:
            new.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in COLUMNS):
            row.pk = old.pk
            differing.append(row)
    gone = [row.pk for row in standing.values()]
    Standing.objects.filter(pk__in=gone).delete()
    Standing.objects.bulk_update(differing, COLUMNS, batch_size=100)
    Standing.objects.bulk_create(new, batch_size=CHUNK)


@transaction.atomic(savepoint=False)
def _tally_day(on: date, now: datetime) -> None:
    """Count the day's standings: by plan and priority, and again for each group that answers for any."""
    rows = Standing.objects.filter(on=on)
    Tally.objects.filter(on=on).delete()
    for group in (None, *_groups()):
        of_place = rows.filter(of_group(group, "action__")) if group else rows
        for restricted in (False, True):
            apart = is_restricted("action__")
            part = of_place.filter(apart if restricted else ~apart)
            _keep(on, group, restricted, part)
    CountedDay.objects.update_or_create(on=on, defaults={"counted_at": now})


def _keep(on: date, group: Group | None, restricted: bool, rows: Iterable[Standing]) -> None:
    Tally.objects.bulk_create(
        Tally(
            on=on, group=group, plan_id=plan, priority_id=priority, restricted=restricted, figure=figure, number=number
        )
        for plan, priority, figures in tallied(rows)  # type: ignore[arg-type]  # the stubs cannot follow what is handed on
        for figure, number in figures.items()
    )  # fmt: skip


def _groups() -> Iterable[Group]:
    """The groups that answer for any action."""
    owning = ActionOwner.objects.exclude(group=None).order_by().values("group")
    planning = Plan.objects.exclude(group=None).order_by().values("group")
    return Group.objects.filter(Q(pk__in=owning) | Q(pk__in=planning))


@transaction.atomic(savepoint=False)
def _drop(days: list[date]) -> None:
    for rows in (Standing.objects, Tally.objects, CountedDay.objects):
        rows.filter(on__in=days).delete()
