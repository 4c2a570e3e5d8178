"""Minuting an item: its text, what was decided, who is to do what, and whether it goes to the next meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.meetings.choices import How, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Item, MinuteText
from sightline.meetings.rules.minutes import replaced, says_nothing_new
from sightline.meetings.selectors.items import standing_texts
from sightline.meetings.services.actions import make_action
from sightline.meetings.services.agenda import carry
from sightline.meetings.services.decisions import DecisionGiven, take_decision
from sightline.plans.models import Plan
from sightline.search.services import keep_words

STANDS = {
    MeetingState.CHECKED: "The chair has checked the minutes. Take them back to draft to change them.",
    MeetingState.APPROVED: "The minutes were approved and stand.",
    MeetingState.CANCELLED: "The meeting was cancelled.",
}
EMPTY = "A text that stands is not emptied: write what was said."


@dataclass(frozen=True, slots=True)
class MinuteGiven:
    """What somebody typed about an item. `seen`: numbers of the texts its writer had before them.

    `is_correction`: the chair types, and corrects the draft where there is one. `line`: an action in one line; `plan`:
    where it goes, else into the group's own log.
    """

    text: str = ""
    seen: Collection[int] = ()
    is_correction: bool = False
    decision: str = ""
    line: str = ""
    plan: Plan | None = None
    defer: bool = False


@dataclass(frozen=True, slots=True)
class Minuted:
    """What came of it. `beside`: how many other texts stand, which its writer had not seen; `seen`: what to send next
    time as seen: this writer's own text.
    """

    beside: int
    seen: str


@deed
def minute(found: Item, given: MinuteGiven, *, by: Actor, now: datetime) -> Minuted:
    """Minute an item: all that was typed, or nothing. Raises Unacceptable.

    A text that somebody else saved meanwhile stays, beside this one.
    """
    rows = Item.objects.select_for_update(of=("self",)).select_related("meeting__group", "meeting__series")
    live = rows.get(pk=found.pk)
    if live.meeting.state_now in STANDS:
        raise Unacceptable({"": STANDS[live.meeting.state_now]})
    minuted = _write(live, given, by, now)
    if decision := given.decision.strip():
        take_decision(
            live.meeting.group,
            DecisionGiven(decision, How.MEETING, live.meeting.held_on, Tier(live.tier), live),
            by=by,
            now=now,
        )
    if line := given.line.strip():
        make_action(live, line, given.plan, by=by, now=now)
    if given.defer != live.is_deferred:
        _defer(live, given.defer, by, now)
    return minuted


def _write(live: Item, given: MinuteGiven, by: Actor, now: datetime) -> Minuted:
    text, standing = given.text.replace("\r\n", "\n").strip(), list(standing_texts([live.pk]))
    numbers, gone = [each.pk for each in standing], replaced([each.pk for each in standing], given.seen)
    as_it_is = Minuted(0, ",".join(map(str, numbers)))
    if says_nothing_new([each.text for each in standing], numbers, given.seen, text):
        return as_it_is
    if not text and gone:
        raise Unacceptable({"text": EMPTY})
    if not text:
        return as_it_is
    corrects = given.is_correction and bool(gone)
    made = MinuteText.objects.create(item=live, text=text, is_correction=corrects, **entered(by, now))
    if gone:
        MinuteText.objects.filter(pk__in=gone).update(replaced_by=made)
    beside = len(numbers) - len(gone)
    after = {"text": text, "correction": corrects, "beside": beside}
    record(MeetingEntry.MINUTE_WRITTEN, by=by, subject=live, after=after, tier=Tier(live.tier))
    keep_words(live)
    return Minuted(beside, str(made.pk))


def _defer(live: Item, defer: bool, by: Actor, now: datetime) -> None:
    live.is_deferred = defer
    live.save(update_fields=["is_deferred"])
    made = carry(live, by, now) if defer else None
    after = {"deferred": defer, "carried_to": str(made.meeting) if made else ""}
    record(MeetingEntry.ITEM_EDITED, by=by, subject=live, after=after, tier=Tier(live.tier))
