"""Declarations of interest at a meeting: who declared what, and what was done about it; or that nobody did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import need
from sightline.meetings.choices import Part
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Interest, Item, Meeting
from sightline.meetings.services.minutes import STANDS
from sightline.partners.models import Seat
from sightline.screens.words import day

ASKED_AFTERWARDS = "Somebody declared an interest afterwards."
NOT_NOBODY = "An interest was declared. If that was a mistake, say so on the page of the meeting first."
TAKEN_BACK = "It was taken back already."
WORDS = "Say what the interest is"


@dataclass(frozen=True, slots=True)
class InterestGiven:
    """An interest as somebody enters it: `who`: the seat in words, or a guest; `item`: what it touches, or all."""

    who: str
    text: str
    part: Part
    seat: Seat | None = None
    item: Item | None = None


@deed
def declare_interest(meeting: Meeting, given: InterestGiven, *, by: Actor, now: datetime) -> Interest:
    """Minute that somebody declared an interest. That nobody did is no longer true then. Raises Unacceptable."""
    live = _held(meeting)
    text = need(given.text, "text", WORDS)
    tier = Tier(given.item.tier) if given.item else Tier.T1
    nil = Interest.objects.filter(meeting=live, is_nil=True, mistake="")
    nil.update(mistake=ASKED_AFTERWARDS)
    made = Interest.objects.create(
        meeting=live,
        seat=given.seat,
        who=given.who[:300],
        item=given.item,
        text=text,
        part=given.part.value,
        tier=tier.value,
        **entered(by, now),
    )
    after = {"who": made.who, "text": text, "part": made.part, "item": str(given.item or "")}
    record(MeetingEntry.INTEREST_DECLARED, by=by, subject=made, after=after, tier=tier)
    return made


@deed
def declare_none(meeting: Meeting, *, by: Actor, now: datetime) -> Interest:
    """Minute that everybody was asked and nobody declared an interest; once. Raises Unacceptable."""
    live = _held(meeting)
    if live.held_on > timezone.localdate(now):
        raise Unacceptable({"who": f"The meeting is on {day(live.held_on)}: nobody was asked yet."})
    stood = list(Interest.objects.filter(meeting=live, mistake=""))
    if any(not each.is_nil for each in stood):
        raise Unacceptable({"who": NOT_NOBODY})
    if stood:
        return stood[0]
    made = Interest.objects.create(meeting=live, is_nil=True, **entered(by, now))
    record(MeetingEntry.INTEREST_NONE, by=by, subject=made)
    return made


@deed
def take_interest_back(found: Interest, why: str, *, by: Actor) -> Interest:
    """Say that an interest was entered by mistake; it stays, and counts no more. Raises Unacceptable."""
    _held(found.meeting)
    live = Interest.objects.select_for_update().get(pk=found.pk)
    if live.mistake:
        raise Unacceptable({"": TAKEN_BACK})
    live.mistake = need(why, "why", "Say what was wrong")[:300]
    live.save(update_fields=["mistake"])
    record(MeetingEntry.INTEREST_TAKEN_BACK, by=by, subject=live, reason=live.mistake, tier=Tier(live.tier))
    return live


def _held(meeting: Meeting) -> Meeting:
    live = Meeting.objects.select_for_update(of=("self",)).select_related("group").get(pk=meeting.pk)
    if live.state_now in STANDS:
        raise Unacceptable({"": STANDS[live.state_now]})
    return live
