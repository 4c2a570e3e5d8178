"""What comes up at a meeting by itself, as a pack for readers of a tier holds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sightline.events.choices import Tier
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Decision, GroupAction, Item, Meeting
from sightline.meetings.selectors.items import OWNERS, actions_at, decisions_at, standing_texts


@dataclass(frozen=True)
class ToApprove:
    """Minutes that the chair has checked, as title and texts of each item; `left_out`: how many items are not read."""

    meeting: Meeting
    items: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: int


@dataclass(frozen=True)
class ComingUp:
    """Minutes to approve, decisions to ratify and actions that are open."""

    minutes: tuple[ToApprove, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[GroupAction, ...]


def coming_up(meeting: Meeting, tier: Tier) -> ComingUp:
    """All of it that stands no higher than the tier; five queries, however much there is."""
    within = {"tier__lte": tier.value}
    decisions = Decision.objects.select_related("group").filter(**within)
    actions = GroupAction.objects.select_related("plan_action", *OWNERS).filter(**within)
    return ComingUp(
        minutes=tuple(_minutes(meeting, tier)),
        decisions=tuple(decisions_at(decisions, meeting).exclude(item__meeting=meeting)),
        actions=tuple(actions_at(actions, meeting).exclude(item__meeting=meeting)),
    )


def _minutes(meeting: Meeting, tier: Tier) -> list[ToApprove]:
    checked = Meeting.objects.filter(
        group=meeting.group_id, state=MeetingState.CHECKED, held_on__lt=meeting.held_on
    )
    meetings = list(checked.select_related("group").order_by("held_on", "pk"))
    rows = Item.objects.filter(meeting__in=meetings, withdrawn_because="").order_by("order", "pk")
    items: dict[int, list[Item]] = defaultdict(list)
    for item in rows:
        items[item.meeting_id].append(item)
    texts: dict[int, list[str]] = defaultdict(list)
    for text in standing_texts([item.pk for each in items.values() for item in each if item.tier <= tier]):
        texts[text.item_id].append(text.text)
    return [_to_approve(each, items[each.pk], texts, tier) for each in meetings]


def _to_approve(meeting: Meeting, items: list[Item], texts: dict[int, list[str]], tier: Tier) -> ToApprove:
    read = [item for item in items if item.tier <= tier]
    shown = tuple((item.title, tuple(texts.get(item.pk, ()))) for item in read)
    return ToApprove(meeting, shown, len(items) - len(read))
