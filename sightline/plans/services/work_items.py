"""What needs whom: the work items of actions and plans, kept so that a first page reads one table.

Sentences name days and never count them, so that an item stays true, and unwritten, while nothing happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from sightline.events.choices import Tier
from sightline.events.services import subject_of
from sightline.events.services.keeping import today
from sightline.messages.models import WorkItem
from sightline.messages.services import replace_work_items
from sightline.plans.choices import WORK_STATES, WorkKind
from sightline.plans.models import Action, ActionOwner, Plan
from sightline.plans.rules import addresses
from sightline.plans.rules.dates import is_overdue, is_review_missed, is_silent
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.numbers import standard
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.refreshing import Read
from sightline.plans.services.work_claims import UNIT, Ask, asks
from sightline.screens.words import day


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


def wanted_of(action: Action, facts: ActionFacts, on: date) -> list[WorkItem]:
    """The work items of one action: one for each owner."""
    asked = asked_by(facts, on) if action.plan.state in WORK_STATES else None
    if asked is None:
        return []
    kind, sentence, due_on = asked
    scopes = scopes_of(list(action.owners.all()))
    return [_about(action, Ask(scope, kind, sentence), due_on) for scope in scopes]


def vacant_posts(action: Action, facts: ActionFacts) -> list[Ask]:
    """What the unit is asked where nobody holds a post that answers for an open action; one sentence for all posts."""
    posts = [str(owner) for owner in action.owners.all() if owner.vacant_since]
    if not posts or not facts.is_open or action.plan.state not in WORK_STATES:
        return []
    which = "Nobody holds this post" if len(posts) == 1 else "Nobody holds these posts"
    return [Ask(UNIT, WorkKind.POST_VACANT, f"{which}: {'; '.join(posts)}. Say who answers meanwhile.")]


def _about(action: Action, ask: Ask, due_on: date | None = None) -> WorkItem:
    title = " ".join([*(number.text for number in action.numbers.all()), action.text])
    url = addresses.of_action(action.reference)
    tier = highest([action.tier, action.plan.tier])
    return _item(ask.scope, ask.kind, action, title, ask.sentence, url, due_on, tier)


def wanted_of_plan(plan: Plan) -> list[WorkItem]:
    """What a plan with exceptions asks of the unit: to look at them.

    It does not say how many, or each update of one action would rewrite what others of the plan are rewriting too.
    """
    if plan.state not in WORK_STATES:
        return []
    sentence = "Some of its actions need looking at."
    url = addresses.of_exceptions(plan.key)
    return [_item(UNIT, WorkKind.EXCEPTIONS, plan, plan.name, sentence, url, None, highest([plan.tier]))]


def keep_work(actions: Sequence[Action], facts: Mapping[int, ActionFacts], read: Read, now: datetime) -> None:
    """Make the work items of these actions and their plans what they should be; writes only what differs."""
    plans = {action.plan_id: action.plan for action in actions}
    listed = read.plans_with_others | {a.plan_id for a in actions if a.current_exception_count}
    on = today(now)
    wanted = [item for action in actions for item in wanted_of(action, facts[action.pk], on)]
    scopes = {action.pk: scopes_of(list(action.owners.all())) for action in actions}
    asked = asks(actions, facts, scopes, read.claims, on)
    wanted += [_about(action, ask) for action in actions for ask in asked.get(action.pk, ())]
    wanted += [_about(action, ask) for action in actions for ask in vacant_posts(action, facts[action.pk])]
    wanted += [item for pk, plan in plans.items() if pk in listed for item in wanted_of_plan(plan)]
    replace_work_items(read.items, wanted, now)


def _item(
    scope: str,
    kind: WorkKind,
    record: Action | Plan,
    title: str,
    sentence: str,
    url: str,
    due_on: date | None,
    tier: Tier,
) -> WorkItem:
    about = subject_of(record)
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        title=title[:200],
        sentence=sentence[:500],
        url=url,
        due_on=due_on,
        tier=tier,
    )
