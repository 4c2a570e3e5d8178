"""What a meeting that took place asks of those who keep it: its record, the chair's look, its approval, a ruling.

Looked over once an hour, for days alone make them due; what is done about a meeting takes its item away at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from sightline.access.choices import Permission, ScopeKind
from sightline.access.selectors import those_over
from sightline.events.services.keeping import today
from sightline.meetings.choices import TOOK_PLACE, MeetingState
from sightline.meetings.models import Attended, Decision, Meeting, MinuteText
from sightline.meetings.rules.upkeep import UpkeepNumbers, standard
from sightline.meetings.selectors.items import NOT_KNOWN, PROVISIONAL
from sightline.meetings.selectors.meetings import secretaries_on
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of
from sightline.messages.services import replace_work_items
from sightline.partners.models import Group
from sightline.screens.words import day

APP, MEETING, DECISION, UNIT = "meetings", "meeting", "decision", "unit"
RECORD, CHECK, APPROVE, RATIFY = "meeting_record", "minutes_check", "minutes_approve", "decision_ratify"
KINDS = (RECORD, CHECK, APPROVE, RATIFY)
Keepers = dict[int, list[str]]


def refresh_upkeep(*, now: datetime) -> int:
    """Ask anew for all that meetings of the last year ask for; six queries, however many. Returns how many ask."""
    on, numbers = today(now), standard()
    chairs, secretaries = _chairs(on), _secretaries(on)
    wanted = [
        item
        for meeting in _meetings(on, numbers)
        for item in _of_meeting(meeting, on, numbers, chairs, secretaries)
    ]
    wanted += [item for decision in _decisions(on, numbers) for item in _of_decision(decision, chairs)]
    stood = WorkItem.objects.filter(subject_app=APP, kind__in=KINDS)
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    replace_work_items(standing, wanted, now)
    return len(wanted)


def _meetings(on: date, numbers: UpkeepNumbers) -> QuerySet[Meeting]:
    later = Meeting.objects.filter(
        group=OuterRef("group"), held_on__gt=OuterRef("held_on"), state__in=TOOK_PLACE
    )
    found = Meeting.objects.select_related("group").annotate(
        is_attended=Exists(Attended.objects.filter(meeting=OuterRef("pk"))),
        is_minuted=Exists(MinuteText.objects.filter(item__meeting=OuterRef("pk"))),
        is_followed=Exists(later),
    )
    since = on - timedelta(days=numbers.look_back_days)
    open_states = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.CHECKED)
    return found.filter(state__in=open_states, held_on__lt=on, held_on__gte=since).order_by("pk")


def _of_meeting(
    found: Meeting, on: date, numbers: UpkeepNumbers, chairs: Keepers, secretaries: Keepers
) -> Iterator[WorkItem]:
    told = vars(found)
    passed = (on - found.held_on).days
    parts = {"who came": told["is_attended"], "minutes": told["is_minuted"]}
    missing = [name for name, is_there in parts.items() if not is_there]
    home = reverse("meetings:meeting", args=[found.pk])
    writers = secretaries.get(found.group_id, [UNIT])
    if found.state == MeetingState.CHECKED:
        if told["is_followed"]:
            said = "The group has met since. Record at which meeting its minutes were approved."
            yield from _items(found, APPROVE, writers, f"Minutes to approve: {found}", said, home)
    elif missing and passed >= numbers.record_after_days:
        said = f"Not entered yet: {' and '.join(missing)}. If it did not take place, cancel it."
        yield from _items(found, RECORD, writers, f"Record of a meeting: {found}", said, home)
    elif not missing and passed >= numbers.check_after_days:
        said = "The minutes are in draft. Read them, put right what is wrong, and say that you have checked them."
        readers = chairs.get(found.group_id, [UNIT])
        url = reverse("meetings:minutes", args=[found.pk])
        yield from _items(found, CHECK, readers, f"Minutes to check: {found}", said, url)


def _decisions(on: date, numbers: UpkeepNumbers) -> QuerySet[Decision]:
    """Provisional decisions whose group has met quorately since, and said nothing of them."""
    later = Meeting.objects.filter(
        group=OuterRef("group"),
        held_on__gt=OuterRef("decided_on"),
        state__in=TOOK_PLACE,
        current_quorate=True,
    )
    since = on - timedelta(days=numbers.look_back_days)
    found = Decision.objects.select_related("group").filter(
        PROVISIONAL & ~NOT_KNOWN, Exists(later), decided_on__gte=since
    )
    return found.order_by("pk")


def _of_decision(found: Decision, chairs: Keepers) -> Iterator[WorkItem]:
    words = (
        f"It was decided on {day(found.decided_on)}. The group has met quorately since: say what it ruled."
    )
    for scope in chairs.get(found.group_id, [UNIT]):
        yield WorkItem(
            for_scope=scope, kind=RATIFY, subject_app=APP, subject_model=DECISION, subject_id=str(found.pk),
            title=f"To be ratified by {found.group}"[:200], sentence=words,
            url=f"{reverse('meetings:decisions')}?group={found.group.key}", tier=found.tier,
        )  # fmt: skip


def _items(
    found: Meeting, kind: str, scopes: Sequence[str], title: str, sentence: str, url: str
) -> Iterator[WorkItem]:
    for scope in scopes:
        yield WorkItem(
            for_scope=scope, kind=kind, subject_app=APP, subject_model=MEETING, subject_id=str(found.pk),
            title=title[:200], sentence=sentence, url=url, tier=found.LOWEST_TIER,
        )  # fmt: skip


def _chairs(on: date) -> Keepers:
    """The work keys of those who keep a group's meetings by a role over that group."""
    groups = dict(Group.objects.values_list("key", "pk"))
    held = those_over(Permission.MEETINGS_KEEP, ScopeKind.GROUP, groups, on)
    return {groups[key]: [f"user:{each.user_id}" for each in rows] for key, rows in held.items()}


def _secretaries(on: date) -> Keepers:
    """The work keys of those in a group's secretary's seat who have an account."""
    found: Keepers = {}
    for group, user in secretaries_on(on).order_by("pk").values_list("seat__group", "person__user"):
        found.setdefault(group, []).append(f"user:{user}")
    return found
