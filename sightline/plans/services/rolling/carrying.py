"""Carrying actions into the next plan: numbers, owners, dates and slips go with them, and each points at the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.plans.choices import DeliveryState, Fate, OwnerRole, PlanState, RowKind, WorkingState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Dependency, Plan, RollOver, RollOverChoice
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.rolling import unfinished
from sightline.plans.services.accounts.states import end_asks, move
from sightline.plans.services.actions import add_action
from sightline.plans.services.current import refresh_current
from sightline.plans.services.given import ActionGiven, OwnerGiven, SourceGiven
from sightline.plans.services.keeping import held, held_together, tier_of
from sightline.plans.services.plans import change_plan_state, create_plan, next_order
from sightline.plans.services.pointing import resolve_references
from sightline.plans.services.rolling.copying import copy_history
from sightline.plans.services.rolling.structure import Carrying, outcome_in, priority_in, strand_in
from sightline.screens.words import count

GROWN = "come to the plan since you chose. Decide on them, and roll it over again."


def carry_out(roll: RollOver, *, by: Actor, now: datetime) -> RollOver:
    """Do all that was chosen, or nothing of it: what stands against it is kept with the roll-over, to be decided on.

    Calling it again after it was done changes nothing.
    """
    try:
        return _do(roll, by=by, now=now)
    except Unacceptable as refused:
        return _refuse(roll, " ".join(refused.problems.values()))


@deed
def _do(roll: RollOver, *, by: Actor, now: datetime) -> RollOver:
    live = _held(roll)
    if live.state == WorkingState.WAITING:
        live.next_plan = _carry_out(live, by, now)
        live.state, live.trouble, live.version = WorkingState.DONE, "", live.version + 1
        live.save(update_fields=["state", "trouble", "next_plan", "version"])
    return live


@deed
def _refuse(roll: RollOver, trouble: str) -> RollOver:
    """Back to choosing, with what stood against it."""
    live = _held(roll)
    live.state, live.trouble, live.version = WorkingState.CHOOSING, trouble, live.version + 1
    live.save(update_fields=["state", "trouble", "version"])
    return live


def _held(roll: RollOver) -> RollOver:
    whole = RollOver.objects.select_for_update(of=("self",)).select_related("plan__group", "next_plan")
    return whole.get(pk=roll.pk)


def _carry_out(live: RollOver, by: Actor, now: datetime) -> Plan:
    old = Plan.objects.select_for_update(of=("self",)).select_related("group").get(pk=live.plan_id)
    choices = {choice.action_id: choice for choice in live.choices.all()}
    # Whatever is put with an action while it is copied would stay behind with the former one.
    held_together(unfinished(old))
    actions = list(_whole(old))
    new_ones = [action for action in actions if action.pk not in choices]
    if new_ones:
        verb = "has" if len(new_ones) == 1 else "have"
        raise Unacceptable({"": f"{count(len(new_ones), 'action')} {verb} {GROWN}"})
    work = Carrying(old, _next_plan(live, old, by, now), live.as_at, by, now)
    carried = [action for action in actions if choices[action.pk].fate == Fate.CARRY]
    carry(work, carried)
    _end(work, actions, choices)
    _close(work, actions, choices)
    refresh_current(list(Action.objects.filter(pk__in=_touched(work)).order_by("pk")), now=now)
    return work.new


def _whole(plan: Plan) -> Iterable[Action]:
    found = unfinished(plan).select_related("priority", "outcome", "strand", "plan__group")
    return found.prefetch_related(
        "numbers",
        "owners__agency",
        "owners__group",
        "owners__person",
        "sources__source",
        "sources__recommendation",
    ).order_by("order", "pk")


def _next_plan(live: RollOver, old: Plan, by: Actor, now: datetime) -> Plan:
    if live.next_plan_id is None:
        return create_plan(
            live.next_name,
            old.group,
            as_at=live.as_at,
            period_raw=live.period_raw,
            starts_on=live.starts_on,
            ends_on=live.ends_on,
            columns=old.columns,
            legend=old.legend,
            tier=highest([old.tier]),
            follows=old,
            by=by,
            now=now,
        )
    new = Plan.objects.select_for_update(of=("self",)).select_related("group").get(pk=live.next_plan_id)
    if new.follows_id is None:
        new.follows, new.version = old, new.version + 1
        new.save(update_fields=["follows", "version"])
        record(PlanEntry.PLAN_EDITED, by=by, subject=new, after={"follows": old.key}, tier=tier_of(new))
    return new


def carry(work: Carrying, actions: Sequence[Action]) -> None:
    """Make each of these actions again in the next plan, with what it rests on, each pointing at the one before."""
    first = next_order(work.new.actions.all())
    for place, action in enumerate(actions):
        work.made[action.pk] = add_action(
            work.new,
            _given(work, action, first + place),
            as_at=work.as_at,
            by=work.by,
            now=work.now,
            refresh=False,
        )
        after = {"from": action.reference, "plan": work.old.key, "as_at": work.as_at}
        made = work.made[action.pk]
        record(PlanEntry.ACTION_CARRIED, by=work.by, subject=made, after=after, tier=tier_of(made, action))
    copy_history(work)
    resolve_references(work.new, by=work.by)


def _given(work: Carrying, action: Action, order: int) -> ActionGiven:
    parent = work.made.get(action.parent_id or 0)
    return ActionGiven(
        text=action.text,
        priority=priority_in(work, action.priority),
        outcome=outcome_in(work, action.outcome),
        strand=strand_in(work, action.strand),
        parent=parent,
        kind=RowKind(action.kind),
        order=order,
        numbers=[number.text for number in action.numbers.all()],
        owners=[OwnerGiven(o.raw, o.party, OwnerRole(o.role), o.vacant_since) for o in action.owners.all()],
        sources=[SourceGiven(s.raw, s.source, s.recommendation) for s in action.sources.all()],
        items=action.items,
        state=action.state_now,
        state_since=action.current_state_since,
        opened_on=work.as_at,
        outcome_inherited=action.outcome_inherited,
        owners_inherited=action.owners_inherited,
        raw=action.raw,
        other=action.other,
        tier=highest([action.tier, work.old.tier]),
        carried_from=action,
    )


def _end(work: Carrying, actions: Sequence[Action], choices: Mapping[int, RollOverChoice]) -> None:
    """The former actions: superseded, closed, or left with a reason in the journal."""
    for action in actions:
        choice = choices[action.pk]
        try:
            _end_one(work, action, choice)
        except Unacceptable as refused:
            raise Unacceptable(
                {"": f"{action.reference}: {' '.join(refused.problems.values())}"}
            ) from refused


def _end_one(work: Carrying, action: Action, choice: RollOverChoice) -> None:
    if choice.fate == Fate.LEAVE:
        after = {"plan": work.old.key, "as_at": work.as_at}
        record(
            PlanEntry.ACTION_LEFT,
            by=work.by,
            subject=action,
            after=after,
            reason=choice.reason,
            tier=tier_of(action, work.old),
        )
        _end_asks(work, action, f"The action stays in a plan that was rolled over. {choice.reason}")
        return
    to, reason = DeliveryState.CLOSED_OTHER, choice.reason
    if choice.fate == Fate.CARRY:
        made = work.made[action.pk]
        to, reason = DeliveryState.SUPERSEDED, f"Carried into {made.reference}{_of_plan(work)}."
        _end_asks(work, action, f"{reason} What waits here waits there.")
    else:
        _end_asks(work, action, f"The action was closed with its plan. {reason}")
    move(held(action), to, work.as_at, reason, None, work.by, work.now, refresh=False)


def _end_asks(work: Carrying, action: Action, reason: str) -> None:
    """Nobody is asked about an action of a plan that has ended: what waits is closed, with why."""
    end_asks(action, reason.strip(), work.as_at, work.by, work.now)


def _close(work: Carrying, actions: Sequence[Action], choices: Mapping[int, RollOverChoice]) -> None:
    fates = [choices[action.pk].fate for action in actions]
    told = ((Fate.CARRY, "carried"), (Fate.CLOSE, "closed"), (Fate.LEAVE, "left here"))
    words = ", ".join(f"{fates.count(fate)} {word}" for fate, word in told if fates.count(fate))
    change_plan_state(
        work.old,
        PlanState.ROLLED_OVER,
        as_at=work.as_at,
        reason=f"{_name(work)} takes over. Unfinished actions: {words or 'none'}.",
        by=work.by,
        now=work.now,
    )


def _name(work: Carrying) -> str:
    """The next plan by name; no more than that there is one where it is kept to fewer readers than the former."""
    is_closer = highest([work.new.tier, work.old.tier]) != work.old.tier
    return "The next plan" if is_closer else f"“{work.new.name}”"


def _of_plan(work: Carrying) -> str:
    return f" of {_name(work)}" if _name(work).startswith("“") else ""


def _touched(work: Carrying) -> set[int]:
    waiting = Dependency.objects.filter(needs__in=work.made.values(), ended_on=None)
    return {action.pk for action in work.made.values()} | set(waiting.values_list("action_id", flat=True))
