"""Planning a meeting, changing it, and what is done about it as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from sightline.events.choices import Actor, ImpossibleMove, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import changed, held_as_seen, need
from sightline.meetings.choices import DEED_WHY, MeetingDeed, MeetingKind, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, Item, Meeting, Series
from sightline.meetings.rules.states import Move, move
from sightline.meetings.selectors.items import has_record, with_several_texts
from sightline.meetings.selectors.meetings import later_meetings
from sightline.meetings.services.agenda import build
from sightline.meetings.services.decisions import check_quorate
from sightline.meetings.services.invitations import tell_invited
from sightline.meetings.services.news import tell_ahead, tell_group
from sightline.meetings.services.settling import settle
from sightline.messages.services import drop_work_items
from sightline.partners.models import Group
from sightline.screens.words import day
from sightline.search.services import keep_words

LATER = "The meeting ends before it starts: change one of the times."
NOT_ITS_SERIES = "The series belongs to another group."
NOT_MOVED = "The meeting took place on this day: attendance and minutes are of that day. It cannot be moved."

WHERE_AND_WHEN = {"held_on", "starts_at", "ends_at", "place"}


@dataclass(frozen=True, slots=True)
class MeetingGiven:
    """A meeting as somebody plans it."""

    held_on: date
    kind: MeetingKind = MeetingKind.ORDINARY
    series: Series | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    place: str = ""


@deed
def plan_meeting(group: Group, given: MeetingGiven, *, by: Actor, now: datetime) -> Meeting:
    """Plan a meeting, also one that took place and is entered afterwards. Raises Unacceptable."""
    values = _values(group, given)
    if not values["place"] and given.series:
        values["place"] = given.series.place
    made = Meeting.objects.create(group=group, series=given.series, **values, **entered(by, now))
    values["items"] = build([made], by, now)[0]
    after = {**values, "group": group.name, "series": given.series.name if given.series else ""}
    record(MeetingEntry.MEETING_PLANNED, by=by, subject=made, after=_told(after))
    keep_words(made)
    settle(group, by=by, now=now)
    tell_ahead(made, "meeting_called", by=by, now=now)
    return made


@deed
def edit_meeting(found: Meeting, version: int, given: MeetingGiven, *, by: Actor, now: datetime) -> Meeting:
    """Change when and where a meeting is; items that wait for the group's next meeting follow.

    Raises Unacceptable, StaleRecord.
    """
    live: Meeting = held_as_seen(found, version, "group")
    if given.held_on != live.held_on and live.state not in (MeetingState.PLANNED, MeetingState.CANCELLED):
        raise Unacceptable({"held_on": NOT_MOVED})
    before, after = changed(live, {**_values(live.group, given), "series": given.series}, save=False)
    if after:
        live.version += 1
        live.save(update_fields=[*after, "version"])
        record(MeetingEntry.MEETING_EDITED, by=by, subject=live, before=_told(before), after=_told(after))
        keep_words(live)
        if not WHERE_AND_WHEN.isdisjoint(after):
            tell_invited(live, by=by)
            tell_ahead(live, "meeting_moved", by=by, now=now)
        if {"held_on", "kind"}.intersection(after):
            settle(live.group, by=by, now=now, left=live, was_on=before.get("held_on"))
    return live


@deed
def do(
    found: Meeting,
    what: MeetingDeed,
    *,
    version: int,
    by: Actor,
    now: datetime,
    because: str = "",
    approved_at: Meeting | None = None,
) -> Meeting:
    """Hold it, cancel it with a reason, take either back with one, have its minutes checked, or approved later.

    Raises Unacceptable, StaleRecord.
    """
    live: Meeting = held_as_seen(found, version, "group")
    made = _move(live, what, now)
    why = need(because, "why", "Say why") if what in DEED_WHY else because.strip()
    before = {"state": live.state, "cancelled_because": live.cancelled_because}
    live.state = made.to_state.value
    live.cancelled_because = why if what == MeetingDeed.CANCEL else ""
    if what == MeetingDeed.APPROVE:
        live.approved_at = _approver(live, approved_at, now)
    live.version += 1
    live.save()
    after = {"state": live.state, "approved_at": str(live.approved_at or "")}
    record(made.entry, by=by, subject=live, before=before, after=after, reason=why)
    drop_work_items(live)
    _follow(live, what, by, now)
    return live


def _move(live: Meeting, what: MeetingDeed, now: datetime) -> Move:
    """What may be done. Raises Unacceptable."""
    try:
        made = move(live.state_now, what)
    except ImpossibleMove as impossible:
        raise Unacceptable({"": impossible.sentence}) from impossible
    if what == MeetingDeed.HOLD and live.held_on > timezone.localdate(now):
        raise Unacceptable({"": f"The meeting is on {day(live.held_on)}: it has not taken place yet."})
    if what == MeetingDeed.UNHOLD and has_record(live):
        raise Unacceptable({"": "Who came, or minutes, were entered: it took place. Change those instead."})
    if what == MeetingDeed.CHECK and (several := with_several_texts(live)):
        sentence = f"Two people wrote at once, and both texts stand: join them first. {several}"
        raise Unacceptable({"": sentence})
    return made


def _found_as_checked(live: Meeting) -> None:
    """Let what was said at a meeting be found as a draft, or not as one any more."""
    said = Decision.objects.filter(meeting=live, withdrawn_because="").select_related("group", "meeting")
    keep_words(*Item.objects.filter(meeting=live).select_related("meeting__group"), *said)


def _follow(live: Meeting, what: MeetingDeed, by: Actor, now: datetime) -> None:
    """What else follows, and who hears of it."""
    if what == MeetingDeed.CANCEL:
        tell_invited(live, by=by)
    if what in (MeetingDeed.CANCEL, MeetingDeed.REVIVE):
        settle(live.group, by=by, now=now)
        is_off = what == MeetingDeed.CANCEL
        tell_ahead(live, "meeting_cancelled" if is_off else "meeting_called", by=by, now=now)
    elif live.approved_at and what == MeetingDeed.APPROVE:
        tell_group(live, "minutes_approved", on=live.approved_at.held_on, by=by, now=now)
    if what in (MeetingDeed.CHECK, MeetingDeed.CORRECT):
        _found_as_checked(live)


def _values(group: Group, given: MeetingGiven) -> dict[str, object]:
    if given.starts_at and given.ends_at and given.ends_at <= given.starts_at:
        raise Unacceptable({"ends_at": LATER})
    if given.series and given.series.group_id != group.pk:
        raise Unacceptable({"series": NOT_ITS_SERIES})
    return {
        "kind": given.kind.value,
        "held_on": given.held_on,
        "starts_at": given.starts_at,
        "ends_at": given.ends_at,
        "place": given.place.strip(),
    }


def _told(values: dict[str, object]) -> dict[str, object]:
    return {
        key: value.strftime("%H:%M") if isinstance(value, time) else value for key, value in values.items()
    }


def _approver(live: Meeting, approved_at: Meeting | None, now: datetime) -> Meeting:
    if approved_at is None or not later_meetings(live).filter(pk=approved_at.pk).exists():
        raise Unacceptable({"approved_at": "Choose the later meeting of the group that approved the minutes"})
    if approved_at.held_on > timezone.localdate(now):
        raise Unacceptable(
            {"approved_at": f"That meeting is on {day(approved_at.held_on)}, and has not met yet."}
        )
    check_quorate(approved_at, "approved_at", "approves no minutes")
    return approved_at
