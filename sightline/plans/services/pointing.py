"""Resolving what actions point at: whenever a plan, an action or a number appears, in one place, for all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Trim

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.plans.choices import ReferenceKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Plan, Reference
from sightline.plans.selectors.pointing import actions_meant, plans_meant
from sightline.plans.selectors.visible import POINTED_AT
from sightline.plans.services.keeping import tier_of


def resolve_after(record: Plan | Action, plan: Plan, numbers: Collection[str], *, by: Actor) -> None:
    """Resolve what names one of these numbers, after a record that was found for a form has changed.

    Asks nothing where the record was read with the word that nothing waits anywhere.
    """
    if record.__dict__.get(POINTED_AT, True):
        resolve_references(plan, numbers=numbers, by=by)


def resolve_references(
    plan: Plan, *, numbers: Collection[str] | None = None, names: Iterable[str] = (), by: Actor
) -> None:
    """Resolve what the plan's actions point at, and what points at the plan; for services, inside their transaction.

    `numbers`: only what names one of these. `names`: names the plan had before. One query where nothing waits, none
    without numbers. Where no target is, or more than one, the words stay; what a person decided is left alone.
    """
    if numbers is not None and not numbers:
        return
    found = _waiting(plan, numbers, {plan.name, *names})
    if not found:
        return
    plans = plans_meant(found, Plan.objects.all())
    clear = {pk: meant for pk, meant in plans.items() if len(meant) == 1}
    found = [reference for reference in found if reference.pk in clear]
    actions = actions_meant(found, clear, Action.objects.all())
    resolved = [reference for reference in found if len(actions[reference.pk]) == 1]
    for reference in resolved:
        reference.target = actions[reference.pk][0]
        note_target(reference, None, by=by)
    Reference.objects.bulk_update(resolved, ["target"], batch_size=200)


@deed
def match_reference(
    reference: Reference, version: int, target: Action | None, *, by: Actor, now: datetime
) -> Reference:
    """Say at which action the words point; without one, that they stay words. Nothing looks for another from now on.

    Raises Unacceptable, StaleRecord.
    """
    live = _held(reference, version)
    if target is not None and target.pk == live.action_id:
        raise Unacceptable({"target": "An action does not point at itself. Choose another one."})
    return _decide(live, target, by_hand=True, by=by)


@deed
def open_reference(reference: Reference, version: int, *, by: Actor, now: datetime) -> Reference:
    """Take back what a person decided: the words are looked for again, at once and later. Raises StaleRecord."""
    live = _decide(_held(reference, version), None, by_hand=False, by=by)
    resolve_references(live.action.plan, numbers=[live.number], by=by)
    live.refresh_from_db()
    return live


def _held(reference: Reference, version: int) -> Reference:
    held = Reference.objects.select_for_update(of=("self",)).select_related("action__plan", "target__plan")
    live = held.get(pk=reference.pk)
    if live.version != version:
        raise StaleRecord
    live.version += 1
    return live


def _decide(live: Reference, target: Action | None, *, by_hand: bool, by: Actor) -> Reference:
    before, live.target, live.by_hand = live.target, target, by_hand
    live.save(update_fields=["target", "by_hand", "version"])
    note_target(live, before, by=by)
    return live


def note_target(reference: Reference, before: Action | None, *, by: Actor) -> None:
    """Journal at what an action's words point now; for services, inside their transaction."""
    ends = [end for end in (reference.action, before, reference.target) if end]
    record(
        PlanEntry.REFERENCE_MATCHED,
        by=by,
        subject=reference.action,
        before={"words": str(reference), "to": before.reference if before else ""},
        after={
            "words": str(reference),
            "to": reference.target.reference if reference.target else "",
            "by_hand": reference.by_hand,
        },
        tier=tier_of(*ends, *(end.plan for end in ends)),
    )


def _waiting(plan: Plan, numbers: Collection[str] | None, names: Collection[str]) -> list[Reference]:
    """What is not resolved yet and concerns the plan, held so that nobody decides on it meanwhile."""
    waiting = Reference.objects.filter(target=None, by_hand=False)
    if numbers is not None:
        waiting = waiting.filter(number__in=[number[:60] for number in numbers])
    to_it = Q()
    for name in sorted(names):
        to_it |= Q(kind=ReferenceKind.OTHER_PLAN, named__iexact=name.strip())
    found = waiting.annotate(named=Trim("plan_text")).filter(Q(action__plan=plan) | to_it)
    return list(found.select_related("action__plan").select_for_update(of=("self",)).order_by("pk"))
