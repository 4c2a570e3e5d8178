"""Items, minutes, decisions and actions of meetings, as far as a person may read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, Q, QuerySet, When

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.events.choices import Tier
from sightline.meetings.choices import BETWEEN, Ended, How
from sightline.meetings.models import Decision, GroupAction, Item, Meeting, MinuteText
from sightline.meetings.permissions import can_view_item
from sightline.meetings.rules.agenda import Placed, begins, placed
from sightline.meetings.rules.minutes import drafts_before, joined_texts
from sightline.partners.models import Group
from sightline.plans.choices import OPEN_STATES, WORK_STATES
from sightline.plans.models import Plan
from sightline.plans.selectors.visible import plans_visible_to
from sightline.search.registry import Indexed

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

# What a found title ends with, of minutes that the chair has not checked.
DRAFT = " (draft minutes)"
OWNERS = ("owner_group", "owner_agency", "owner_person__user", "owner_person__agency")
WITHDRAWN = ~Q(withdrawn_because="")
NOT_KNOWN = Q(ruling="", withdrawn_because="", how=How.MEETING, meeting__current_quorate=None)
PROVISIONAL = Q(ruling="", withdrawn_because="") & (
    Q(how__in=[each.value for each in BETWEEN])
    | Q(meeting__current_quorate=False)
    | Q(meeting__current_quorate=None)
)


def readable(user: Reader, group: str, *tiers: str) -> Q:
    """What somebody may read of rows that go by these tiers, by their own where none is named.

    `group`: the way to the key of their group.
    """
    scope = scope_of(user)
    if not scope.holds(Permission.PLANS_VIEW):
        return Q(pk__in=[])
    if scope.reads_all_tiers:
        return Q()
    open_to_all = Q(**dict.fromkeys(tiers or ("tier",), Tier.T1.value))
    return open_to_all | Q(**{f"{group}__in": scope.group_keys})


def items_visible_to(user: Reader) -> QuerySet[Item]:
    """The items a person may read, with their meetings."""
    return Item.objects.select_related("meeting__group").filter(readable(user, "meeting__group__key"))


def decisions_visible_to(user: Reader) -> QuerySet[Decision]:
    """The decisions a person may read, with where they were taken and ruled upon."""
    found = Decision.objects.select_related("group", "meeting__group", "item", "ruled_at__group")
    return found.filter(readable(user, "group__key"))


def actions_of_meetings(user: Reader) -> QuerySet[GroupAction]:
    """The actions of meetings that a person may read."""
    found = GroupAction.objects.select_related("group", "meeting__group", "item", "plan_action", *OWNERS)
    return found.filter(readable(user, "group__key"))


@dataclass(frozen=True)
class ItemThen:
    """An item with the texts that stand, what was decided, and who is to do what.

    `place` on the agenda is the same for every reader; `gap` says of the places before it that are not read. `begins`:
    when, as far as the minutes of all items before it are known.
    """

    item: Item
    texts: list[MinuteText] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[GroupAction] = field(default_factory=list)
    place: int = 0
    gap: str = ""
    begins: time | None = None


@dataclass(frozen=True)
class AgendaThen:
    """The items of a meeting, and what comes up at it by itself.

    `waiting`: decisions that waited for this meeting, still provisional or ruled upon here. `open`: actions said at
    earlier meetings of the group that were open on the day of this one. `gap`: the last places,
    where they are not read. `gone`: what was taken off it, or moved to another meeting.
    `drafts`: what the chair's corrections began from, by the number of the text.
    """

    items: list[ItemThen]
    waiting: list[Decision]
    open: list[GroupAction]
    gap: str = ""
    gone: list[Item] = field(default_factory=list)
    drafts: dict[int, str] = field(default_factory=dict)


def placed_items(user: Reader, meeting: Meeting) -> tuple[list[Placed[Item]], str]:
    """The items of a meeting that a person may read, each at its place among all of them; one query."""
    standing = (
        item for item in _items(meeting) if item.meeting_id == meeting.pk and not item.withdrawn_because
    )
    return placed(standing, lambda item: can_view_item(user, item))


def _items(meeting: Meeting) -> QuerySet[Item]:
    """Every item that stands on an agenda or ever stood there, in their order."""
    found = Item.objects.select_related("meeting__group", "moved_from", "follows__meeting").order_by(
        "order", "pk"
    )
    return found.filter(Q(meeting=meeting) | Q(moved_from=meeting))


def items_on(meeting: Meeting) -> QuerySet[Item]:
    """Every item that stands on an agenda, in their order."""
    return Item.objects.filter(meeting=meeting, withdrawn_because="").order_by("order", "pk")


def place_of(item: Item) -> int:
    """Where an item stands on its agenda, 1 being the first."""
    before = Q(order__lt=item.order) | Q(order=item.order, pk__lt=item.pk)
    return items_on(item.meeting).filter(before).count() + 1


def agenda_of(
    user: Reader, meeting: Meeting, *, has_texts: bool = True, with_drafts: bool = False
) -> AgendaThen:
    """The agenda with its minutes, as far as a person may read it; four queries, however much was said.

    `has_texts`: False where nothing was written yet, so that nothing has to be asked for. `with_drafts`: for who
    writes the minutes.
    """
    every: list[Item] = []
    gone: list[Item] = []
    for item in _items(meeting):
        stands = item.meeting_id == meeting.pk and not item.withdrawn_because
        (every if stands else gone).append(item)
    rows, gap = placed(every, lambda item: can_view_item(user, item))
    times = list(begins(meeting.starts_at, [item.lasts for item in every]))
    items_then = [
        ItemThen(row.what, place=row.place, gap=row.gap, begins=times[row.place - 1]) for row in rows
    ]
    found = AgendaThen(items_then, [], [], gap, [item for item in gone if can_view_item(user, item)])
    items = {each.item.pk: each for each in found.items}
    texts, drafts = _texts_at(items, with_drafts=with_drafts) if has_texts else ([], {})
    found.drafts.update(drafts)
    for text in texts:
        items[text.item_id].texts.append(text)
    for decision in decisions_at(decisions_visible_to(user), meeting):
        of = items.get(decision.item_id or 0)
        (of.decisions if of else found.waiting).append(decision)
    for action in actions_at(actions_of_meetings(user), meeting):
        at = items.get(action.item_id)
        (at.actions if at else found.open).append(action)
    return found


def decisions_at(rows: QuerySet[Decision], meeting: Meeting) -> QuerySet[Decision]:
    """Of these, what was decided at a meeting, and what waited for it or was ruled upon there."""
    waits = (PROVISIONAL & Q(decided_on__lte=meeting.held_on)) | Q(ruled_at=meeting)
    found = rows.filter(Q(item__meeting=meeting) | waits, group=meeting.group)
    return found.exclude(WITHDRAWN).order_by("decided_on", "pk")


def actions_at(rows: QuerySet[GroupAction], meeting: Meeting) -> QuerySet[GroupAction]:
    """Of these, the actions of a meeting, and those of earlier ones that were open on its day."""
    # An action that became one of a plan is done there.
    in_plan = Q(plan_action=None) | Q(plan_action__state__in=OPEN_STATES)
    in_plan |= Q(plan_action__current_state_since__gte=meeting.held_on)
    was_open = (Q(done_on=None) & in_plan) | Q(done_on__gte=meeting.held_on)
    earlier = was_open & Q(meeting__held_on__lt=meeting.held_on)
    found = rows.filter(Q(item__meeting=meeting) | earlier, group=meeting.group)
    return found.exclude(ended_as=Ended.WITHDRAWN).order_by("due_on", "pk")


def standing_texts(items: Iterable[int]) -> QuerySet[MinuteText]:
    """The texts of these items that nothing replaces, the oldest first."""
    return MinuteText.objects.filter(item__in=list(items), replaced_by=None).order_by("pk")


def _texts_at(items: Iterable[int], *, with_drafts: bool) -> tuple[list[MinuteText], dict[int, str]]:
    """The texts of items that stand, and what each that is the chair's correction began from, by its number.

    One query, also where what the chair saved on the way is followed back to the drafts.
    """
    wanted = Q(replaced_by=None)
    if with_drafts:
        wanted |= Q(is_correction=True) | Q(replaced_by__is_correction=True)
    rows = {row.pk: row for row in MinuteText.objects.filter(wanted, item__in=list(items)).order_by("pk")}
    replaced: dict[int, list[int]] = defaultdict(list)
    for row in rows.values():
        replaced[row.replaced_by_id or 0].append(row.pk)
    corrections = {row.pk for row in rows.values() if row.is_correction}
    standing = [row for row in rows.values() if row.replaced_by_id is None]
    began = {
        row.pk: drafts_before(row.pk, replaced, corrections)
        for row in standing
        if with_drafts and row.is_correction
    }
    return standing, {pk: joined_texts([rows[each].text for each in found]) for pk, found in began.items()}


def indexed_item(item: Item, texts: Iterable[str]) -> Indexed:
    """What search keeps of an item with the texts of its minutes that stand; nothing is asked."""
    stand = list(texts)
    body = "\n".join([str(item.meeting), item.text, *stand])
    title = f"{item.title}{DRAFT if stand and item.meeting.is_draft else ''}"
    url = f"/meetings/{item.meeting_id}/#item-{item.pk}"
    return Indexed("minute", item.pk, item.pk, title, url, body, item.meeting.held_on)


def has_record(meeting: Meeting) -> bool:
    """Whether anybody entered who came, or anything was said there; two queries."""
    said = Q(texts__isnull=False) | Q(decisions__isnull=False) | Q(actions__isnull=False)
    return meeting.attended.exists() or Item.objects.filter(said, meeting=meeting).exists()


def with_several_texts(meeting: Meeting) -> str:
    """The places on the agenda of the items of which more than one text stands, in words; empty where there is none."""
    texts = MinuteText.objects.filter(item__meeting=meeting, replaced_by=None).order_by()
    twice = (
        texts.values("item").annotate(number=Count("pk")).filter(number__gt=1).values_list("item", flat=True)
    )
    order = list(items_on(meeting).values_list("pk", flat=True))
    places = [str(order.index(item) + 1) for item in twice]
    return f"On the agenda: item {', '.join(sorted(places))}." if places else ""


def deferred_before(meeting: Meeting) -> list[Item]:
    """Items of earlier meetings of the group that were deferred, and that no later meeting has yet; oldest first."""
    found = Item.objects.filter(
        is_deferred=True, followed_by=None, withdrawn_because="", meeting__group=meeting.group
    ).filter(meeting__held_on__lt=meeting.held_on)
    return list(found.order_by("meeting__held_on", "order", "pk"))


def said_about(user: Reader, app: str, model: str, number: object) -> list[tuple[Item, list[str]]]:
    """What meetings decided about a record, the newest first: each item with its decisions; one query."""
    rows = items_visible_to(user).filter(withdrawn_because="")
    rows = rows.filter(about_app=app, about_model=model, about_id=str(number))
    stands = When(decisions__withdrawn_because="", then=F("decisions__text"))
    rows = rows.annotate(decided=Case(stands)).order_by("-meeting__held_on", "-pk", "decisions__pk")
    told: dict[int, tuple[Item, list[str]]] = {}
    for item in rows:
        _, said = told.setdefault(item.pk, (item, []))
        said += [item.decided] if item.decided else []
    return list(told.values())


def plans_of(user: Reader, group: Group) -> list[Plan]:
    """The plans of a group that are worked on and that somebody may write; none is asked for where they write none."""
    if not scope_of(user).holds(Permission.PLAN_WRITE, groups=[group.key]):
        return []
    return list(plans_visible_to(user).filter(group=group, state__in=WORK_STATES).order_by("name"))
