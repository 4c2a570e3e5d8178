"""Writing sources, recommendations, plans, priorities and outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Model, QuerySet
from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.events.services import record
from sightline.partners.choices import Unacceptable
from sightline.partners.models import Group
from sightline.plans.choices import WORK_STATES, PlanState, SourceKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Outcome, Plan, PlanChange, Priority, Recommendation, Source
from sightline.plans.rules.states import ImpossibleMove, plan_move
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import (
    changed,
    need,
    not_ahead,
    not_before,
    only,
    stamp,
    take_version,
    tier_of,
)

SOURCE_FIELDS = frozenset({"title", "kind", "body", "published_on", "summary", "tier"})
PLAN_FIELDS = frozenset({"name", "group", "period_raw", "starts_on", "ends_on", "columns", "legend", "tier"})
PRIORITY_FIELDS = frozenset({"number", "title", "aim", "owners_raw", "timescale_raw", "order"})
OUTCOME_FIELDS = frozenset({"text", "order"})


@transaction.atomic
def create_source(
    title: str,
    kind: SourceKind,
    *,
    body: str = "",
    published_on: date | None = None,
    summary: str = "",
    tier: Tier = Tier.T1,
    by: Actor,
    now: datetime,
) -> Source:
    """Add a source. Raises Unacceptable for an empty title."""
    named = need(title, "title", "Give the source a title.")
    source = Source.objects.create(
        key=free_key(Source.objects.all(), named),
        title=named[:300],
        kind=kind,
        body=body,
        published_on=published_on,
        summary=summary,
        tier=tier,
    )
    record(
        PlanEntry.SOURCE_ADDED, by=by, subject=source, after={"title": source.title, "kind": kind}, tier=tier
    )
    return source


@transaction.atomic
def edit_source(
    source: Source, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Source:
    """Change a source. Raises Unacceptable, StaleRecord."""
    only(changes, SOURCE_FIELDS)
    _edit(
        source,
        version,
        changes,
        PlanEntry.SOURCE_EDITED,
        "title",
        "Give the source a title.",
        by,
        Tier(source.tier),
    )
    return source


@transaction.atomic
def create_recommendation(
    source: Source,
    *,
    number: str,
    text: str,
    title: str = "",
    addressed_to: Sequence[str] = (),
    response: Sequence[str] = (),
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Recommendation:
    """Add one thing a source asks for, under its printed number. Raises Unacceptable for an empty text."""
    made = Recommendation.objects.create(
        source=source,
        number=number.strip()[:40],
        text=need(text, "text", "Write what the source asks for."),
        title=title,
        addressed_to=list(addressed_to),
        response=list(response),
        order=next_order(source.recommendations.all()) if order is None else order,
        import_of=import_of,
    )
    after = {"number": made.number, "text": made.text}
    record(PlanEntry.RECOMMENDATION_ADDED, by=by, subject=made, after=after, tier=Tier(source.tier))
    return made


@transaction.atomic
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
    )
    PlanChange.objects.create(plan=plan, to_state=state, as_at=as_at, **stamp(by, now, import_of))
    after = {"name": plan.name, "group": group.name if group else "", "state": state}
    record(PlanEntry.PLAN_CREATED, by=by, subject=plan, after=after, tier=tier)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime) -> Plan:
    """Change what is printed over a plan. Raises Unacceptable, StaleRecord."""
    only(changes, PLAN_FIELDS)
    _in_order(changes.get("starts_on", plan.starts_on), changes.get("ends_on", plan.ends_on))
    _edit(plan, version, changes, PlanEntry.PLAN_EDITED, "name", "Give the plan a name.", by, tier_of(plan))
    return plan


@transaction.atomic
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
    live = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
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
    if (made.from_state in WORK_STATES) != (to in WORK_STATES):
        refresh_current(live.actions.all(), now=now)
    return made


@transaction.atomic
def add_priority(
    plan: Plan,
    *,
    number: str,
    title: str,
    aim: str = "",
    owners_raw: str = "",
    timescale_raw: str = "",
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Priority:
    """Add a priority to a plan. Raises Unacceptable for an empty title."""
    priority = Priority.objects.create(
        plan=plan,
        number=number.strip()[:20],
        title=need(title, "title", "Give the priority a title."),
        aim=aim,
        owners_raw=owners_raw,
        timescale_raw=timescale_raw,
        order=next_order(plan.priorities.all()) if order is None else order,
        import_of=import_of,
    )
    after = {"plan": plan.key, "number": priority.number, "title": priority.title}
    record(PlanEntry.PRIORITY_ADDED, by=by, subject=priority, after=after, tier=tier_of(plan))
    return priority


@transaction.atomic
def edit_priority(
    priority: Priority, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Priority:
    """Change a priority. Raises Unacceptable, StaleRecord."""
    only(changes, PRIORITY_FIELDS)
    sentence = "Give the priority a title."
    _edit(
        priority, version, changes, PlanEntry.PRIORITY_EDITED, "title", sentence, by, tier_of(priority.plan)
    )
    return priority


@transaction.atomic
def add_outcome(
    priority: Priority,
    *,
    text: str,
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Outcome:
    """Say what will be different for children under a priority. Raises Unacceptable for an empty text."""
    outcome = Outcome.objects.create(
        priority=priority,
        text=need(text, "text", "Say what will be different for children."),
        order=next_order(priority.outcomes.all()) if order is None else order,
        import_of=import_of,
    )
    tier = tier_of(priority.plan)
    record(PlanEntry.OUTCOME_ADDED, by=by, subject=outcome, after={"text": outcome.text}, tier=tier)
    return outcome


@transaction.atomic
def edit_outcome(
    outcome: Outcome, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Outcome:
    """Change an outcome. Raises Unacceptable, StaleRecord."""
    only(changes, OUTCOME_FIELDS)
    sentence = "Say what will be different for children."
    tier = tier_of(outcome.priority.plan)
    _edit(outcome, version, changes, PlanEntry.OUTCOME_EDITED, "text", sentence, by, tier)
    return outcome


def free_key(taken: QuerySet[Any], name: str) -> str:
    """A key made from the name that no record of this kind has."""
    stem = slugify(name)[:70].strip("-") or "untitled"
    used = set(taken.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for key in (stem, *(f"{stem}-{n}" for n in range(2, len(used) + 3))) if key not in used)


def next_order(siblings: QuerySet[Any]) -> int:
    """The place after the last of them."""
    last = siblings.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _in_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on < starts_on:
        raise Unacceptable({"ends_on": "The plan ends before it starts."})


def _edit(
    row: Model,
    version: int,
    changes: Mapping[str, Any],
    entry: PlanEntry,
    needed: str,
    sentence: str,
    by: Actor,
    tier: Tier,
) -> None:
    values = dict(changes)
    if needed in values:
        values[needed] = need(values[needed], needed, sentence)
    take_version(row, version)
    row.refresh_from_db()
    before, after = changed(row, values)
    if after:
        record(entry, by=by, subject=row, before=before, after=after, tier=tier)
