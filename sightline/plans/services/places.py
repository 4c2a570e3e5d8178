"""Writing in which other plans an action stands, under which number."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead, not_before
from sightline.plans.choices import WORK_STATES
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Placement, Plan, Priority
from sightline.plans.services.keeping import held, stamp, tier_of
from sightline.plans.services.plans import next_order
from sightline.plans.services.pointing import resolve_references


@deed
def place_action(
    action: Action,
    plan: Plan,
    *,
    number: str = "",
    priority: Priority | None = None,
    as_at: date,
    reason: str = "",
    by: Actor,
    now: datetime,
) -> Placement:
    """Let an action stand in another plan as well, under that plan's number and priority. Raises Unacceptable."""
    not_ahead(as_at, now)
    live = held(action)
    if live.plan_id == plan.pk:
        raise Unacceptable({"plan": "It belongs to that plan already. Choose another one."})
    if plan.state not in WORK_STATES:
        raise Unacceptable({"plan": "That plan has ended. Choose one that is still at work."})
    if plan.placements.filter(action=live, ended_on=None).exists():
        raise Unacceptable({"plan": "It stands in that plan already."})
    if priority and priority.plan_id != plan.pk:
        raise Unacceptable({"priority": "This priority belongs to another plan."})
    made = Placement.objects.create(
        action=live,
        plan=plan,
        number=number.strip()[:60],
        priority=priority,
        order=next_order(plan.placements.all()),
        reason=reason.strip(),
        as_at=as_at,
        **stamp(by, now),
    )
    after = {"plan": plan.key, "number": made.number, "priority": str(priority or ""), "as_at": as_at}
    tier = tier_of(live, live.plan, plan)
    record(PlanEntry.ACTION_PLACED, by=by, subject=live, after=after, reason=made.reason, tier=tier)
    resolve_references(plan, numbers=[made.number] if made.number else [], by=by)
    return made


@deed
def end_place(place: Placement, *, as_at: date, by: Actor, now: datetime) -> Placement:
    """Say that an action stands in another plan no longer; that it did is kept. Raises Unacceptable, StaleRecord."""
    not_ahead(as_at, now)
    not_before(as_at, place.as_at, "Its place in the plan")
    live = held(place.action)
    standing = Placement.objects.filter(pk=place.pk, ended_on=None)
    if not standing.update(ended_on=as_at, ended_recorded_at=now, ended_by_label=by.label[:200]):
        raise StaleRecord("Somebody else has ended this already.")
    place.refresh_from_db()
    before, after = {"plan": place.plan.key, "number": place.number}, {"as_at": as_at}
    tier = tier_of(live, live.plan, place.plan)
    record(PlanEntry.PLACE_ENDED, by=by, subject=live, before=before, after=after, tier=tier)
    return place
