"""Writing plans: begun, approved, in force, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.urls import reverse

from sightline.events.choices import Actor, ImpossibleMove, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import changed, need, not_ahead, not_before
from sightline.messages.services import tell_news
from sightline.partners.models import Group
from sightline.plans.choices import WORK_STATES, PlanState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Plan, PlanChange
from sightline.plans.rules.states import plan_move
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.services.accounts.evidence import keep_files_as_closely
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import only, stamp, tier_of
from sightline.plans.services.plans.placing import edit_row, free_key
from sightline.plans.services.pointing import resolve_references
from sightline.search.services import keep_words

PLAN_FIELDS = frozenset({"name", "group", "period_raw", "starts_on", "ends_on", "columns", "legend", "tier"})

NEWS = {
    PlanState.APPROVED: "plan_approved",
    PlanState.IN_FORCE: "plan_in_force",
    PlanState.CLOSED: "plan_ended",
}


@deed
def create_plan(
    name: str,
    group: Group | None = None,
    *,
    as_at: date,
    state: PlanState = PlanState.DRAFT,
    period_raw: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    columns: Sequence[Mapping[str, str]] = (),
    legend: Mapping[str, str] | None = None,
    tier: Tier = Tier.T1,
    follows: Plan | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Plan:
    """Start a plan. A plan that comes from paper may be in force already; its first state is kept like every later one.

    Raises Unacceptable for an empty name and for dates out of order.
    """
    named = need(name, "name", "Give the plan a name.")
    _in_order(starts_on, ends_on)
    not_ahead(as_at, now)
    plan = Plan.objects.create(
        key=free_key(Plan.objects.all(), named),
        name=named[:200],
        group=group,
        state=state,
        period_raw=period_raw,
        starts_on=starts_on,
        ends_on=ends_on,
        columns=[dict(column) for column in columns],
        legend=dict(legend or {}),
        tier=tier,
        follows=follows,
    )
    PlanChange.objects.create(plan=plan, to_state=state, as_at=as_at, **stamp(by, now, import_of))
    after = {"name": plan.name, "group": group.name if group else "", "state": state}
    after |= {"follows": follows.key} if follows else {}
    record(PlanEntry.PLAN_CREATED, by=by, subject=plan, after=after, tier=tier)
    keep_words(plan)
    _tell_plan(plan, "plan_followed" if follows else "", as_at, by=by, now=now)
    return plan


@deed
def edit_plan(plan: Plan, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime) -> Plan:
    """Change what is printed over a plan. Raises Unacceptable, StaleRecord."""
    only(changes, PLAN_FIELDS)
    _in_order(changes.get("starts_on", plan.starts_on), changes.get("ends_on", plan.ends_on))
    sentence = "Give the plan a name."
    named = plan.name
    after = edit_row(plan, version, changes, PlanEntry.PLAN_EDITED, "name", sentence, by, tier_of(plan), now)
    if "tier" in after:
        keep_files_as_closely(plan, by=by)
    if "name" in after:
        resolve_references(plan, names=[named], by=by)
    return plan


@deed
def change_plan_state(
    plan: Plan,
    to: PlanState,
    *,
    as_at: date,
    group: Group | None = None,
    minute: str = "",
    reason: str = "",
    by: Actor,
    now: datetime,
) -> PlanChange:
    """Approve a plan, put it in force, close it, roll it over. Raises Unacceptable with the sentence of the rule."""
    live = Plan.objects.select_for_update(of=("self",)).select_related("group").get(pk=plan.pk)
    try:
        move = plan_move(live.state_now, to, reason, approval=bool(group and minute.strip()))
    except ImpossibleMove as refused:
        raise Unacceptable({"state": refused.sentence}) from refused
    not_ahead(as_at, now)
    not_before(as_at, live.changes.aggregate(last=Max("as_at"))["last"], "The plan’s last change")
    made = PlanChange.objects.create(
        plan=live,
        from_state=live.state,
        to_state=to,
        as_at=as_at,
        group=group,
        minute=minute.strip(),
        reason=reason.strip(),
        **stamp(by, now),
    )
    before, after = changed(live, {"state": to})
    after |= {"as_at": as_at, "group": group.name if group else "", "minute": made.minute}
    record(
        move.entry, by=by, subject=live, before=before, after=after, reason=made.reason, tier=tier_of(live)
    )
    plan.state = live.state
    _tell_plan(live, NEWS.get(to, ""), as_at, by=by, now=now)
    if (made.from_state in WORK_STATES) != (to in WORK_STATES):
        refresh_current(live.actions.all(), now=now)
    return made


def _tell_plan(plan: Plan, kind: str, on: date, *, by: Actor, now: datetime) -> None:
    """Let the plan's group hear of what happened to it on a day; an empty kind is no news."""
    if kind and plan.group and plan.tier in EVERY_MEMBER:
        url, heard = reverse("plans:plan", args=[plan.key]), [f"group:{plan.group.key}"]
        tell_news(heard, kind, plan.name, url, tier=Tier.T1, on=on, by=by, now=now)


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Unacceptable({"ends_on": "The plan ends before it starts."})
