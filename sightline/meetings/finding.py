"""What of meetings can be found by searching, and who may find it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sightline.meetings.choices import HOW_LABELS, How
from sightline.meetings.models import Decision, Item, Meeting, Paper
from sightline.meetings.selectors.items import (
    DRAFT,
    decisions_visible_to,
    indexed_item,
    items_visible_to,
    standing_texts,
)
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.selectors.papers import papers_visible_to
from sightline.search.registry import Guard, Indexed, Kind, Offer


def of_meetings(found: Iterable[Meeting]) -> Iterable[Indexed]:
    """Meetings, with where they were and of what kind."""
    for each in found:
        body = "\n".join([each.kind_label, each.place, each.series.name if each.series else ""])
        yield Indexed("meeting", each.pk, each.pk, str(each), f"/meetings/{each.pk}/", body, each.held_on)


def of_items(found: Iterable[Item]) -> Iterable[Indexed]:
    """Items, with the texts of their minutes that stand."""
    items, texts = list(found), defaultdict(list)
    for text in standing_texts(item.pk for item in items):
        texts[text.item_id].append(text.text)
    for item in items:
        yield indexed_item(item, texts[item.pk])


def of_decisions(found: Iterable[Decision]) -> Iterable[Indexed]:
    """Decisions, with whose they are and how they were taken."""
    for each in found:
        url = f"/meetings/decisions/?number={each.pk}"
        body = "\n".join([each.text, each.group.name, HOW_LABELS[How(each.how)]])
        title = f"{each.text[:200]}{DRAFT if each.meeting and each.meeting.is_draft else ''}"
        yield Indexed("decision", each.pk, each.pk, title, url, body, each.decided_on)


def of_papers(found: Iterable[Paper]) -> Iterable[Indexed]:
    """Papers by their titles, with the meeting that they are for; not who brings them."""
    for each in found:
        meeting = each.item.meeting
        url = f"/meetings/{meeting.pk}/pack/"
        yield Indexed("paper", each.pk, each.pk, each.title, url, str(meeting), meeting.held_on)


offered = Offer(
    guards=(
        Guard("meeting", meetings_visible_to),
        Guard("minute", items_visible_to),
        Guard("decision", decisions_visible_to),
        Guard("paper", papers_visible_to),
    ),
    kinds=(
        Kind(
            "meeting",
            ("Meeting", "Meetings"),
            "meeting",
            Meeting,
            lambda: Meeting.objects.select_related("group", "series"),
            of_meetings,
            46,
        ),
        Kind(
            "decision",
            ("Decision", "Decisions"),
            "decision",
            Decision,
            lambda: Decision.objects.filter(withdrawn_because="").select_related("group", "meeting"),
            of_decisions,
            47,
        ),
        Kind(
            "minute",
            ("Minute", "Minutes"),
            "minute",
            Item,
            lambda: Item.objects.filter(withdrawn_because="").select_related("meeting__group"),
            of_items,
            48,
        ),
        Kind(
            "paper",
            ("Paper of a meeting", "Papers of meetings"),
            "paper",
            Paper,
            lambda: Paper.objects.filter(withdrawn_at=None).select_related("item__meeting__group"),
            of_papers,
            49,
        ),
    ),
)
