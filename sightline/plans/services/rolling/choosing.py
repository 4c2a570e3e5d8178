"""The next plan takes over: what becomes of each unfinished action is chosen first, and done all at once afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead
from sightline.jobs.services import enqueue
from sightline.plans.choices import WORK_STATES, DeliveryState, Fate, PlanState, WorkingState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Plan, RollOver, RollOverChoice
from sightline.plans.selectors.rolling import counts_of, unfinished
from sightline.plans.services.keeping import stamp, tier_of
from sightline.screens.words import count

ROLL_OVER_JOB = "plans.roll_over"
NOT_IN_FORCE = "Only a plan that is in force can be rolled over into the next one."
BEGUN_ALREADY = "Somebody has begun to roll this plan over already. Go on with theirs."
WHY = "Say why it is not carried into the next plan."
NOT_CLOSED = "It is complete already: carry it into the next plan, or leave it here."


@dataclass(frozen=True, slots=True)
class FateGiven:
    """What becomes of one action, and why where it is not carried."""

    fate: Fate
    reason: str = ""


@deed
def begin_roll_over(
    plan: Plan,
    *,
    next_plan: Plan | None = None,
    next_name: str = "",
    period_raw: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
    as_at: date,
    by: Actor,
    now: datetime,
) -> RollOver:
    """Begin to choose what the next plan takes over; nothing of either plan changes yet. Raises Unacceptable."""
    live = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if live.state != PlanState.IN_FORCE:
        raise Unacceptable({"": NOT_IN_FORCE})
    if live.roll_overs.filter(state__in=(WorkingState.CHOOSING, WorkingState.WAITING)).exists():
        raise Unacceptable({"": BEGUN_ALREADY})
    not_ahead(as_at, now)
    _can_follow(live, next_plan)
    if next_plan is None:
        next_name = need(next_name, "next_name", "Name the next plan, or choose one that is there already.")
    if starts_on and ends_on and ends_on < starts_on:
        raise Unacceptable({"ends_on": "The plan ends before it starts."})
    made = RollOver.objects.create(
        plan=live,
        next_plan=next_plan,
        next_name="" if next_plan else next_name[:200],
        period_raw=period_raw.strip()[:100],
        starts_on=starts_on,
        ends_on=ends_on,
        as_at=as_at,
        **stamp(by, now),
    )
    after = {"next": next_plan.key if next_plan else made.next_name, "as_at": as_at}
    record(PlanEntry.ROLL_OVER_BEGUN, by=by, subject=live, after=after, tier=tier_of(live))
    return made


def _can_follow(plan: Plan, next_plan: Plan | None) -> None:
    if next_plan and next_plan.pk == plan.pk:
        raise Unacceptable({"next_plan": "A plan cannot take over from itself."})
    if next_plan and next_plan.state not in WORK_STATES:
        raise Unacceptable(
            {"next_plan": "That plan has ended. Choose one that is still at work, or name a new one."}
        )


@deed
def choose_fates(
    roll: RollOver, version: int, given: Mapping[int, FateGiven], *, by: Actor, now: datetime
) -> RollOver:
    """Say what becomes of actions, by primary key; those not named keep what was chosen for them.

    Raises Unacceptable with a sentence per action ("reason-<number>", "fate-<number>"), StaleRecord.
    """
    live = _held(roll, version)
    states = dict(unfinished(live.plan).filter(pk__in=list(given)).values_list("pk", "state"))
    kept = {pk: fate for pk, fate in given.items() if pk in states}
    problems = {
        f"reason-{pk}": WHY for pk, g in kept.items() if g.fate != Fate.CARRY and not g.reason.strip()
    }
    problems |= {
        f"fate-{pk}": NOT_CLOSED
        for pk, g in kept.items()
        if g.fate == Fate.CLOSE and states[pk] == DeliveryState.COMPLETE
    }
    if problems:
        raise Unacceptable(problems)
    made = [
        RollOverChoice(roll_over=live, action_id=pk, fate=g.fate, reason=g.reason.strip())
        for pk, g in kept.items()
    ]
    place, says = ("roll_over", "action"), ("fate", "reason")
    RollOverChoice.objects.bulk_create(made, update_conflicts=True, unique_fields=place, update_fields=says)
    live.trouble = ""
    live.save(update_fields=["trouble", "version"])
    after = {"next": str(live.next_plan or live.next_name), "actions": len(kept)}
    record(PlanEntry.FATES_CHOSEN, by=by, subject=live.plan, after=after, tier=tier_of(live.plan))
    return live


@deed
def finish_roll_over(roll: RollOver, version: int, *, by: Actor, now: datetime) -> RollOver:
    """Ask for all that was chosen to be done. Raises Unacceptable while an action is undecided, StaleRecord."""
    live = _held(roll, version)
    undecided = counts_of(live).undecided
    if undecided:
        verb = "is" if undecided == 1 else "are"
        raise Unacceptable(
            {"": f"{count(undecided, 'action')} {verb} not decided yet. Nothing was rolled over."}
        )
    live.state, live.trouble = WorkingState.WAITING, ""
    live.save(update_fields=["state", "trouble", "version"])
    enqueue(ROLL_OVER_JOB, {"roll_over_id": live.pk}, by=by, key=job_key(live))
    return live


def job_key(roll: RollOver) -> str:
    """The key of the job that does what was chosen in this version."""
    return f"{ROLL_OVER_JOB}:{roll.pk}:{roll.version}"


@deed
def give_up_roll_over(roll: RollOver, version: int, *, by: Actor, now: datetime) -> RollOver:
    """Give a roll-over up that was only being chosen. Raises StaleRecord."""
    live = _held(roll, version)
    live.state = WorkingState.GIVEN_UP
    live.save(update_fields=["state", "version"])
    record(PlanEntry.ROLL_OVER_GIVEN_UP, by=by, subject=live.plan, tier=tier_of(live.plan))
    return live


def _held(roll: RollOver, version: int) -> RollOver:
    """The roll-over as it stands, held, its version moved on, which is to be saved.

    Raises StaleRecord, also where it is not being chosen any more.
    """
    found = RollOver.objects.select_for_update(no_key=True, of=("self",))
    live = found.select_related("plan__group", "next_plan").get(pk=roll.pk)
    if live.version != version:
        raise StaleRecord
    if live.state != WorkingState.CHOOSING:
        raise StaleRecord("This plan is being rolled over already, or somebody has given it up.")
    live.version += 1
    return live
