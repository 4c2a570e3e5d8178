"""Minuting an item: its text, what was decided, who is to do what, and whether it goes to the next meeting."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.meetings.choices import How, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, GroupAction, Item, MinuteText
from sightline.meetings.rules.minutes import mark_of, replaced, stands_already
from sightline.meetings.selectors.items import indexed_item, standing_texts
from sightline.meetings.services.actions import make_action
from sightline.meetings.services.agenda import carry, take_off_next
from sightline.meetings.services.decisions import DecisionGiven, take_decision
from sightline.plans.models import Plan
from sightline.search.services import keep

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
    where it goes, else into the group's own log. `defer`: whether it goes to the next meeting, None to leave that as it
    is. `form`: a token of the form in which it was typed; a text of the same form is replaced, and a decision or an
    action that was typed in it is taken once, however often it is sent.
    """

    text: str = ""
    seen: Collection[int] = ()
    is_correction: bool = False
    decision: str = ""
    line: str = ""
    plan: Plan | None = None
    defer: bool | None = None
    form: str = ""


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
    live, decision, line = _live(found, given)
    if live.meeting.state_now in STANDS:
        raise Unacceptable({"": STANDS[live.meeting.state_now]})
    minuted = _write(live, given, by, now)
    if decision:
        taken = DecisionGiven(
            decision,
            How.MEETING,
            live.meeting.held_on,
            Tier(live.tier),
            live,
            mark_of(given.form, decision),
        )
        take_decision(live.meeting.group, taken, by=by, now=now)
    if line:
        make_action(live, line, given.plan, typed_in=mark_of(given.form, line), by=by, now=now)
    if given.defer is not None and given.defer != live.is_deferred:
        _defer(live, given.defer, by, now)
    return minuted


def _live(found: Item, given: MinuteGiven) -> tuple[Item, str, str]:
    """The item held, with the decision and the line that are still to be taken: empty for what was sent before."""
    decision, line = given.decision.strip(), given.line.strip()
    said = Decision.objects.filter(item=OuterRef("pk"), typed_in=mark_of(given.form, decision))
    asked = GroupAction.objects.filter(item=OuterRef("pk"), typed_in=mark_of(given.form, line))
    rows = Item.objects.select_for_update(of=("self",)).select_related("meeting__group", "meeting__series")
    if given.form:
        rows = rows.annotate(was_said=Exists(said), was_asked=Exists(asked))
    live = rows.get(pk=found.pk)
    sent = vars(live)
    return live, "" if sent.get("was_said") else decision, "" if sent.get("was_asked") else line


def _write(live: Item, given: MinuteGiven, by: Actor, now: datetime) -> Minuted:
    text, standing = given.text.replace("\r\n", "\n").strip(), list(standing_texts([live.pk]))
    typed_in, texts = mark_of(given.form), {each.pk: each.text for each in standing}
    # What was typed in this form before stands in its box, whether or not its answer came back.
    own = [each.pk for each in standing if typed_in and each.typed_in == typed_in]
    gone = replaced(texts, [*given.seen, *own])
    if not text and gone:
        raise Unacceptable({"text": EMPTY})
    if not text:
        return Minuted(0, ",".join(map(str, texts)))
    if same := stands_already(texts, gone, text):
        return Minuted(len(texts) - 1, str(same))
    corrects = given.is_correction and bool(gone)
    made = MinuteText.objects.create(
        item=live, text=text, is_correction=corrects, typed_in=typed_in, **entered(by, now)
    )
    if gone:
        MinuteText.objects.filter(pk__in=gone).update(replaced_by=made)
    beside = len(texts) - len(gone)
    after = {"text": text, "correction": corrects, "beside": beside}
    record(MeetingEntry.MINUTE_WRITTEN, by=by, subject=live, after=after, tier=Tier(live.tier))
    stand = [words for number, words in texts.items() if number not in gone]
    keep([indexed_item(live, [*stand, text])])
    return Minuted(beside, str(made.pk))


def _defer(live: Item, defer: bool, by: Actor, now: datetime) -> None:
    live.is_deferred = defer
    live.save(update_fields=["is_deferred"])
    made = carry(live, by, now) if defer else None
    after: dict[str, object] = {"deferred": defer, "carried_to": str(made.meeting) if made else ""}
    if not defer:
        after = {"deferred": defer, "taken_off": take_off_next(live)}
    record(MeetingEntry.ITEM_EDITED, by=by, subject=live, after=after, tier=Tier(live.tier))
