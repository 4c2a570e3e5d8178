"""What a group decides, at a meeting or between two, and what a later meeting says of a provisional decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen, need, not_ahead
from sightline.meetings.choices import TOOK_PLACE, How, Ruling
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, Item, Meeting
from sightline.meetings.services.news import tell_decided
from sightline.partners.models import Group
from sightline.screens.words import day
from sightline.search.services import keep_words

NOT_WAITING = "The decision is not provisional: it needs nothing more."
UNKNOWN = "Enter who came to that meeting first: until then nobody knows whether it was quorate."
CHOOSE = "Choose the meeting of the group that ruled on it"


@dataclass(frozen=True, slots=True)
class DecisionGiven:
    """A decision as somebody enters it. `item`: where it was taken at a meeting; `typed_in`: a mark of the form."""

    text: str
    how: How
    decided_on: date
    tier: Tier = Tier.T1
    item: Item | None = None
    typed_in: str = ""


@deed
def take_decision(group: Group, given: DecisionGiven, *, by: Actor, now: datetime) -> Decision:
    """Record a decision. One taken between meetings, or at one that was not quorate, waits to be ratified.

    Raises Unacceptable.
    """
    not_ahead(given.decided_on, now, "decision" if given.item else "decided_on")
    made = Decision.objects.create(
        group=group,
        meeting=given.item.meeting if given.item else None,
        item=given.item,
        text=need(given.text, "text", "Enter what was decided"),
        how=given.how.value,
        decided_on=given.decided_on,
        tier=given.tier.value,
        typed_in=given.typed_in,
        **entered(by, now),
    )
    after = {"text": made.text, "how": made.how, "decided_on": made.decided_on, "group": group.name}
    record(MeetingEntry.DECISION_TAKEN, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    tell_decided(made, given.item, by=by, now=now)
    return made


@deed
def rule_on(
    found: Decision, ruling: Ruling, meeting: Meeting | None, *, version: int, by: Actor, now: datetime
) -> Decision:
    """Record that a later, quorate meeting of the group ratified a provisional decision, or did not.

    Raises Unacceptable, StaleRecord.
    """
    live: Decision = held_as_seen(found, version, "group", "meeting")
    if not live.is_provisional:
        raise Unacceptable({"": NOT_WAITING})
    live.ruling, live.ruled_at = ruling.value, _rules(live, meeting)
    live.version += 1
    live.save(update_fields=["ruling", "ruled_at", "version"])
    after = {"ruling": live.ruling, "ruled_at": str(live.ruled_at)}
    record(MeetingEntry.DECISION_RULED, by=by, subject=live, after=after, tier=Tier(live.tier))
    return live


def _rules(live: Decision, meeting: Meeting | None) -> Meeting:
    if meeting is None or meeting.group_id != live.group_id or meeting.pk == live.meeting_id:
        raise Unacceptable({"meeting": CHOOSE})
    if meeting.state_now not in TOOK_PLACE or meeting.held_on < live.decided_on:
        raise Unacceptable(
            {"meeting": f"The decision is of {day(live.decided_on)}. Choose a meeting held since."}
        )
    check_quorate(meeting, "meeting", "ratifies nothing")
    return meeting


def check_quorate(meeting: Meeting, field: str, otherwise: str) -> None:
    """Raises Unacceptable for a meeting that is not known to have been quorate, and so `otherwise`."""
    if meeting.current_quorate is False:
        raise Unacceptable({field: f"That meeting was not quorate itself, and {otherwise}."})
    if meeting.current_quorate is None:
        raise Unacceptable({field: UNKNOWN})
