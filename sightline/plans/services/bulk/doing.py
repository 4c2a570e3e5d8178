"""Doing one change of many actions: all of it or nothing, each action with its own entry and the one reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.plans.choices import BulkKind, WorkingState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, BulkChange, BulkRow, Plan
from sightline.plans.rules.tiers import highest
from sightline.plans.services.actions import edit_action
from sightline.plans.services.bulk.effects import Wanted, check_wanted, effect_on, owners_given
from sightline.plans.services.current import refresh_current
from sightline.plans.services.owners import set_owners
from sightline.plans.services.plans import edit_plan
from sightline.plans.services.timescales import revise_timescale
from sightline.screens.words import count

# How many references a sentence names before it only counts.
NAMED = 5


class Moved(Exception):
    """Actions were changed by somebody else since they were looked at; `sentence` is fit to show."""

    def __init__(self, actions: Sequence[Action]) -> None:
        names = ", ".join(action.reference for action in actions[:NAMED])
        more = f" and {len(actions) - NAMED} more" if len(actions) > NAMED else ""
        verb = "was" if len(actions) == 1 else "were"
        self.sentence = (
            f"{count(len(actions), 'action')} {verb} changed by somebody else since you looked: {names}{more}. "
            "Nothing was done. Look at the list again, then go on."
        )
        super().__init__(self.sentence)


class _Said(TypedDict):
    by: Actor
    now: datetime
    reason: str


def carry_out_change(change: BulkChange, *, by: Actor, now: datetime) -> BulkChange:
    """Do it, or nothing of it: what stands against it is kept with the change. A second call changes nothing."""
    try:
        return _do(change, by=by, now=now)
    except Moved as moved:
        return _refuse(change, moved.sentence)
    except Unacceptable as refused:
        return _refuse(change, " ".join(refused.problems.values()))


@deed
def _do(change: BulkChange, *, by: Actor, now: datetime) -> BulkChange:
    live = BulkChange.objects.select_for_update().get(pk=change.pk)
    if live.state != WorkingState.WAITING:
        return live
    wanted, as_at = check_wanted(live), live.as_at or now.date()
    actions = _whole(live)
    _unmoved(live, actions)
    changing = [action for action in actions if effect_on(action, wanted).is_change]
    said: _Said = {"by": by, "now": now, "reason": live.reason}
    if wanted.kind == BulkKind.GROUP:
        _regroup_plans(changing, wanted, by, now)
    for action in changing if wanted.kind != BulkKind.GROUP else ():
        _change(action, wanted, as_at, said)
    refresh_current(list(Action.objects.filter(pk__in=[a.pk for a in changing]).order_by("pk")), now=now)
    live.state, live.trouble, live.version = WorkingState.DONE, "", live.version + 1
    live.save(update_fields=["state", "trouble", "version"])
    after = {"kind": live.kind, "actions": len(changing), "chosen": len(actions)}
    tier = highest(tier for action in actions for tier in (action.tier, action.plan.tier))
    record(PlanEntry.BULK_DONE, by=by, subject=live, after=after, reason=live.reason, tier=tier)
    return live


def _whole(live: BulkChange) -> list[Action]:
    held = Action.objects.select_for_update(of=("self",)).filter(pk__in=live.rows.order_by().values("action"))
    whole = held.select_related("plan__group", "priority__plan", "strand", "outcome").order_by("pk")
    return list(whole.prefetch_related("owners__agency", "owners__group", "owners__person"))


def _unmoved(live: BulkChange, actions: Sequence[Action]) -> None:
    seen = dict(live.rows.values_list("action_id", "seen"))
    moved = [action for action in actions if action.version != seen[action.pk]]
    if moved:
        raise Moved(moved)


def _change(action: Action, wanted: Wanted, as_at: date, said: _Said) -> None:
    """One action. Raises Unacceptable naming it."""
    version = action.version
    try:
        if wanted.kind == BulkKind.OWNERS:
            set_owners(
                action, owners_given(action, wanted), as_at=as_at, version=version, refresh=False, **said
            )
        elif wanted.kind == BulkKind.TIMESCALE and wanted.timescale:
            revise_timescale(action, version, wanted.timescale, as_at=as_at, refresh=False, **said)
        else:
            edit_action(action, version, _placed(action, wanted), refresh=False, **said)
    except Unacceptable as refused:
        sentence = " ".join(refused.problems.values())
        raise Unacceptable({"": f"{action.reference}: {sentence} Nothing was done."}) from refused


def _placed(action: Action, wanted: Wanted) -> dict[str, object]:
    """Its new place; an outcome of another priority does not go with it."""
    priority = wanted.priority
    stays = action.outcome is not None and priority is not None and action.outcome.priority_id == priority.pk
    return {"priority": priority, "strand": wanted.strand, "outcome": action.outcome if stays else None}


def _regroup_plans(actions: Sequence[Action], wanted: Wanted, by: Actor, now: datetime) -> None:
    for plan in Plan.objects.filter(pk__in={action.plan_id for action in actions}).order_by("pk"):
        edit_plan(plan, plan.version, {"group": wanted.group}, by=by, now=now)


@deed
def _refuse(change: BulkChange, trouble: str) -> BulkChange:
    """Back to choosing, with what stood against it; the actions are looked at anew, as they stand now."""
    live = BulkChange.objects.select_for_update().get(pk=change.pk)
    rows = list(live.rows.select_related("action"))
    for row in rows:
        row.seen = row.action.version
    BulkRow.objects.bulk_update(rows, ["seen"], batch_size=200)
    live.state, live.trouble, live.version = WorkingState.CHOOSING, trouble, live.version + 1
    live.save(update_fields=["state", "trouble", "version"])
    return live
