"""Items that wait for the group's next meeting stand on it, also once meetings are planned, moved or cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from sightline.events.choices import SYSTEM, Actor, Tier
from sightline.events.services import deed, record
from sightline.events.services.keeping import today
from sightline.meetings.choices import ItemKind, MeetingKind, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, GroupAction, Interest, Item, Meeting, MinuteText
from sightline.meetings.rules.agenda import next_for
from sightline.partners.models import Group
from sightline.search.services import keep_words

STEP = 10
# An item about something that a group was owed and did not get.
GAP = {"about_app": "requests", "about_model": "owed"}


def meetings_ahead(group: Group, on: date) -> list[Meeting]:
    """The group's planned meetings of the day and later, the soonest first.

    A development day is none of them: what a group carries forward waits for a meeting that does its business.
    """
    found = Meeting.objects.filter(group=group, state=MeetingState.PLANNED, held_on__gte=on)
    found = found.exclude(kind=MeetingKind.DEVELOPMENT).select_related("group")
    return list(found.order_by("held_on", "pk"))


def last_place(meeting: Meeting) -> int:
    """Behind everything on an agenda."""
    last = Item.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"]
    return int(last or 0) + STEP


def untouched(items: QuerySet[Item]) -> QuerySet[Item]:
    """Those about which nothing was minuted, and no interest declared, yet."""
    for said in (MinuteText, Decision, GroupAction, Interest):
        items = items.exclude(Exists(said._default_manager.filter(item=OuterRef("pk"))))
    return items


def settle(
    group: Group, *, by: Actor, now: datetime, left: Meeting | None = None, was_on: date | None = None
) -> int:
    """Move every item that waits for the group's next meeting to it. Returns how many were moved.

    What was deferred goes to the first meeting after the one that deferred it. What was raised for a meeting that is
    cancelled, or for `left` that was on the day `was_on` and now is later, goes to the first one from that day on; what
    did not come goes to the next one of all. Nothing is moved that was minuted or taken off, or that stands on a
    meeting which is over.
    """
    on = today(now)
    planned = Q(meeting__state=MeetingState.PLANNED, meeting__held_on__gte=on)
    cancelled = Q(meeting__state=MeetingState.CANCELLED)
    waits = Q(kind=ItemKind.MATTER) & (planned | cancelled)
    waits |= Q(**GAP) & planned
    waits |= Q(kind=ItemKind.RAISED) & (cancelled | Q(meeting=left, meeting__state=MeetingState.PLANNED))
    found = untouched(Item.objects.filter(waits, meeting__group=group, withdrawn_because=""))
    items = list(
        found.select_related("meeting__group", "follows__meeting").order_by("meeting", "order", "pk")
    )
    ahead = meetings_ahead(group, on) if items else []
    days = [each.held_on for each in ahead]
    wanted = [(item, _wanted(item, ahead, days, left, was_on)) for item in items]
    moved = [(item, to) for item, to in wanted if to is not None and to.pk != item.meeting_id]
    _move(moved, by)
    return len(moved)


@deed
def settle_all(*, now: datetime) -> int:
    """Settle every group whose items wait: also where the meetings of a whole series were planned. How many moved."""
    waits = Q(items__kind=ItemKind.MATTER) | Q(state=MeetingState.CANCELLED)
    found = Group.objects.filter(pk__in=Meeting.objects.filter(waits).values("group")).order_by("pk")
    return sum(settle(group, by=SYSTEM, now=now) for group in found)


def _wanted(
    item: Item, ahead: Sequence[Meeting], days: Sequence[date], left: Meeting | None, was_on: date | None
) -> Meeting | None:
    if (item.about_app, item.about_model) == (GAP["about_app"], GAP["about_model"]):
        at = 0 if days else None
    elif item.follows:
        at = next_for(item.follows.meeting.held_on, days, after=True)
    elif item.meeting == left and was_on:
        at = next_for(was_on, days)
    else:
        at = next_for(item.meeting.held_on, days)
        at = len(days) - 1 if at is None and days else at
    return None if at is None else ahead[at]


def _move(moved: Iterable[tuple[Item, Meeting]], by: Actor) -> None:
    places: dict[int, int] = {}
    for item, to in moved:
        before = item.meeting
        place = places.get(to.pk) or last_place(to)
        places[to.pk] = place + STEP
        item.meeting, item.moved_from, item.order = to, before, place
        item.version += 1
        item.save(update_fields=["meeting", "moved_from", "order", "version"])
        was, now = {"meeting": str(before)}, {"meeting": str(to)}
        record(MeetingEntry.ITEM_MOVED, by=by, subject=item, before=was, after=now, tier=Tier(item.tier))
        keep_words(item)
