"""The agenda: standing items, what was deferred, and what is raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from sightline.access.tabling import HIGHEST, Tabled
from sightline.events.choices import Actor, Tier, Unacceptable
from sightline.events.services import deed, entered, record, subject_of
from sightline.events.services.keeping import changed, held_as_seen, need
from sightline.meetings.choices import ItemKind, MeetingKind, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, GroupAction, Interest, Item, Meeting
from sightline.meetings.rules.lines import MOST_MINUTES, standing_item
from sightline.meetings.selectors.about import NOTHING, columns, kept
from sightline.meetings.selectors.items import deferred_before, items_on
from sightline.meetings.services.papers import follow_item
from sightline.meetings.services.settling import STEP, last_place, untouched
from sightline.meetings.services.work_items import WITH, keep_work
from sightline.messages.services import hide_titles
from sightline.plans.services import edit_action
from sightline.search.services import drop, keep_words

TITLE = "Enter what the item is called"
TOO_OPEN = "What it is about is not read by everybody: choose “Confidential” for the item."
TOO_CLOSED = "What it is about is child-level or restricted, and stands on no agenda."
WHY = "Write why it is taken off the agenda"
MINUTED = "Something was minuted about this item: it stays on the agenda."
LASTS = "An item takes at most a day"
CLOSED = "The minutes were approved or the meeting cancelled: its agenda stands."
USED = "It stands on the agenda of {}, with a paper or with what was said of it there. It stays deferred."
CLOSER = "The item of the meeting that asked for it is confidential."
COPIED = (
    "title",
    "text",
    "tier",
    "lead",
    "lasts",
    "about_app",
    "about_model",
    "about_id",
    "about_label",
    "about_url",
)


@dataclass(frozen=True, slots=True)
class ItemGiven:
    """An item as somebody raises it. `about` is the record it is about, `NOTHING` where it is about none.

    `lead`: who leads it; `lasts`: for how many minutes, where that is said.
    """

    title: str
    text: str = ""
    tier: Tier = Tier.T1
    about: Tabled = NOTHING
    lead: str = ""
    lasts: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The columns of the item. Raises Unacceptable."""
        if self.lasts is not None and not 0 < self.lasts <= MOST_MINUTES:
            raise Unacceptable({"lasts": LASTS})
        return {
            "title": need(self.title, "title", TITLE),
            "text": self.text.strip(),
            "tier": self.tier.value,
            "lead": self.lead.strip()[:200],
            "lasts": self.lasts,
            **columns(self.about),
        }


def build(meetings: Sequence[Meeting], by: Actor, now: datetime) -> list[int]:
    """The agendas that meetings of one series begin with, the earliest first: the standing items, and on the first
    what was deferred. How many items each has.

    Nothing of it is journalled apart: the entry of each meeting tells how many there were.
    """
    agendas = [_standing(meeting, by, now) for meeting in meetings]
    if meetings[0].kind != MeetingKind.DEVELOPMENT:
        agendas[0] += [_carried(item, meetings[0], by, now) for item in deferred_before(meetings[0])]
    for agenda in agendas:
        for number, row in enumerate(agenda, 1):
            row.order = number * STEP
    keep_words(*Item.objects.bulk_create([row for agenda in agendas for row in agenda]))
    return [len(agenda) for agenda in agendas]


def _standing(meeting: Meeting, by: Actor, now: datetime) -> list[Item]:
    told = map(standing_item, meeting.series.standing_items if meeting.series else [])
    stamp = {"meeting": meeting, "kind": ItemKind.STANDING.value, **entered(by, now)}
    return [Item(title=each.title, lead=each.lead, lasts=each.lasts, **stamp) for each in told]


def carry(item: Item, by: Actor, now: datetime) -> Item | None:
    """Put a deferred item on the next planned meeting of the group that does its business, where there is one; once."""
    later = Meeting.objects.filter(
        group=item.meeting.group, state=MeetingState.PLANNED, held_on__gt=item.meeting.held_on
    )
    later = later.exclude(kind=MeetingKind.DEVELOPMENT).select_related("group")
    meeting = later.order_by("held_on", "pk").first()
    if meeting is None or Item.objects.filter(follows=item).exists():
        return None
    made = _carried(item, meeting, by, now)
    made.order = last_place(meeting)
    made.save(force_insert=True)
    keep_words(made)
    return made


def take_off_next(item: Item) -> str:
    """Take what was carried of an item off the next agenda again. Returns which meeting that was, in words.

    Raises Unacceptable where something was said of it there, or a paper was handed in for it.
    """
    rows = Item.objects.filter(follows=item).select_for_update(of=("self",)).select_related("meeting__group")
    if (carried := rows.first()) is None:
        return ""
    used = Q()
    for each in Item._meta.related_objects:
        used |= Q(**{f"{each.name}__isnull": False})
    where = str(carried.meeting)
    if Item.objects.filter(used, pk=carried.pk).exists():
        raise Unacceptable({"defer": USED.format(where)})
    number = carried.pk
    carried.delete()
    drop(Item, [number])
    return where


@deed
def add_item(meeting: Meeting, given: ItemGiven, *, by: Actor, now: datetime) -> Item:
    """Put an item at the end of an agenda. Raises Unacceptable."""
    _check(meeting, given)
    values = given.values
    made = Item.objects.create(
        meeting=meeting,
        order=last_place(meeting),
        kind=ItemKind.RAISED.value,
        **values,
        **entered(by, now),
    )
    told = ("title", "text", "tier", "lead", "lasts", "about_label")
    after = {name.removesuffix("_label"): values[name] for name in told}
    record(MeetingEntry.ITEM_ADDED, by=by, subject=made, after=after, tier=given.tier)
    keep_words(made)
    return made


@deed
def edit_item(found: Item, version: int, given: ItemGiven, place: int = 0, *, by: Actor) -> Item:
    """Change an item and its place on the agenda, 1 being the first; 0 leaves it where it is.

    Raises Unacceptable, StaleRecord.
    """
    if place:
        # Before the item: two who order one agenda at once would else each wait for an item that the other holds.
        Meeting.objects.select_for_update(no_key=True).get(pk=found.meeting_id)
    live: Item = held_as_seen(found, version, "meeting__group")
    _check(live.meeting, given)
    before, after = changed(live, given.values, save=False)
    moved = _placed(live, place) if place else {}
    if not after and not moved:
        return live
    live.version += 1
    live.save(update_fields=[*after, "order", "version"])
    # Told under the higher of both, so that words of T2 are never read by those who read T1.
    tier = Tier(max(live.tier, before.get("tier", live.tier)))
    if "tier" in after:
        _follow_tier(live, by)
        follow_item(live, by=by)
        _follow_carried(live, by)
    record(MeetingEntry.ITEM_EDITED, by=by, subject=live, before=before, after={**after, **moved}, tier=tier)
    keep_words(live)
    return live


def _placed(live: Item, place: int) -> dict[str, int]:
    """Put the item at its place among those that stand, all of them numbered anew; the place where it moved."""
    rows = list(items_on(live.meeting))
    at = next((number for number, each in enumerate(rows) if each.pk == live.pk), None)
    to = min(place, len(rows)) - 1
    if at is None or at == to:
        return {}
    rows.insert(to, rows.pop(at))
    for number, each in enumerate(rows, 1):
        each.order = number * STEP
    Item.objects.bulk_update(rows, ["order"])
    live.order = rows[to].order
    return {"place": to + 1}


@deed
def take_off_item(found: Item, version: int, because: str, *, by: Actor) -> Item:
    """Take an item off the agenda, with the reason. Raises Unacceptable, StaleRecord."""
    live: Item = held_as_seen(found, version, "meeting__group")
    if live.meeting.state in (MeetingState.APPROVED, MeetingState.CANCELLED):
        raise Unacceptable({"": CLOSED})
    if not untouched(Item.objects.filter(pk=live.pk)).exists():
        raise Unacceptable({"take_off": MINUTED})
    if live.withdrawn_because:
        return live
    live.withdrawn_because = need(because, "reason", WHY)[:300]
    live.version += 1
    live.save(update_fields=["withdrawn_because", "version"])
    reason, tier = live.withdrawn_because, Tier(live.tier)
    record(MeetingEntry.ITEM_TAKEN_OFF, by=by, subject=live, reason=reason, tier=tier)
    drop(Item, [live.pk])
    return live


def _follow_tier(item: Item, by: Actor) -> None:
    """What was said of an item is as confidential as the item, wherever that stands by now: in a plan, among what needs
    somebody, in a notification. An action of a plan is never made more open than it is.
    """
    now, asked = (
        timezone.now(),
        list(item.actions.exclude(tier=item.tier).select_related(*WITH, "plan_action__plan")),
    )
    for model in (Decision, GroupAction, Interest):
        rows = model._default_manager.filter(item=item)
        rows.exclude(tier=item.tier).update(tier=item.tier)
    if not asked:
        return
    for each in asked:
        each.tier = item.tier
        promised = each.plan_action
        if promised and promised.tier < item.tier:
            edit_action(promised, promised.version, {"tier": item.tier}, by=by, now=now, reason=CLOSER)
    keep_work(asked, now)
    if item.tier != Tier.T1:
        hide_titles([subject_of(each) for each in asked])


def _follow_carried(item: Item, by: Actor) -> None:
    """What was deferred and became more confidential is so as well where it was carried to; never more open there."""
    open_still = Item.objects.filter(follows=item, tier__lt=item.tier).select_related("meeting__group")
    for each in open_still.exclude(meeting__state__in=(MeetingState.APPROVED, MeetingState.CANCELLED)):
        about = kept(each)
        given = ItemGiven(each.title, each.text, Tier(item.tier), about, each.lead, each.lasts)
        edit_item(each, each.version, given, by=by)


def _carried(item: Item, meeting: Meeting, by: Actor, now: datetime) -> Item:
    same = {name: getattr(item, name) for name in COPIED}
    return Item(meeting=meeting, kind=ItemKind.MATTER.value, follows=item, **same, **entered(by, now))


def _check(meeting: Meeting, given: ItemGiven) -> None:
    if meeting.state in (MeetingState.APPROVED, MeetingState.CANCELLED):
        raise Unacceptable({"": CLOSED})
    if given.about.tier > HIGHEST:
        raise Unacceptable({"about": TOO_CLOSED})
    if given.about.tier > given.tier:
        raise Unacceptable({"tier": TOO_OPEN})
