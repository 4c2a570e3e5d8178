"""Putting right what was said at a meeting: words of draft minutes, and the day of an action or its end afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import changed, held_as_seen, need, today
from sightline.meetings.choices import Ended
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, GroupAction
from sightline.meetings.services.actions import OWNERS, held_open, put_owner
from sightline.meetings.services.minutes import STANDS
from sightline.meetings.services.work_items import keep_work
from sightline.partners.selectors import match_owner
from sightline.search.services import drop, keep_words

WITHDRAWN = "The decision was withdrawn."
RULED = "A meeting has ruled on the decision: it is not changed any more."
WHY = "Say why"
BEFORE = "The minutes are still in draft: put the words right, or withdraw what was not asked."


@dataclass(frozen=True, slots=True)
class ActionSaid:
    """An action as draft minutes should have had it. `owner`: the words in which it was said whose it is."""

    text: str
    owner: str = ""
    due_on: date | None = None


@deed
def correct_decision(found: Decision, version: int, text: str, *, by: Actor) -> Decision:
    """Put the words of a decision right; the old ones stay in the journal. Raises Unacceptable, StaleRecord."""
    live = _held_decision(found, version)
    before, after = changed(live, {"text": need(text, "text", "Enter what was decided")}, save=False)
    if after:
        live.version += 1
        live.save(update_fields=["text", "version"])
        told: dict[str, Any] = {"before": before, "after": after, "tier": Tier(live.tier)}
        record(MeetingEntry.DECISION_CORRECTED, by=by, subject=live, **told)
        keep_words(live)
    return live


@deed
def withdraw_decision(found: Decision, version: int, because: str, *, by: Actor) -> Decision:
    """Take a decision out of the minutes that was not taken; the log keeps it, with the reason.

    Raises Unacceptable, StaleRecord.
    """
    live = _held_decision(found, version)
    live.withdrawn_because = need(because, "reason", WHY)
    live.version += 1
    live.save(update_fields=["withdrawn_because", "version"])
    told: dict[str, Any] = {
        "after": {"text": live.text},
        "reason": live.withdrawn_because,
        "tier": Tier(live.tier),
    }
    record(MeetingEntry.DECISION_WITHDRAWN, by=by, subject=live, **told)
    drop(Decision, [live.pk])
    return live


@deed
def correct_action(
    found: GroupAction, version: int, said: ActionSaid, *, by: Actor, now: datetime
) -> GroupAction:
    """Put an action of draft minutes right: what, whose, by when. Raises Unacceptable, StaleRecord."""
    live = held_open(found, version)
    if not live.is_draft:
        raise Unacceptable({"": STANDS[live.meeting.state_now]})
    owner = said.owner.strip()[:300]
    values = {
        "text": need(said.text, "text", "Enter what is to be done"),
        "owner": owner,
        "due_on": said.due_on,
    }
    before, after = changed(live, values, save=False)
    if after:
        if "owner" in after:
            put_owner(live, match_owner(owner) if owner else None)
        live.version += 1
        live.save(update_fields=[*after, *OWNERS.values(), "version"])
        told: dict[str, Any] = {"before": before, "after": after, "tier": Tier(live.tier)}
        record(MeetingEntry.ACTION_CORRECTED, by=by, subject=live, **told)
        keep_work([live], now)
    return live


@deed
def move_action(
    found: GroupAction,
    version: int,
    due_on: date | None,
    because: str,
    *,
    is_asked_for: bool = False,
    by: Actor,
    now: datetime,
) -> GroupAction:
    """Give an action whose minutes were checked another day, with a reason. A later day counts as a slip.

    `is_asked_for`: its owner asks for it, which is no slip of the pen to be put right in draft minutes: it waits for
    no check. Raises Unacceptable, StaleRecord.
    """
    live = held_open(found, version)
    if live.is_draft and not is_asked_for:
        raise Unacceptable({"": BEFORE})
    if due_on is None:
        raise Unacceptable({"due_on": "Enter the new day"})
    before, after = changed(live, {"due_on": due_on}, save=False)
    if not after:
        return live
    old, reason = before["due_on"], need(because, "reason", WHY)
    if old and due_on > old:
        live.slips += 1
    live.first_due_on = live.first_due_on or old
    live.version += 1
    live.save(update_fields=["due_on", "first_due_on", "slips", "version"])
    told: dict[str, Any] = {"before": before, "after": after | {"slips": live.slips}, "tier": Tier(live.tier)}
    record(MeetingEntry.ACTION_MOVED, by=by, subject=live, reason=reason, **told)
    keep_work([live], now)
    return live


@deed
def end_action(found: GroupAction, version: int, because: str, *, by: Actor, now: datetime) -> GroupAction:
    """End an action that is not done: withdrawn from draft minutes, else closed without completion, with a reason.

    Raises Unacceptable, StaleRecord.
    """
    live = held_open(found, version)
    live.done_words = need(because, "reason", WHY)
    live.done_on, how = today(now), Ended.WITHDRAWN if live.is_draft else Ended.CLOSED
    live.ended_as = how.value
    live.version += 1
    live.save(update_fields=["done_words", "done_on", "ended_as", "version"])
    entry = MeetingEntry.ACTION_WITHDRAWN if live.is_draft else MeetingEntry.ACTION_CLOSED
    told: dict[str, Any] = {"after": {"text": live.text}, "reason": live.done_words, "tier": Tier(live.tier)}
    record(entry, by=by, subject=live, **told)
    keep_work([live], now)
    return live


def _held_decision(found: Decision, version: int) -> Decision:
    """A decision whose words can be put right, held. Raises Unacceptable, StaleRecord."""
    live: Decision = held_as_seen(found, version, "group", "meeting__group")
    if live.withdrawn_because or live.ruling:
        raise Unacceptable({"": WITHDRAWN if live.withdrawn_because else RULED})
    if live.meeting and not live.is_draft:
        raise Unacceptable({"": STANDS[live.meeting.state_now]})
    return live
