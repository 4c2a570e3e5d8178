"""What needs whom: the work items of actions and plans, kept so that a first page reads one table.

Sentences name days and never count them, so that an item stays true, and unwritten, while nothing happens.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from sightline.messages.models import WorkItem
from sightline.messages.services import drop_work_items, put_work_item
from sightline.plans.choices import WORK_STATES, WorkKind
from sightline.plans.models import Action, ActionOwner, Plan
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import is_overdue, is_review_missed, is_silent
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.numbers import standard
from sightline.plans.rules.tiers import highest
from sightline.plans.rules.words import count, day

UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One work item as it should stand."""

    for_scope: str
    kind: WorkKind
    title: str
    sentence: str
    url: str
    due_on: date | None
    tier: str


def scopes_of(owners: Sequence[ActionOwner]) -> list[str]:
    """Whose first page an action belongs on: each owner's, and the unit's where no owner can be reached."""
    found = dict.fromkeys(scope for owner in owners if (scope := _scope_of(owner)))
    return list(found) or [UNIT]


def _scope_of(owner: ActionOwner) -> str:
    if owner.group:
        return f"group:{owner.group.key}"
    if owner.agency:
        return f"agency:{owner.agency.key}"
    if owner.person and owner.person.user_id:
        return f"user:{owner.person.user_id}"
    if owner.person and owner.person.agency:
        return f"agency:{owner.person.agency.key}"
    return ""


def asked_by(facts: ActionFacts, on: date) -> tuple[WorkKind, str, date | None] | None:
    """What an action asks of its owners on a day: the most pressing thing only, so that no page says it twice."""
    soon = on + timedelta(days=standard().due_soon_days)
    if is_overdue(facts, on) and facts.due_on:
        return WorkKind.OVERDUE, f"It was due on {day(facts.due_on)}.", facts.due_on
    if is_review_missed(facts, on) and facts.review_on:
        return WorkKind.REVIEW_DUE, f"A review was due on {day(facts.review_on)}.", facts.review_on
    if facts.is_open and facts.review_on and on <= facts.review_on <= soon:
        return WorkKind.REVIEW_DUE, f"A review is due on {day(facts.review_on)}.", facts.review_on
    if is_silent(facts, on):
        last = facts.last_update_on
        said = f"The last update is of {day(last)}." if last else "No update has come yet."
        return WorkKind.UPDATE_WANTED, f"{said} Say how it stands.", None
    return None


def wanted_of(action: Action, facts: ActionFacts, on: date) -> list[Wanted]:
    """The work items of one action: one for each owner."""
    asked = asked_by(facts, on) if action.plan.state in WORK_STATES else None
    if asked is None:
        return []
    kind, sentence, due_on = asked
    title = " ".join([*(number.text for number in action.numbers.all()), action.text])[:200]
    url = addresses.of_action(action.reference)
    tier = highest([action.tier, action.plan.tier]).value
    scopes = scopes_of(list(action.owners.all()))
    return [Wanted(scope, kind, title, sentence, url, due_on, tier) for scope in scopes]


def wanted_of_plan(plan: Plan) -> list[Wanted]:
    """What a plan asks of the unit: to look at its exceptions, where there are any."""
    found = plan.actions.filter(current_exception_count__gt=0).count() if plan.state in WORK_STATES else 0
    if not found:
        return []
    sentence = (
        f"{count(found, 'action')} of this plan {'is an exception' if found == 1 else 'are exceptions'}."
    )
    url = addresses.of_exceptions(plan.key)
    return [Wanted(UNIT, WorkKind.EXCEPTIONS, plan.name, sentence, url, None, highest([plan.tier]).value)]


def keep_work(actions: Sequence[Action], facts: Mapping[int, ActionFacts], on: date) -> None:
    """Make the work items of these actions and their plans what they should be; writes only what differs."""
    plans = {action.plan_id: action.plan for action in actions}.values()
    standing = _standing(actions, plans)
    for action in actions:
        _keep(action, wanted_of(action, facts[action.pk], on), standing["action", str(action.pk)])
    for plan in plans:
        _keep(plan, wanted_of_plan(plan), standing["plan", str(plan.pk)])


def _standing(actions: Iterable[Action], plans: Iterable[Plan]) -> defaultdict[tuple[str, str], set[Wanted]]:
    about_actions = Q(subject_model="action", subject_id__in=[str(action.pk) for action in actions])
    about_plans = Q(subject_model="plan", subject_id__in=[str(plan.pk) for plan in plans])
    found: defaultdict[tuple[str, str], set[Wanted]] = defaultdict(set)
    for item in WorkItem.objects.filter(about_actions | about_plans, subject_app="plans"):
        found[item.subject_model, item.subject_id].add(
            Wanted(
                item.for_scope,
                WorkKind(item.kind),
                item.title,
                item.sentence,
                item.url,
                item.due_on,
                item.tier,
            )
        )
    return found


def _keep(subject: Action | Plan, wanted: Sequence[Wanted], standing: set[Wanted]) -> None:
    if set(wanted) == standing:
        return
    if {(item.for_scope, item.kind) for item in standing} - {(item.for_scope, item.kind) for item in wanted}:
        drop_work_items(subject)
    for item in wanted:
        _put(subject, item)


def _put(subject: Action | Plan, item: Wanted) -> None:
    put_work_item(
        item.for_scope,
        item.kind,
        subject,
        item.title,
        item.sentence,
        item.url,
        item.due_on,
        highest([item.tier]),
    )
