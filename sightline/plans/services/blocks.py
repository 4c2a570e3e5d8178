"""Writing what hinders an action: an owner's word that it cannot go on, and other actions it waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before, today
from sightline.plans.choices import LineKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Block, Dependency
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.selectors.waiting import everything_needed, steps_of_waiting
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, held_together, stamp, tier_of


@deed
def block(
    action: Action,
    reason: str,
    *,
    as_at: date,
    read: Read | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Block:
    """Say that an action cannot go on, and why. Raises Unacceptable where that is said already.

    `read`: what was read of the action in this transaction.
    """
    not_ahead(as_at, now)
    live = held(action)
    read = read or read_for([live], today(now))
    if read.facts(live, today(now)).blocked_reason:
        raise Unacceptable({"reason": "It is said already that this action cannot go on."})
    kept = need(reason, "reason", "Say what hinders it.")
    made = Block.objects.create(action=live, reason=kept, as_at=as_at, **stamp(by, now))
    record(
        PlanEntry.BLOCKED,
        by=by,
        subject=live,
        after={"as_at": as_at},
        reason=kept,
        tier=tier_of(live, live.plan),
    )
    read.add(live, made)
    if refresh:
        refresh_current(action, now=now, read=read)
    return made


@deed
def unblock(
    action: Action,
    *,
    as_at: date,
    read: Read | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> None:
    """Say that an action can go on again. Raises Unacceptable where nothing hinders it.

    `read`: what was read of the action in this transaction.
    """
    not_ahead(as_at, now)
    live = held(action)
    read = read or read_for([live], today(now))
    standing = [line for line in read.of_kind(live, LineKind.BLOCK) if line.ended_on is None]
    if not standing:
        raise Unacceptable({"as_at": "Nothing is said to hinder this action."})
    line = standing[0]
    not_before(as_at, line.as_at, "What hinders it")
    Block.objects.filter(pk=line.row).update(
        ended_on=as_at, ended_recorded_at=now, ended_by_label=by.label[:200]
    )
    record(
        PlanEntry.UNBLOCKED,
        by=by,
        subject=live,
        before={"reason": line.text},
        after={"as_at": as_at},
        tier=tier_of(live, live.plan),
    )
    read.end(line, as_at, now)
    if refresh:
        refresh_current(action, now=now, read=read)


@deed
def add_dependency(
    action: Action,
    needs: Action,
    *,
    as_at: date,
    reason: str = "",
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Dependency:
    """Say that an action waits for another. Raises Unacceptable for itself, for a circle, and for a second time."""
    not_ahead(as_at, now)
    live = _held_with_needs(action, needs)
    made = Dependency.objects.create(
        action=live, needs=needs, reason=reason.strip(), as_at=as_at, **stamp(by, now)
    )
    after = {"needs": needs.reference, "as_at": as_at}
    record(
        PlanEntry.DEPENDENCY_ADDED,
        by=by,
        subject=live,
        after=after,
        reason=made.reason,
        tier=tier_of(live, live.plan),
    )
    if refresh:
        refresh_current(action, now=now)
    return made


def _held_with_needs(action: Action, needs: Action) -> Action:
    """The action, held with the other and all that one waits for: nobody else can close a circle meanwhile.

    Raises Unacceptable where it would close one now, and where the others have come to wait for more.
    """
    ahead = everything_needed(needs.pk)
    together = held_together(Action.objects.filter(Q(pk=action.pk) | Q(pk=needs.pk) | Q(pk__in=ahead)))
    live = together[action.pk]
    waits = list(steps_of_waiting([live.pk, needs.pk]))
    if (live.pk, needs.pk) in waits:
        raise Unacceptable({"needs": "It waits for that action already."})
    reached = _reached(needs.pk, waits)
    if live.pk in reached:
        raise Unacceptable({"needs": "That action waits for this one: neither could ever go on."})
    if not reached <= set(together):
        raise Unacceptable({"needs": "What that action waits for has just been changed. Save once more."})
    return live


def _reached(start: int, steps: Iterable[tuple[int, int]]) -> set[int]:
    """An action with all that it waits for, directly or through others."""
    after: defaultdict[int, set[int]] = defaultdict(set)
    for one, other in steps:
        after[one].add(other)
    seen, ahead = {start}, {start}
    while ahead:
        ahead = {other for one in ahead for other in after[one]} - seen
        seen |= ahead
    return seen


@deed
def end_dependency(
    dependency: Dependency, *, as_at: date, by: Actor, now: datetime, refresh: bool = True
) -> Dependency:
    """Say that an action waits for another no longer. Raises Unacceptable, StaleRecord."""
    not_ahead(as_at, now)
    not_before(as_at, dependency.as_at, "The dependency")
    live = held(dependency.action)
    standing = Dependency.objects.filter(pk=dependency.pk, ended_on=None)
    if not standing.update(ended_on=as_at, ended_recorded_at=now, ended_by_label=by.label[:200]):
        raise StaleRecord("Somebody else has ended this already.")
    dependency.ended_on, dependency.ended_recorded_at = as_at, now
    dependency.ended_by_label = by.label[:200]
    before = {"needs": dependency.needs.reference}
    tier = tier_of(live, live.plan)
    record(PlanEntry.DEPENDENCY_ENDED, by=by, subject=live, before=before, after={"as_at": as_at}, tier=tier)
    if refresh:
        refresh_current(live, now=now)
    return dependency
