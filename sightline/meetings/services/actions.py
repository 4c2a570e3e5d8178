"""Who is to do what by when: one line makes an action, in a plan or in the group's own log."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen, need, not_ahead, not_before
from sightline.meetings.choices import Ended
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import GroupAction, Item
from sightline.meetings.rules.lines import Line, understood
from sightline.meetings.services.work_items import ask_of_new, keep_work
from sightline.partners.choices import PartyKind
from sightline.partners.models import Party
from sightline.partners.selectors import match_owner, suggest_owners
from sightline.plans.choices import TimescaleKind
from sightline.plans.models import Action, Plan
from sightline.plans.services import ActionGiven, OwnerGiven, TimescaleGiven, add_action
from sightline.screens.words import day

IN_A_PLAN = "How it stands is told in its plan."
IS_OVER = "The action is not open any more."
OWNERS = {kind.value: f"owner_{kind.value}" for kind in PartyKind}


@deed
def make_action(
    item: Item, line: str, plan: Plan | None = None, *, typed_in: str = "", by: Actor, now: datetime
) -> GroupAction:
    """Make an action of a line: what — owner — by when. `plan`: where it goes, else into the group's log.

    An owner that is not known by this name is kept in words. `typed_in`: a mark of the form. Raises Unacceptable.
    """
    try:
        told = understood(line, item.meeting.held_on)
    except ValueError as wrong:
        raise Unacceptable({"line": str(wrong)}) from wrong
    party = match_owner(told.owner) if told.owner else None
    made = GroupAction(
        group=item.meeting.group,
        meeting=item.meeting,
        item=item,
        text=told.what,
        owner=told.owner[:300],
        due_on=told.due_on,
        tier=item.tier,
        typed_in=typed_in,
        plan_action=_in_plan(plan, told, party, item, by, now) if plan else None,
        **entered(by, now),
    )
    put_owner(made, party)
    made.save(force_insert=True)
    after = {"text": told.what, "due_on": told.due_on, "in_plan": plan.key if plan else ""}
    named = {"owner": told.owner} if told.owner else {}
    record(MeetingEntry.ACTION_MADE, by=by, subject=made, after={**after, **named}, tier=Tier(item.tier))
    ask_of_new(made, now)
    return made


def held_open(found: GroupAction, version: int) -> GroupAction:
    """An open action of the log, held. Raises Unacceptable for one that is over or goes on in a plan, StaleRecord."""
    live: GroupAction = held_as_seen(found, version, "meeting__group", "group")
    if live.plan_action_id or live.done_on:
        raise Unacceptable({"": IN_A_PLAN if live.plan_action_id else IS_OVER})
    return live


def put_owner(action: GroupAction, party: Party | None) -> None:
    """Set whose it is; nobody's where nobody is known."""
    for kind, column in OWNERS.items():
        setattr(action, column, party if party and party.party_kind.value == kind else None)


@deed
def name_owner(found: GroupAction, version: int, name: str, *, by: Actor, now: datetime) -> GroupAction:
    """Say whose an action of the log is, by a name that is known. The words of the minutes stay as they were said.

    Raises Unacceptable, StaleRecord.
    """
    live = held_open(found, version)
    party = match_owner(need(name, "name", "Enter whose it is"))
    if party is None:
        raise Unacceptable({"name": _unknown(name)})
    before = {"owner": live.owner_label}
    put_owner(live, party)
    live.version += 1
    live.save(update_fields=[*OWNERS.values(), "version"])
    record(
        MeetingEntry.ACTION_OWNED,
        by=by,
        subject=live,
        before=before,
        after={"owner": live.owner_label},
        tier=Tier(live.tier),
    )
    keep_work([live], now)
    return live


def _unknown(name: str) -> str:
    near = "; ".join(each.title for each in suggest_owners(name, limit=3))
    asked = f" Is it one of these: {near}?" if near else ""
    return f"No agency, group or person is kept under Partners by this name.{asked}"


@deed
def finish_action(
    found: GroupAction, version: int, words: str, done_on: date, *, by: Actor, now: datetime
) -> GroupAction:
    """Say that an action of the group's log is done, and how one knows. Raises Unacceptable, StaleRecord."""
    live = held_open(found, version)
    not_ahead(done_on, now, "done_on")
    not_before(done_on, live.meeting.held_on, "The action", "done_on")
    live.done_words, live.done_on = need(words, "done_words", "Say what was done"), done_on
    live.ended_as = Ended.DONE.value
    live.version += 1
    live.save(update_fields=["done_words", "done_on", "ended_as", "version"])
    after = {"done_on": done_on, "words": live.done_words}
    record(MeetingEntry.ACTION_DONE, by=by, subject=live, after=after, tier=Tier(live.tier))
    keep_work([live], now)
    return live


def _in_plan(plan: Plan, told: Line, party: Party | None, item: Item, by: Actor, now: datetime) -> Action:
    """The action in the plan, as of the day of the meeting."""
    due = told.due_on
    timescale = TimescaleGiven(TimescaleKind.BY_DATE, (due.isoformat(),), day(due)) if due else None
    given = ActionGiven(
        text=told.what,
        owners=(OwnerGiven(told.owner, party),) if told.owner else (),
        timescale=timescale,
        tier=Tier(item.tier),
    )
    as_at = min(item.meeting.held_on, timezone.localdate(now))
    return add_action(plan, given, as_at=as_at, by=by, now=now)
